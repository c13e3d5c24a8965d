"""The map of equal tiles: one square a municipality, near its place in the region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from math import cos, radians, sqrt

from participation.foundation.municipalities import Municipality

from .arcs import Point
from .labels import lines_of
from .picture import TENTHS, WIDTH, Place, RegionMap, path_along, path_of
from .projection import turned

LARGEST_SIDE = 130
MARGIN = 4
# How much of the grid's rectangle the tiles of a usual region fill.
FILLED = 0.7
SHORTEST_ABBREVIATION = 3

Tile = tuple[int, int]


def draw_tiles(municipalities: Sequence[Municipality]) -> RegionMap:
    """Equal squares, so that none of the municipalities counts for more than another."""
    tiles = tiles_of(municipalities)
    columns = 1 + max(column for column, _ in tiles.values())
    rows = 1 + max(row for _, row in tiles.values())
    side = min(LARGEST_SIDE, (WIDTH - 2 * MARGIN) // columns)
    left = (WIDTH - columns * side) // 2

    def corner(column: int, row: int) -> Point:
        return (left + column * side) * TENTHS, (MARGIN + row * side) * TENTHS

    short = abbreviations([municipality.name for municipality in municipalities])
    places = []
    for municipality in municipalities:
        column, row = tiles[municipality.code]
        square = [corner(column + right, row + down) for right, down in ((0, 0), (1, 0), (1, 1), (0, 1))]
        middle = ((square[0][0] + square[2][0]) / 2 / TENTHS, (square[0][1] + square[2][1]) / 2 / TENTHS)
        name = municipality.name
        lines = lines_of(name, lambda width, height: width <= side and abs(height) <= side / 2)
        places.append(Place(municipality.code, name, short[name], path_of([square]), *middle, lines))
    areas = {tiles[municipality.code]: municipality.area for municipality in municipalities}
    borders = path_along((corner(*one), corner(*other)) for one, other in _borders(areas))
    return RegionMap(rows * side + 2 * MARGIN, tuple(places), borders, is_tiles=True)


def _borders(areas: dict[Tile, str]) -> Iterator[tuple[Tile, Tile]]:
    """The sides of tiles that have another area, or nothing, beyond them; each once."""
    for column, row in areas:
        area = areas[column, row]
        if areas.get((column - 1, row)) != area:
            yield (column, row), (column, row + 1)
        if areas.get((column, row - 1)) != area:
            yield (column, row), (column + 1, row)
        if (column + 1, row) not in areas:
            yield (column + 1, row), (column + 1, row + 1)
        if (column, row + 1) not in areas:
            yield (column, row + 1), (column + 1, row + 1)


def tiles_of(municipalities: Sequence[Municipality]) -> dict[str, Tile]:
    """Column and row of each by its code, from 0; where none is given, the free tile nearest to its place."""
    wished = _wishes(municipalities)
    tiles = {one.code: one.tile for one in municipalities if one.tile is not None}
    shifts = [(tiles[code][0] - wished[code][0], tiles[code][1] - wished[code][1]) for code in tiles]
    right = sum(shift for shift, _ in shifts) / (len(shifts) or 1)
    down = sum(shift for _, shift in shifts) / (len(shifts) or 1)
    taken = set(tiles.values())
    # From the middle outwards: there it is crowded, and whoever comes late is pushed farthest.
    x, y = (sum(place[axis] for place in wished.values()) / len(wished) for axis in (0, 1))
    for code in sorted(wished, key=lambda code: ((wished[code][0] - x) ** 2 + (wished[code][1] - y) ** 2, code)):
        if code not in tiles:
            tiles[code] = _nearest_free(wished[code][0] + right, wished[code][1] + down, taken)
            taken.add(tiles[code])
    west, north = min(column for column, _ in taken), min(row for _, row in taken)
    return {code: (column - west, row - north) for code, (column, row) in tiles.items()}


def _wishes(municipalities: Sequence[Municipality]) -> dict[str, tuple[float, float]]:
    """Where each would stand on a grid with just enough tiles for all, if tiles could overlap."""
    first = municipalities[0].longitude
    narrowing = cos(radians(sum(one.latitude for one in municipalities) / len(municipalities)))
    points = {one.code: (turned(one.longitude - first) * narrowing, -one.latitude) for one in municipalities}
    west, east = min(x for x, _ in points.values()), max(x for x, _ in points.values())
    north, south = min(y for _, y in points.values()), max(y for _, y in points.values())
    # No side is taken as so narrow that the grid would become a single line.
    wide = max(east - west, (south - north) / 8, 1e-6)
    tall = max(south - north, (east - west) / 8, 1e-6)
    side = sqrt(wide * tall * FILLED / len(municipalities))
    return {code: ((x - west) / side, (y - north) / side) for code, (x, y) in points.items()}


def _nearest_free(x: float, y: float, taken: set[Tile]) -> Tile:
    """Looked for in ever larger squares about the place, one beyond the first that has room."""
    middle = (round(x), round(y))
    found_at: int | None = None
    free: list[Tile] = []
    for reach in count():
        free += [tile for tile in _square(middle, reach) if tile not in taken]
        if free and found_at is None:
            found_at = reach
        # A corner of a square lies farther off than the sides of the next ones.
        if found_at is not None and reach > found_at * 1.5 + 1:
            break
    return min(free, key=lambda tile: ((tile[0] - x) ** 2 + (tile[1] - y) ** 2, tile))


def _square(middle: Tile, reach: int) -> Iterator[Tile]:
    for right in range(-reach, reach + 1):
        for down in range(-reach, reach + 1):
            if max(abs(right), abs(down)) == reach:
                yield middle[0] + right, middle[1] + down


def abbreviations(names: Sequence[str]) -> dict[str, str]:
    """Three letters of each name, and more where that is needed to tell two names apart."""
    short = {name: _shortened(name, SHORTEST_ABBREVIATION) for name in names}
    for length in range(SHORTEST_ABBREVIATION + 1, max(map(len, names), default=0) + 1):
        used = list(short.values())
        alike = [name for name in short if used.count(short[name]) > 1]
        if not alike:
            break
        short.update({name: _shortened(name, length) for name in alike})
    return short


def _shortened(name: str, length: int) -> str:
    """Initials show that a name has several words: "Gornji Grad" becomes "GGr"."""
    first, *others = name.replace("-", " ").split() or [name]
    if not others:
        return first[:length]
    last = others[-1]
    return f"{first[0]}{last[0].upper()}{last[1 : length - 1]}"
