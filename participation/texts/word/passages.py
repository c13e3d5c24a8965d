"""The paragraphs of an edited file as they stood before, and as they stand after one person's changes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from participation.texts.word.redline import Line, Piece

_WORD = re.compile(r"\w+")
# A paragraph's end, among the places of its pieces.
END = -1
Spot = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """A paragraph of one side: its text, the spots (line, piece) it is made of and ends at, its bookmarks."""

    text: str
    spots: tuple[Spot, ...]
    end: Spot
    names: tuple[str, ...] = ()

    @property
    def lines(self) -> set[int]:
        return {line for line, _place in self.spots} or {self.end[0]}


@dataclass(frozen=True)
class Side:
    """What one person makes of some paragraphs: the passages that were changed, and those that are new.

    `parts` are by the place of a passage before: what became of it, nothing if it was deleted; what stayed as it was
    is left out. `new` are runs of new passages after the place of one before, -1 for before the first.
    """

    parts: dict[int, list[Passage]]
    new: list[tuple[int, list[Passage]]]


def groups(lines: Sequence[Line]) -> Iterator[range]:
    """Runs of lines whose ends somebody put in or took out, each with the line that ends it."""
    start = 0
    for at, line in enumerate(lines):
        is_last = at + 1 == len(lines)
        if is_last or line.is_table or lines[at + 1].is_table or not (line.end.inserted or line.end.deleted):
            yield range(start, at + 1)
            start = at + 1


def before(lines: Sequence[Line], group: range) -> list[Passage]:
    """The paragraphs with every change rejected."""
    return _passages(lines, group, lambda piece: piece.inserted is None)


def side_of(lines: Sequence[Line], group: range, old: Sequence[Passage], author: str) -> Side:
    """What one person makes of the passages that stood there before."""
    new = _passages(lines, group, lambda piece: piece.stands_after(author))
    shared = [[_common(lines, one, other) for one in old] for other in new]
    parts: dict[int, list[Passage]] = {at: [] for at in range(len(old))}
    fresh: list[int] = []
    for at, row in enumerate(shared):
        if any(row):
            parts[row.index(max(row))].append(new[at])
        else:
            fresh.append(at)
    for place, found in parts.items():
        # All words were written anew before an end that stayed.
        same_end = [at for at in fresh if not found and new[at].end == old[place].end]
        if same_end and not any(shared[at][place] for at in range(len(new))):
            found.append(new[same_end[0]])
            fresh.remove(same_end[0])
    home = {id(passage): place for place, found in parts.items() for passage in found}
    runs: list[tuple[int, list[Passage]]] = []
    after, is_open = -1, False
    for at, passage in enumerate(new):
        if at not in fresh:
            after, is_open = home[id(passage)], False
        elif is_open:
            runs[-1][1].append(passage)
        else:
            gone = [place for place, one in enumerate(old) if not parts[place] and one.end < passage.end]
            after, is_open = max([after, *gone]), True
            runs.append((after, [passage]))
    changed = {place: found for place, found in parts.items() if [one.text for one in found] != [old[place].text]}
    return Side(changed, runs)


def _passages(lines: Sequence[Line], group: range, stands: Callable[[Piece], bool]) -> list[Passage]:
    found: list[Passage] = []
    spots: list[Spot] = []
    for at in group:
        spots += [(at, place) for place, piece in enumerate(lines[at].pieces) if piece.text and stands(piece)]
        is_gone = lines[at].is_table and not spots and bool(lines[at].pieces)
        if (stands(lines[at].end) or (at == group.stop - 1 and spots)) and not is_gone:
            found.append(_passage(lines, spots, (at, END)))
            spots = []
    return found


def _passage(lines: Sequence[Line], spots: Sequence[Spot], end: Spot) -> Passage:
    text = "".join(lines[at].pieces[place].text for at, place in spots)
    if lines[end[0]].is_table:
        # A row of which nothing is left but its bars is gone.
        text = "\n".join(row.strip() for row in text.split("\n") if row.strip(" |"))
    touched = dict.fromkeys([*(at for at, _place in spots), end[0]])
    return Passage(text, tuple(spots), end, tuple(name for at in touched for name in lines[at].names))


def _common(lines: Sequence[Line], one: Passage, other: Passage) -> int:
    """How many characters of words two passages share, counted where they stand."""
    shared = set(one.spots) & set(other.spots)
    return sum(len(word) for at, place in shared for word in _WORD.findall(lines[at].pieces[place].text))
