"""Where in a text its comments gather."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .reading import Line

WIDTH, HEIGHT = 1000, 100
MOST_BARS = 100
# A table or a chapter's title is not nothing, however few characters it has.
_LEAST_CHARACTERS = 40
_NARROWEST, _LOWEST = 5, 8


@dataclass(slots=True)
class Bar:
    """What stands below one heading or several: where in the text (of WIDTH), how much of it, how many comments."""

    key: str
    name: str
    count: int
    x: int
    width: int
    height: int


def density_of(lines: Iterable[Line], counts: Mapping[int, int]) -> list[Bar]:
    """A bar for each heading whose own text has comments, in reading order; the tallest is HEIGHT.

    What stands before the first heading belongs to the first provision. Long texts have a bar for
    several neighbouring headings. `counts` are those of single provisions, by their id.
    """
    parts = _parts(lines, counts)
    together = -(-len(parts) // MOST_BARS)
    groups = [parts[at : at + together] for at in range(0, len(parts), together or 1)]
    most = max((sum(part.count for part in group) for group in groups), default=0)
    whole = sum(part.length for part in parts)
    return [_bar(group, whole, most) for group in groups if any(part.count for part in group)]


@dataclass(slots=True)
class _Part:
    """A heading with its own text, before those of the next heading."""

    head: Line
    begun: int
    length: int
    count: int


def _parts(lines: Iterable[Line], counts: Mapping[int, int]) -> list[_Part]:
    parts: list[_Part] = []
    done = 0
    for line in lines:
        length = max(len(line.text), _LEAST_CHARACTERS)
        if line.depth or not parts:
            parts.append(_Part(line, done, 0, 0))
        parts[-1].length += length
        parts[-1].count += counts.get(line.id, 0)
        done += length
    return parts


def _bar(group: list[_Part], whole: int, most: int) -> Bar:
    first, last = group[0], group[-1]
    count = sum(part.count for part in group)
    name = _name(first.head) if first is last else f"{_name(first.head)} – {_name(last.head)}"
    width = max(sum(part.length for part in group) * WIDTH // whole, _NARROWEST)
    return Bar(first.head.key, name, count, first.begun * WIDTH // whole, width, max(count * HEIGHT // most, _LOWEST))


def _name(line: Line) -> str:
    return line.path or line.label
