"""The municipalities of the region and the areas that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from participation.foundation.entries import Entry, Text, read_rows, read_tables, refuse_repeated

KINDS = ("municipality", "city_municipality")
COLUMNS = (
    "code", "name", "official_name", "kind", "administrative_unit", "area", "population", "longitude", "latitude",
)  # fmt: skip
TILE_COLUMNS = ("tile_column", "tile_row")


@dataclass(frozen=True)
class Area:
    """A development area of the region, and how many NGO seats of the regional council it fills."""

    key: str
    name: Text
    council_seats: int


@dataclass(frozen=True)
class Municipality:
    """`longitude` and `latitude` are the point of its label; `tile` is its column and row on the tile map."""

    code: str
    name: str
    official_name: str
    kind: str
    administrative_unit: str
    area: str
    population: int
    longitude: float
    latitude: float
    tile: tuple[int, int] | None = None


def read_areas(file: Path, languages: tuple[str, ...]) -> tuple[Area, ...]:
    entries = read_tables(file, "area")
    refuse_repeated(entries, "key")
    return tuple(
        Area(entry.string("key"), entry.words("name", languages), entry.whole("council_seats")) for entry in entries
    )


def read_municipalities(file: Path, areas: set[str]) -> tuple[Municipality, ...]:
    """The columns of tiles may be left out, whole or in single rows: a place is then found for each."""
    entries = read_rows(file, COLUMNS, TILE_COLUMNS)
    refuse_repeated(entries, "code")
    taken: set[tuple[int, int]] = set()
    return tuple(_municipality(entry, areas, taken) for entry in entries)


def _municipality(entry: Entry, areas: set[str], taken: set[tuple[int, int]]) -> Municipality:
    return Municipality(
        code=entry.string("code"),
        name=entry.string("name"),
        official_name=entry.string("official_name"),
        kind=entry.choice("kind", KINDS),
        administrative_unit=entry.string("administrative_unit"),
        area=entry.choice("area", areas),
        population=entry.whole("population"),
        longitude=entry.degrees("longitude", 180),
        latitude=entry.degrees("latitude", 90),
        tile=_tile(entry, taken),
    )


def _tile(entry: Entry, taken: set[tuple[int, int]]) -> tuple[int, int] | None:
    if not any(entry.string(field, "") for field in TILE_COLUMNS):
        return None
    tile = (entry.whole("tile_column"), entry.whole("tile_row"))
    if tile in taken:
        raise entry.refuse("tile_column", f"and tile_row name a place that is taken: {tile[0]}, {tile[1]}")
    taken.add(tile)
    return tile
