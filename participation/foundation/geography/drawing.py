"""The map drawn from the outlines of a GeoJSON file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import hypot

from participation.foundation.entries import InstallationError
from participation.foundation.municipalities import Municipality

from .arcs import Arc, Course, Point, cut, joined, simplified, tidied, whole
from .labels import Fits, lines_of
from .outlines import Outlines
from .picture import TENTHS, WIDTH, Place, RegionMap, path_along, path_of
from .projection import EqualArea, turned

MARGIN = 8
TALLEST = 1400
# In units of the picture, which is mostly shown half as large. Raised step by step while the map is too heavy.
FINEST, COARSEST, STEP = 1.0, 4.0, 1.25
# How much path data a page may carry: 25 kB for 31 municipalities.
ALLOWED_PER_PLACE = 830
# Islets and slivers below this area, in square units, are left out.
SMALLEST = 1.0

# Where else a label may stand, the nearest first.
NEARBY = sorted(
    ((right, down) for right in range(-24, 25, 8) for down in range(-24, 25, 8)),
    key=lambda shift: (hypot(*shift), shift),
)

Project = Callable[[float, float], Point]


@dataclass(frozen=True)
class _Piece:
    """One ring of a municipality in the picture, in tenths of a unit."""

    ring: list[Point]
    courses: list[Course]


def draw_outlines(outlines: Outlines, municipalities: Sequence[Municipality]) -> RegionMap:
    """The map in equal areas, light enough for a page; raises InstallationError where a municipality vanishes."""
    codes = [code for code, rings in outlines.rings.items() for _ in rings]
    courses = cut([tidied(ring) for rings in outlines.rings.values() for ring in rings])
    passed = list(zip(codes, courses, strict=True))
    drawn = _lightest(passed, outlines, municipalities)
    if drawn.weight > 2 * ALLOWED_PER_PLACE * len(municipalities):
        # Neighbours that share single points and no lines leave nothing but tiny arcs, and those cannot be
        # made simpler. Each ring is then drawn by itself.
        return _lightest([(code, whole(one)) for code, one in passed], outlines, municipalities)
    return drawn


def _lightest(
    passed: list[tuple[str, list[Course]]], outlines: Outlines, municipalities: Sequence[Municipality]
) -> RegionMap:
    lines, project, height = _frame({course.arc for _, courses in passed for course in courses})
    allowed = ALLOWED_PER_PLACE * len(municipalities)
    tolerance = FINEST
    while True:
        simple = {arc: simplified(line, tolerance * TENTHS) for arc, line in lines.items()}
        pieces: dict[str, list[_Piece]] = {}
        for code, courses in passed:
            pieces.setdefault(code, []).append(_Piece(joined(courses, simple), courses))
        kept = {code: _without_slivers(own) for code, own in pieces.items()}
        drawn = RegionMap(
            height=height,
            places=tuple(_place(one, kept[one.code], project) for one in municipalities),
            borders=_borders(kept, {one.code: one.area for one in municipalities}, simple),
            is_tiles=False,
            attribution=outlines.attribution,
        )
        if drawn.weight <= allowed or tolerance * STEP > COARSEST:
            return drawn
        tolerance *= STEP


def _frame(arcs: Iterable[Arc]) -> tuple[dict[Arc, Arc], Project, int]:
    """Every arc in the picture, what puts a position there, and the picture's height."""
    arcs = list(arcs)
    first = arcs[0][0][0]
    away = [turned(longitude - first) for arc in arcs for longitude, _ in arc]
    latitudes = [latitude for arc in arcs for _, latitude in arc]
    plane = EqualArea(first + (min(away) + max(away)) / 2, (min(latitudes) + max(latitudes)) / 2)
    flat = {arc: [plane.project(*position) for position in arc] for arc in arcs}
    west, east = min(x for line in flat.values() for x, _ in line), max(x for line in flat.values() for x, _ in line)
    south, north = (
        min(y for line in flat.values() for _, y in line),
        max(y for line in flat.values() for _, y in line),
    )
    wide, tall = max(east - west, 1.0), max(north - south, 1.0)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    left = (WIDTH - wide * scale) / 2

    def scaled(x: float, y: float) -> Point:
        return round((left + (x - west) * scale) * TENTHS), round((MARGIN + (north - y) * scale) * TENTHS)

    def project(longitude: float, latitude: float) -> Point:
        return scaled(*plane.project(longitude, latitude))

    # Once to half of the finest: files for engineers have a point every few metres.
    lines = {
        arc: simplified(tuple(scaled(*point) for point in line), FINEST * TENTHS / 2) for arc, line in flat.items()
    }
    return lines, project, round(tall * scale + 2 * MARGIN)


