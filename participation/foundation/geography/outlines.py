"""The outlines of the municipalities, read from the GeoJSON file of an installation.

What is wrong with the file is said in words, because those who provide it are not programmers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from participation.foundation.entries import InstallationError
from participation.foundation.municipalities import Municipality

# A region's outlines have some hundred kilobytes; what is far larger is another file, or one for engineers.
LARGEST = 5_000_000
# How far outside its outline the label of a municipality may lie before the file is doubted, in degrees.
FAR_OFF = 0.5
SHORTEST_RING = 3

Position = tuple[float, float]
Ring = tuple[Position, ...]


@dataclass(frozen=True)
class Outlines:
    """The rings of each municipality by its code, holes among them, in degrees, the first position not repeated."""

    rings: dict[str, tuple[Ring, ...]]
    attribution: str


def read_outlines(file: Path, municipalities: Sequence[Municipality]) -> Outlines:
    """The outlines of all these municipalities; others in the file are left out. Raises InstallationError."""
    collection = _collection(file)
    features = _features(file, collection)
    property_name = _property_with_codes(file, features, municipalities)
    known = {municipality.code for municipality in municipalities}
    rings: dict[str, tuple[Ring, ...]] = {}
    for number, feature in enumerate(features, start=1):
        code = _labels(feature).get(property_name, "")
        if code in known:
            place = f"feature {number} ({code})"
            rings[code] = rings.get(code, ()) + tuple(_rings(file, place, feature))
    missing = [f"{one.code} {one.name}" for one in municipalities if one.code not in rings]
    if missing:
        raise InstallationError(file, "", f'"{property_name}" names no feature for: {", ".join(missing)}')
    _refuse_elsewhere(file, rings, municipalities)
    attribution = collection.get("attribution")
    return Outlines(rings, attribution.strip() if isinstance(attribution, str) else "")


def _collection(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > LARGEST:
            raise InstallationError(file, "", f"is larger than {LARGEST // 1_000_000} MB; simplify it first")
        collection = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InstallationError(file, "", f"cannot be read ({error})") from error
    except (ValueError, RecursionError) as error:
        raise InstallationError(file, "", f"is not valid JSON ({error})") from error
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise InstallationError(file, "", "must be a GeoJSON FeatureCollection")
    return collection


def _features(file: Path, collection: dict[str, Any]) -> list[dict[str, Any]]:
    features = collection.get("features")
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise InstallationError(file, "", 'must hold its features in a list "features"')
    return features


def _property_with_codes(file: Path, features: list[dict[str, Any]], municipalities: Sequence[Municipality]) -> str:
    """The name of the property, or "id", whose values name the most municipalities."""
    codes = {municipality.code for municipality in municipalities}
    named: dict[str, set[str]] = {}
    for feature in features:
        for name, value in _labels(feature).items():
            if value in codes:
                named.setdefault(name, set()).add(value)
    if not named:
        example = municipalities[0].code
        raise InstallationError(file, "", f"no feature carries a code of municipalities.csv, such as {example}")
    return max(named, key=lambda name: len(named[name]))


def _labels(feature: dict[str, Any]) -> dict[str, str]:
    properties = feature.get("properties")
    labels = {"id": feature.get("id"), **(properties if isinstance(properties, dict) else {})}
    return {name: str(value) for name, value in labels.items() if isinstance(value, str | int)}


def _rings(file: Path, place: str, feature: dict[str, Any]) -> Iterator[Ring]:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        raise InstallationError(file, place, "must have a Polygon or a MultiPolygon as its geometry")
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons or not all(isinstance(one, list) and one for one in polygons):
        raise InstallationError(file, place, "has no coordinates")
    for polygon in polygons:
        for ring in polygon:
            yield _ring(file, place, ring)


def _ring(file: Path, place: str, ring: Any) -> Ring:
    if not isinstance(ring, list):
        raise InstallationError(file, place, "has a ring that is no list of positions")
    positions = [_position(file, place, position) for position in ring]
    if len(positions) > 1 and positions[0] == positions[-1]:
        positions.pop()
    if len(positions) < SHORTEST_RING:
        raise InstallationError(file, place, f"has a ring of fewer than {SHORTEST_RING} different positions")
    return tuple(positions)


def _position(file: Path, place: str, position: Any) -> Position:
    if isinstance(position, list) and len(position) >= 2:
        longitude, latitude = position[:2]
        numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (longitude, latitude))
        # Compared before anything else: an integer of a thousand digits is no float.
        if numbers and abs(longitude) <= 180 and abs(latitude) <= 90 and isfinite(longitude) and isfinite(latitude):
            return float(longitude), float(latitude)
    written = str(position)[:60]
    raise InstallationError(
        file, place, f"has a position that is not longitude and latitude in degrees (EPSG:4326): {written}"
    )


def _refuse_elsewhere(file: Path, rings: dict[str, tuple[Ring, ...]], municipalities: Sequence[Municipality]) -> None:
    strays = [one.name for one in municipalities if _is_far_off(one, rings[one.code])]
    if len(strays) * 2 > len(municipalities):
        raise InstallationError(
            file,
            "",
            "most municipalities lie far from where municipalities.csv puts them; "
            "longitude must stand before latitude",
        )


def _is_far_off(municipality: Municipality, rings: tuple[Ring, ...]) -> bool:
    longitudes = [longitude for ring in rings for longitude, _ in ring]
    latitudes = [latitude for ring in rings for _, latitude in ring]
    return not (
        min(longitudes) - FAR_OFF <= municipality.longitude <= max(longitudes) + FAR_OFF
        and min(latitudes) - FAR_OFF <= municipality.latitude <= max(latitudes) + FAR_OFF
    )
