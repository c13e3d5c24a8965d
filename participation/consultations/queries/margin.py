"""How much of each note the margin of the reading page has room for.

A note begins beside its provision and may reach down along the ones that have none, never onto the
next note. Heights are guessed from lengths, in rem; what does not fit is cut, then folded to a line
that counts. A wrong guess costs a little white space, because notes float and never lie upon each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from participation.texts.provisions import HEADINGS, Kind

from .reading import Line

_TEXT_LINE, _TEXT_CHARACTERS, _TEXT_PADDING = 1.8, 64, 0.6
_HEADINGS = {Kind.ARTICLE: 4.4, Kind.CHAPTER: 4.0, Kind.PART: 4.0}
_OTHER_HEADING = 3.2
_NOTE_LINE, _NOTE_CHARACTERS = 1.23, 34
_COUNT_LINE, _EXCERPT_PADDING = 1.8, 0.4
# What lies above the first line of a heading, and of a note beside it.
_ABOVE_HEADING = 1.1


class Room(NamedTuple):
    """How many excerpts a note may show, and how many lines of each."""

    excerpts: int
    lines: int


# From the most to the least; a line that counts fits beside the shortest provision.
_SHAPES = (Room(2, 3), Room(2, 2), Room(1, 3), Room(1, 2))
FOLDED = Room(0, 0)


class Noted(Protocol):
    """What a note is measured by."""

    @property
    def speaker(self) -> str: ...
    @property
    def words(self) -> str: ...


def room_for_notes(lines: Sequence[Line], notes: Mapping[int, Sequence[Noted]]) -> dict[int, Room]:
    """The room that each noted provision has beside it.

    `notes` has the excerpts by the id of the provision; one with a demand and no comment has none.
    """
    rooms = {}
    height = 0.0
    for line in reversed(lines):
        height += _height(line)
        excerpts = notes.get(line.id)
        if excerpts is None:
            continue
        begins = _COUNT_LINE + (_ABOVE_HEADING if line.kind in HEADINGS else 0)
        rooms[line.id] = _room(excerpts, height - begins)
        height = 0.0
    return rooms


def _room(excerpts: Sequence[Noted], height: float) -> Room:
    # Beside most provisions there is no room for the least: they are asked once, not once for each shape.
    if not excerpts or not _fits(excerpts, _SHAPES[-1], height):
        return FOLDED
    return next(shape for shape in _SHAPES if _fits(excerpts, shape, height))


def _fits(excerpts: Sequence[Noted], shape: Room, height: float) -> bool:
    return sum(_excerpt_height(excerpt, shape.lines) for excerpt in excerpts[: shape.excerpts]) <= height


def _height(line: Line) -> float:
    if line.kind == Kind.TABLE:
        return _TEXT_LINE * (line.text.count("\n") + 1) + _TEXT_PADDING
    if line.kind in HEADINGS:
        return _HEADINGS.get(Kind(line.kind), _OTHER_HEADING) + _TEXT_LINE * (len(line.text) // _TEXT_CHARACTERS)
    rows = sum((len(row) - 1) // _TEXT_CHARACTERS + 1 for row in line.text.split("\n"))
    return _TEXT_LINE * rows + _TEXT_PADDING


def _excerpt_height(excerpt: Noted, lines: int) -> float:
    # The kind of the comment and its supports stand on the speaker's line.
    head = (len(excerpt.speaker) + 24) // _NOTE_CHARACTERS + 1
    words = min(len(excerpt.words) // _NOTE_CHARACTERS + 1, lines)
    return _NOTE_LINE * (head + words) + _EXCERPT_PADDING
