"""Several demanded wordings of one existing wording: where they clash, and what they make together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from participation.texts.differing import word_diff


@dataclass(frozen=True, order=True)
class Replacement:
    """The characters from `start` to `stop` of the existing wording become `words`; of none, words are put in."""

    start: int
    stop: int
    words: str

    def clashes_with(self, other: "Replacement") -> bool:
        """Whether both ask for different words at one place; what stands side by side does not clash."""
        if self == other:
            return False
        if self.start == other.start and self.stop == other.stop:
            return True
        return self.start < other.stop and other.start < self.stop


@dataclass(frozen=True)
class Conflict:
    """A passage of the existing wording, by its characters, for which different words are demanded.

    `demanded` are pairs of a wording's place among those given and what it makes of the passage.
    """

    start: int
    stop: int
    existing: str
    demanded: tuple[tuple[int, str], ...]


class Conflicting(Exception):
    """Wordings that cannot all be had; `conflicts` says where."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(conflicts)
        self.conflicts = conflicts


def replacements_of(existing: str, wording: str) -> list[Replacement]:
    """What turns the existing wording into the demanded one, in whole words and in order, to the character."""
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
    return found


def conflicts_between(existing: str, wordings: Sequence[str]) -> list[Conflict]:
    """Where the wordings ask for different words, in the order of the text; the same demand twice is no conflict."""
    asked = [
        (replacement, number) for number, one in enumerate(wordings) for replacement in replacements_of(existing, one)
    ]
    clashing = [
        (replacement, number)
        for replacement, number in asked
        if any(replacement.clashes_with(other) for other, _number in asked)
    ]
    return [_conflict(existing, start, stop, asked) for start, stop in _passages(clashing)]


def merge_wordings(existing: str, wordings: Sequence[str]) -> str:
    """The existing wording with what every demanded one changes in it. Raises Conflicting."""
    conflicts = conflicts_between(existing, wordings)
    if conflicts:
        raise Conflicting(conflicts)
    made = existing
    for one in sorted({each for wording in wordings for each in replacements_of(existing, wording)}, reverse=True):
        made = made[: one.start] + one.words + made[one.stop :]
    return made


def _passages(clashing: Sequence[tuple[Replacement, int]]) -> Iterator[tuple[int, int]]:
    """The passages that clashing replacements cover together."""
    start = stop = -1
    for replacement, _number in sorted(clashing):
        if replacement.start > stop or stop < 0:
            if stop >= 0:
                yield start, stop
            start, stop = replacement.start, replacement.stop
        stop = max(stop, replacement.stop)
    if stop >= 0:
        yield start, stop


def _conflict(existing: str, start: int, stop: int, asked: Sequence[tuple[Replacement, int]]) -> Conflict:
    made: dict[int, str] = {}
    for replacement, number in sorted(asked, reverse=True):
        if start <= replacement.start and replacement.stop <= stop:
            words = made.get(number, existing[start:stop])
            at = replacement.start - start
            made[number] = words[:at] + replacement.words + words[at + replacement.stop - replacement.start :]
    return Conflict(start, stop, existing[start:stop], tuple(sorted(made.items())))
