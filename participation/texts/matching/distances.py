"""Provisions that stand elsewhere with the same or nearly the same words."""

from collections import Counter, defaultdict

from participation.texts.matching.likeness import FEWEST_WORDS, Words, likeness, shingles
from participation.texts.matching.pairs import Pairs
from participation.texts.trees import Tree

# So much of the words of two provisions far from each other agrees if they are one.
_ALIKE = 0.6
_SHINGLE = 4
_CANDIDATES = 5


def match_far(pairs: Pairs) -> None:
    """What stands elsewhere with the same or nearly the same words."""
    index: dict[Words, list[int]] = defaultdict(list)
    for place in _left(pairs.new, pairs.old_of):
        for shingle in shingles(pairs.new.words[place], _SHINGLE):
            index[shingle].append(place)
    found = []
    for place in _left(pairs.old, pairs.new_of):
        shared = Counter(other for one in shingles(pairs.old.words[place], _SHINGLE) for other in index.get(one, ()))
        for other, _times in shared.most_common(_CANDIDATES):
            if pairs.old.is_heading(place) == pairs.new.is_heading(other):
                alike = likeness(pairs.old.words[place], pairs.new.words[other])
                found.append((alike, -abs(place - other), place, other))
    for alike, _distance, place, other in sorted(found, reverse=True):
        if alike >= _ALIKE and place not in pairs.new_of and other not in pairs.old_of:
            pairs.pair(place, other)


def _left(tree: Tree, matched: dict[int, int]) -> list[int]:
    return [place for place in tree.worded if place not in matched and len(tree.words[place]) >= FEWEST_WORDS]
