"""One change of a text: which of its characters become which words."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from participation.texts.differing import TOKEN, word_diff

_WORD = re.compile(r"\w+")

# A place in the existing wording and the words for it, in any case and with any signs.
Sense = tuple[int, int, str]


@dataclass(frozen=True, order=True)
class Replacement:
    """The characters from `start` to `stop` of the existing wording become `words`; of none, words are put in."""

    start: int
    stop: int
    words: str

    @property
    def sense(self) -> Sense:
        """What near-identical demands have in common."""
        return self.start, self.stop, " ".join(_WORD.findall(self.words.casefold())) or self.words

    def clashes_with(self, other: "Replacement") -> bool:
        """Whether both ask for different words at one place; what stands side by side does not clash."""
        if self == other:
            return False
        if self.start == other.start and self.stop == other.stop:
            return True
        return self.start < other.stop and other.start < self.stop


def replacements_of(existing: str, wording: str) -> list[Replacement]:
    """What turns the existing wording into the demanded one, in whole words and in order, to the character.

    Words that are put in or taken out are so at the first place that makes the same wording: who asks for the same
    gives the same replacement, whatever else they ask for.
    """
    found: list[Replacement] = []
    at = 0
    for change, text in word_diff(existing, wording):
        if change == "same":
            at += len(text)
        elif change == "removed":
            found.append(Replacement(at, at + len(text), ""))
            at += len(text)
        elif found and found[-1].stop == at and found[-1].start < at and not found[-1].words:
            found[-1] = Replacement(found[-1].start, at, text)
        else:
            found.append(Replacement(at, at, text))
    return list(at_first_places(existing, found))


def replaced(existing: str, replacements: Iterable[Replacement]) -> str:
    """The existing wording with replacements that do not clash."""
    pieces: list[str] = []
    at = 0
    for one in sorted(replacements):
        pieces += [existing[at : one.start], one.words]
        at = one.stop
    return "".join(pieces) + existing[at:]


def at_first_places(existing: str, found: Sequence[Replacement]) -> Iterator[Replacement]:
    """Moves what is only put in or only taken out before words like its last, never up to the change before."""
    start_of = {one.end(): one.start() for one in TOKEN.finditer(existing)}
    floor = -1
    for one in found:
        moved = one
        if not one.words or one.start == one.stop:
            moved = _at_first_place(existing, one, start_of, floor)
        yield moved
        floor = moved.stop


def _at_first_place(existing: str, one: Replacement, start_of: Mapping[int, int], floor: int) -> Replacement:
    tokens = deque(TOKEN.findall(one.words or existing[one.start : one.stop]))
    start = one.start
    while start_of.get(start, floor) > floor and existing[start_of[start] : start] == tokens[-1]:
        tokens.rotate(1)
        start -= len(tokens[0])
    return Replacement(start, one.stop - one.start + start, "".join(tokens) if one.words else "")
