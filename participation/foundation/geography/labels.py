"""Where the name of a municipality has room on the map. Sizes are those of static/css/components/map.css."""

from __future__ import annotations

from collections.abc import Callable

LINE = 17  # From one line of a name to the next.
CAPITALS = 12  # How high its letters stand.
LETTER = 8.2  # How wide a letter is on average, at a size of 16.
ABOVE, BELOW = 4, 21  # The lowest line ends above the middle of the label, the number below it.
NUMBER = 30

Fits = Callable[[float, float], bool]


def lines_of(name: str, has_room: Fits) -> tuple[str, ...]:
    """The name in one line or two, or nothing where neither has room.

    `has_room(width, height)` answers for a stretch of this width, centred, so far above the
    middle of the label, or below it when negative.
    """
    if not has_room(NUMBER, -BELOW):
        return ()
    for lines in (name,), _halves(name):
        width = LETTER * max(map(len, lines))
        top = ABOVE + LINE * (len(lines) - 1) + CAPITALS
        if all(has_room(width, height) for height in (ABOVE, (ABOVE + top) / 2, top)):
            return lines
    return ()


def _halves(name: str) -> tuple[str, ...]:
    """Two lines as equal as the words allow."""
    words = name.split()
    if len(words) < 2:
        return (name,)
    splits = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return min(splits, key=lambda lines: max(map(len, lines)))
