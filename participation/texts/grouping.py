"""Texts that say the same in nearly the same words, such as the copies that a campaign sends."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from zlib import crc32

from participation.texts.matching import Words, likeness, shingles

_WORD = re.compile(r"\w+")
# Two texts are copies if so much of their words agrees; a text as short as "We agree." only if all of them do.
_ALIKE = 0.9
_FEWEST_WORDS = 8
_SHINGLE = 3
# So many of a text's shingles stand for it: texts that are alike share some of them.
_SKETCH = 24
_SPREADS = 2_654_435_761
_CANDIDATES = 8
# What begins more groups than this says nothing about which texts are alike.
_MOST_LEADERS = 40
# In pairs of words, about two seconds. Then only the same words make a group.
_MOST_WORK = 5_000_000_000


def group_alike(texts: Sequence[str]) -> list[list[int]]:
    """The places of texts by groups of near-identical ones, the largest group first, then in the order of the texts.

    Every text is in one group, alone if nothing is like it. The first of a group is the earliest, and the others
    are like it: no text is drawn into a group by another copy that differs elsewhere.
    """
    first_of: dict[Words, int] = {}
    groups: dict[int, list[int]] = {}
    leaders = _Leaders()
    for place, text in enumerate(texts):
        # A text of signs alone, such as "?", is like no other sign.
        words = tuple(_WORD.findall(text.casefold())) or (text.strip(),)
        if words not in first_of:
            first_of[words] = leaders.like(words, place)
        groups.setdefault(first_of[words], []).append(place)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


class _Leaders:
    """The first texts of the groups, found by the shingles that stand for them."""

    def __init__(self) -> None:
        self._words: dict[int, Words] = {}
        self._by_shingle: defaultdict[int, list[int]] = defaultdict(list)
        self._work = 0

    def like(self, words: Words, place: int) -> int:
        """The place of the leader that a text is like, or its own, which then leads a new group."""
        sketch = _sketch(words)
        if len(words) >= _FEWEST_WORDS:
            shared: defaultdict[int, float] = defaultdict(float)
            for shingle in sketch:
                leaders = self._by_shingle.get(shingle, ())
                for leader in leaders:
                    # What only these two have in common says most.
                    shared[leader] += 1 / len(leaders)
            found = nlargest(_CANDIDATES, shared, key=shared.__getitem__)
            alike = [(self._likeness(words, leader), -leader) for leader in found]
            best, leader = max(alike, default=(0.0, 0))
            if best >= _ALIKE:
                return -leader
        self._words[place] = words
        for shingle in sketch:
            if len(self._by_shingle[shingle]) < _MOST_LEADERS:
                self._by_shingle[shingle].append(place)
        return place

    def _likeness(self, words: Words, leader: int) -> float:
        """0 where all the work is done that may be."""
        self._work += len(words) * len(self._words[leader])
        return likeness(words, self._words[leader]) if self._work <= _MOST_WORK else 0.0


def _sketch(words: Words) -> Iterable[int]:
    """The smallest of the hashes of a text's shingles: of two texts with common shingles, often the same ones."""
    return sorted({_hash(" ".join(shingle)) for shingle in shingles(words, _SHINGLE)})[:_SKETCH]


def _hash(text: str) -> int:
    """Spread evenly: the checksums of words that only differ in a number lie close to each other."""
    return crc32(text.encode()) * _SPREADS & 0xFFFFFFFF