def _without_slivers(pieces: list[_Piece]) -> list[_Piece]:
    largest = max(pieces, key=lambda piece: abs(_area(piece.ring)))
    smallest = SMALLEST * TENTHS * TENTHS
    return [piece for piece in pieces if piece is largest or abs(_area(piece.ring)) >= smallest]


def _borders(kept: dict[str, list[_Piece]], areas: dict[str, str], simple: dict[Arc, Arc]) -> str:
    """Along every arc that does not part two municipalities of one area; nothing where no two share an arc."""
    beside: dict[Arc, list[str]] = {}
    for code, pieces in kept.items():
        for piece in pieces:
            for course in piece.courses:
                beside.setdefault(course.arc, []).append(areas[code])
    if all(len(sides) == 1 for sides in beside.values()):
        return ""
    return path_along(simple[arc] for arc, sides in beside.items() if len(sides) == 1 or len(set(sides)) > 1)


def _place(municipality: Municipality, pieces: list[_Piece], project: Project) -> Place:
    rings = [piece.ring for piece in pieces]
    if not any(_area(ring) for ring in rings):
        raise InstallationError("map.geojson", municipality.code, "is too small to be seen on the map")
    x, y = project(municipality.longitude, municipality.latitude)
    if not _is_inside((x, y), rings):
        x, y = _middle(rings)
    x, y, lines = _labelled(municipality.name, (x, y), rings)
    return Place(municipality.code, municipality.name, "", path_of(rings), x / TENTHS, y / TENTHS, lines)


def _labelled(name: str, label: Point, rings: Sequence[Sequence[Point]]) -> tuple[float, float, tuple[str, ...]]:
    """The label's point, moved a little where that makes room for the name; else where it was, without lines."""
    level = cache(lambda y: list(pairwise(sorted(_crossings(y, rings))))[::2])

    def room_at(x: float, y: float) -> Fits:
        def has_room(width: float, height: float) -> bool:
            half = width * TENTHS / 2
            return any(left <= x - half and x + half <= right for left, right in level(y - height * TENTHS))

        return has_room

    for right, down in NEARBY:
        x, y = label[0] + right * TENTHS, label[1] + down * TENTHS
        lines = lines_of(name, room_at(x, y))
        if lines:
            return x, y, lines
    return *label, ()


def _area(ring: Sequence[Point]) -> float:
    """In square tenths; negative when the ring runs the other way round."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True)) / 2


def _is_inside(point: Point, rings: Sequence[Sequence[Point]]) -> bool:
    return sum(1 for x in _crossings(point[1], rings) if x > point[0]) % 2 == 1


def _middle(rings: Sequence[Sequence[Point]]) -> Point:
    """The middle of the widest stretch inside, looked for on lines between the top and the bottom."""
    ys = [y for ring in rings for _, y in ring]
    top, bottom = min(ys), max(ys)
    best = (0.0, rings[0][0])
    for part in range(1, 12):
        y = top + (bottom - top) * part / 12
        crossings = sorted(_crossings(y, rings))
        for left, right in list(pairwise(crossings))[::2]:
            best = max(best, (right - left, (round((left + right) / 2), round(y))))
    return best[1]


def _crossings(y: float, rings: Sequence[Sequence[Point]]) -> list[float]:
    """Where a level line meets the rings."""
    found = []
    for ring in rings:
        for one, other in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            if (one[1] > y) != (other[1] > y):
                found.append(one[0] + (y - one[1]) / (other[1] - one[1]) * (other[0] - one[0]))
    return found
