"""The map with numbers: how many of something each municipality has, and the shade that stands for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from participation.foundation.collation import collation_key
from participation.foundation.installation import Installation
from participation.foundation.language import language_now

from .picture import Place, RegionMap

# Shades above the one of "none"; more could not be told apart.
SHADES = 4


@dataclass(frozen=True)
class Level:
    """One step of the legend: its shade, and the numbers that it stands for."""

    shade: int
    least: int
    most: int

    @property
    def label(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True)
class ShadedPlace:
    place: Place
    count: int
    shade: int


@dataclass(frozen=True)
class ShadedArea:
    """The municipalities of an area in the order of Slovenian names."""

    name: str
    places: tuple[ShadedPlace, ...]

    @property
    def total(self) -> int:
        return sum(place.count for place in self.places)


@dataclass(frozen=True)
class ShadedMap:
    """`elsewhere` is what belongs to no municipality of the region."""

    picture: RegionMap
    levels: tuple[Level, ...]
    areas: tuple[ShadedArea, ...]
    elsewhere: int

    @property
    def places(self) -> list[ShadedPlace]:
        return [place for area in self.areas for place in area.places]


def shade(picture: RegionMap, installation: Installation, counts: Mapping[str, int]) -> ShadedMap:
    """The picture with a number for each municipality by its code; those that `counts` leaves out have none."""
    levels = levels_for(counts.values())
    places = {place.code: place for place in picture.places}
    areas = []
    for area in installation.areas:
        own = [one for one in installation.municipalities if one.area == area.key]
        own.sort(key=lambda one: collation_key(one.name))
        shaded = tuple(_shaded(places[one.code], counts.get(one.code, 0), levels) for one in own)
        areas.append(ShadedArea(area.name.in_language(language_now()), shaded))
    elsewhere = sum(number for code, number in counts.items() if code not in places)
    return ShadedMap(picture, levels, tuple(area for area in areas if area.places), elsewhere)


def _shaded(place: Place, number: int, levels: tuple[Level, ...]) -> ShadedPlace:
    return ShadedPlace(place, number, next(level.shade for level in levels if number <= level.most))


def levels_for(counts: Iterable[int]) -> tuple[Level, ...]:
    """None, and up to four steps to the largest number, each about as many times the one before.

    Few members stand in most municipalities and many in one or two towns: equal steps would
    show nothing but the towns.
    """
    largest = max(counts, default=0)
    growth = (largest + 1) ** (1 / SHADES)
    starts = sorted({max(step + 1, round(growth**step)) for step in range(SHADES)})
    starts = [start for start in starts if start <= largest]
    steps = [Level(number, least, after - 1) for number, (least, after) in _numbered([*starts, largest + 1])]
    return (Level(0, 0, 0), *_spread(steps))


def _numbered(starts: list[int]) -> list[tuple[int, tuple[int, int]]]:
    return list(enumerate(pairwise(starts), start=1))


def _spread(steps: list[Level]) -> list[Level]:
    """Fewer steps than shades: the darkest still stands for the largest number, the lightest for the smallest."""
    if len(steps) in (0, SHADES):
        return steps
    if len(steps) == 1:
        return [Level(SHADES // 2, steps[0].least, steps[0].most)]
    width = (SHADES - 1) / (len(steps) - 1)
    return [Level(1 + round(place * width), step.least, step.most) for place, step in enumerate(steps)]
