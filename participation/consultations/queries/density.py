"""Where in a text its comments gather."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .reading import Line

WIDTH, HEIGHT = 1000, 100
# A table or a chapter's title is not nothing, however few characters it has.
_LEAST_CHARACTERS = 40
_NARROWEST, _LOWEST = 5, 8


@dataclass(slots=True)
class Bar:
    """What stands below one heading: where in the text (of WIDTH), how much of it, and how many comments."""

    key: str
    name: str
    count: int
    x: int
    width: int
    height: int


def density_of(lines: Iterable[Line], counts: Mapping[int, int]) -> list[Bar]:
    """A bar for each heading whose own text has comments, in reading order; the tallest is HEIGHT.

    What stands before the first heading belongs to the first provision. `counts` are those of
    single provisions, by their id.
    """
    parts: list[tuple[Line, int, int, int]] = []
    done = 0
    for line in lines:
        weight = max(len(line.text), _LEAST_CHARACTERS)
        count = counts.get(line.id, 0)
        if line.depth or not parts:
            parts.append((line, done, weight, count))
        else:
            head, begun, length, so_far = parts[-1]
            parts[-1] = (head, begun, length + weight, so_far + count)
        done += weight
    most = max((count for *_rest, count in parts), default=0)
    return [
        Bar(
            head.key,
            head.path or head.label,
            count,
            begun * WIDTH // done,
            max(length * WIDTH // done, _NARROWEST),
            max(count * HEIGHT // most, _LOWEST),
        )
        for head, begun, length, count in parts
        if count
    ]
