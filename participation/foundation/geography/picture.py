"""The map of the region as a picture: what a template needs to draw it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .arcs import Point

# The width of every map in its own units; text and lines are measured in them.
WIDTH = 1000
TENTHS = 10
# Beyond so many municipalities letters and numbers are set smaller.
DENSE = 60


@dataclass(frozen=True)
class Place:
    """A municipality on the map: its outline as SVG path data, and the middle of its label.

    `lines` is its name where the outline has room for it on a wide map.
    """

    code: str
    name: str
    abbreviation: str
    outline: str
    x: float
    y: float
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegionMap:
    """`borders` is the path of the borders between areas and around them."""

    height: int
    places: tuple[Place, ...]
    borders: str
    is_tiles: bool
    attribution: str = ""

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def weight(self) -> int:
        """How many characters of path data there are."""
        return len(self.borders) + sum(len(place.outline) for place in self.places)

    @property
    def is_dense(self) -> bool:
        return len(self.places) > DENSE


def path_of(rings: Iterable[Sequence[Point]]) -> str:
    """SVG path data of closed rings."""
    return "".join(_steps(ring) + "z" for ring in rings)


def path_along(lines: Iterable[Sequence[Point]]) -> str:
    """SVG path data of open lines."""
    return "".join(_steps(line) for line in lines)


def _steps(line: Sequence[Point]) -> str:
    """From each point to the next by how far it lies away: shorter than where it lies, and exact all the same."""
    first, *rest = line
    away: list[float] = []
    before = first
    for point in rest:
        away += [point[0] - before[0], point[1] - before[1]]
        before = point
    return f"M{_numbers(first)}" + (f"l{_numbers(away)}" if away else "")


def _numbers(tenths: Iterable[float]) -> str:
    """As SVG reads them in a row: "12 -3.4.5" without what it can do without."""
    written = ""
    before = ""
    for value in tenths:
        whole, tenth = divmod(round(abs(value)), TENTHS)
        number = (
            ("-" if value < 0 else "") + (str(whole) if whole or not tenth else "") + (f".{tenth}" if tenth else "")
        )
        parts_itself = number.startswith("-") or (number.startswith(".") and "." in before)
        written += number if parts_itself or not before else f" {number}"
        before = number
    return written
