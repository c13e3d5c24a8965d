"""What a demanded wording changes: which words come, which go, and between which others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from participation.texts.differing import word_diff

# A word diff costs the square of what is different: what differs by more words is told apart more coarsely.
_MOST_DIFFERENT = 120
_LARGEST_COMPARISON = 25_000_000
# Fewer common words between two changes are chance, where it is told coarsely.
_FEWEST_COMMON = 3


@dataclass(frozen=True, slots=True)
class Change:
    """The demanded words from `start` to `stop` stand instead of `removed`, which begins at `at` in the existing."""

    start: int
    stop: int
    removed: str
    at: int

    @property
    def weight(self) -> int:
        return self.stop - self.start or len(self.removed)


def changes_between(existing: str, demanded: str) -> list[Change]:
    """The changes from one row of codes to another, in order."""
    start = _common(existing, demanded)
    end = _common(existing[start:][::-1], demanded[start:][::-1])
    old, new = existing[start : len(existing) - end], demanded[start : len(demanded) - end]
    if not old and not new:
        return []
    if not old or not new or len(old) * len(new) > _LARGEST_COMPARISON:
        return [Change(start, start + len(new), old, start)]
    different = len(old) + len(new) - 2 * LCSseq.similarity(old, new)
    parts = _finely(old, new) if different <= _MOST_DIFFERENT else _coarsely(old, new)
    return list(_changes(parts, start))


def smallest_changes(old: str, new: str) -> list[Change]:
    """The changes that leave most words in place, however scattered; all as one where the texts are too long."""
    if len(old) * len(new) > _LARGEST_COMPARISON:
        return [Change(0, len(new), old, 0)]
    ops = LCSseq.opcodes(old, new)
    return [
        Change(op.dest_start, op.dest_end, old[op.src_start : op.src_end], op.src_start)
        for op in ops
        if op.tag != "equal"
    ]


def _common(one: str, other: str) -> int:
    """How many codes both begin with."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[:middle] == other[:middle]:
            least = middle
        else:
            most = middle - 1
    return least


# Words removed, added, and then common to both.
_Part = tuple[str, str, str]


def _finely(old: str, new: str) -> Iterator[_Part]:
    removed = added = ""
    for change, text in word_diff(_spelled(old), _spelled(new)):
        codes = "".join(chr(int(word[1:])) for word in text.split())
        if change == "removed":
            removed += codes
        elif change == "added":
            added += codes
        elif codes:
            yield removed, added, codes
            removed = added = ""
    yield removed, added, ""


def _spelled(codes: str) -> str:
    """Codes as words that the diff takes for words, whatever they stand for."""
    return " ".join(f"w{ord(code)}" for code in codes)


def _coarsely(old: str, new: str) -> Iterator[_Part]:
    removed = added = ""
    for op in LCSseq.opcodes(old, new):
        gone, come = old[op.src_start : op.src_end], new[op.dest_start : op.dest_end]
        if op.tag == "equal" and len(gone) >= _FEWEST_COMMON:
            yield removed, added, gone
            removed = added = ""
        else:
            removed, added = removed + gone, added + come
    yield removed, added, ""


def _changes(parts: Iterator[_Part] | Sequence[_Part], start: int) -> Iterator[Change]:
    at = place = start
    for removed, added, common in parts:
        if removed or added:
            yield Change(place, place + len(added), removed, at)
        at += len(removed) + len(common)
        place += len(added) + len(common)


class Alignment:
    """Which words of an old text are which of a new one; `became` has None for those that went."""

    def __init__(self, old: str, new: str, changes: Sequence[Change]) -> None:
        self.new = new
        self.became: list[int | None] = []
        self._was_replaced: set[int] = set()
        for change in [*changes, Change(len(new), len(new), "", len(old))]:
            kept = change.at - len(self.became)
            self.became += range(change.start - kept, change.start)
            self.became += [None] * len(change.removed)
            if change.start < change.stop:
                self._was_replaced |= set(range(change.at, change.at + len(change.removed)))
        self._kept = {place for place in self.became if place is not None}

    def between(self, start: int, stop: int) -> tuple[int, int] | None:
        """Where the new text says what stands instead of some old words, whose neighbours both went on."""
        first = self.became[start - 1] if start > 0 else -1
        last = self.became[stop] if stop < len(self.became) else len(self.new)
        return None if first is None or last is None else (first + 1, last)

    def is_rewritten_around(self, start: int, stop: int) -> bool:
        """Whether neither neighbour of some old words went on."""
        before = self.became[start - 1] if start > 0 else None
        after = self.became[stop] if stop < len(self.became) else None
        return before is None and after is None

    def came(self, place: int) -> bool:
        """Whether a word of the new text is not one of the old."""
        return place not in self._kept

    def gone(self, start: int, stop: int) -> int:
        """How many of some old words went."""
        return sum(place is None for place in self.became[start:stop])

    def longest_taken_out(self, start: int, stop: int) -> int:
        """The longest run of them that went without others instead."""
        longest = run = 0
        for place in range(start, stop):
            run = run + 1 if self.became[place] is None and place not in self._was_replaced else 0
            longest = max(longest, run)
        return longest
