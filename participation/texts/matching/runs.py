"""Provisions with words of their own, matched where they stand between the same neighbours."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from participation.texts.differing import longest_rise
from participation.texts.matching.likeness import FEWEST_WORDS, Words
from participation.texts.matching.pairs import Pairs
from participation.texts.trees import Tree

# Two provisions between the same neighbours are one that changed if so much of their words agrees.
_ALIKE = 0.4
# More pairs than this are not aligned one by one: what stands in them is found by its shingles, or not at all.
_MOST_PAIRS = 250_000


def match_runs(pairs: Pairs, old: Sequence[int], new: Sequence[int]) -> None:
    """Match two runs of provisions in their order: equal ends, then what stands once in both, then the alike."""
    same = partial(_same, pairs)
    start = _equal(old, new, same)
    end = _equal(old[start:][::-1], new[start:][::-1], same)
    for one, other in [*zip(old[:start], new[:start], strict=True), *_ends(old, new, end)]:
        pairs.pair(one, other)
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if not old or not new:
        return
    anchors = _anchors(pairs, old, new)
    if not anchors:
        _align(pairs, old, new)
        return
    edges = [(-1, -1), *anchors, (len(old), len(new))]
    for (old_from, new_from), (old_to, new_to) in pairwise(edges):
        match_runs(pairs, old[old_from + 1 : old_to], new[new_from + 1 : new_to])
    for old_at, new_at in anchors:
        pairs.pair(old[old_at], new[new_at])


def _same(pairs: Pairs, old: int, new: int) -> bool:
    return _key(pairs.old, old) == _key(pairs.new, new)


def _key(tree: Tree, place: int) -> tuple[bool, Words]:
    return tree.is_heading(place), tree.words[place]


def _anchors(pairs: Pairs, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """What stands once in each run, in the longest order that both share."""
    old_keys = [_key(pairs.old, place) for place in old]
    new_keys = [_key(pairs.new, place) for place in new]
    once_in_old, once_in_new = Counter(old_keys), Counter(new_keys)
    at_in_new = {key: at for at, key in enumerate(new_keys)}
    return longest_rise(
        [(at, at_in_new[key]) for at, key in enumerate(old_keys) if once_in_old[key] == once_in_new[key] == 1]
    )


def _align(pairs: Pairs, old: Sequence[int], new: Sequence[int]) -> None:
    """The pairs in order whose gains sum up to the most."""
    if len(old) * len(new) > _MOST_PAIRS:
        return
    spell = _Spelling()
    letters, others = [spell(pairs.old.words[one]) for one in old], [spell(pairs.new.words[one]) for one in new]
    gains = [
        [
            _gain(one, other) if pairs.old.is_heading(place) == pairs.new.is_heading(there) else 0.0
            for there, other in zip(new, others, strict=True)
        ]
        for place, one in zip(old, letters, strict=True)
    ]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(len(new) - 1, -1, -1):
            row[j] = max(below[j], row[j + 1], below[j + 1] + gains[i][j])
    i = j = 0
    while i < len(old) and j < len(new):
        if gains[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + gains[i][j]:
            pairs.pair(old[i], new[j])
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


class _Spelling:
    """Writes words as a character each, because characters are compared several times faster than words."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def __call__(self, words: Words) -> str:
        return "".join([self._letters.setdefault(word, chr(len(self._letters))) for word in words])


def _gain(one: str, other: str) -> float:
    """How much speaks for a pair between the same neighbours; 0 for nothing.

    A part of what was split is unlike its whole, but stands in it from its first word to its last.
    """
    shorter, both = min(len(one), len(other)), len(one) + len(other)
    whole_part = 0.9 * shorter if shorter >= FEWEST_WORDS else both
    common = int(LCSseq.similarity(one, other, score_cutoff=int(min(_ALIKE * both / 2, whole_part))))
    alike = 2 * common / both
    if alike < _ALIKE:
        return 0.01 if common >= whole_part else 0.0
    return alike - _ALIKE + 0.02


def _equal(old: Sequence[int], new: Sequence[int], same: Callable[[int, int], bool]) -> int:
    """How many provisions are the same from the beginning of two runs."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if not same(one, other):
            break
        count += 1
    return count


def _ends(old: Sequence[int], new: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    return zip(old[len(old) - count :], new[len(new) - count :], strict=True)
