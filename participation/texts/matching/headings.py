"""Headings go where the words below them went; a number decides only between neighbours."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from participation.texts.differing import longest_rise
from participation.texts.matching.pairs import Pairs
from participation.texts.matching.runs import match_runs
from participation.texts.provisions import Kind
from participation.texts.trees import Tree

# A heading's words are mostly those of another; of a split heading, each part has at least such a share.
_MOSTLY = 0.5
_SHARE_OF_A_SPLIT = 0.15

# (common words, same label, nearness, old, new) of two headings
Vote = tuple[int, bool, int, int, int]


def match_headings(pairs: Pairs) -> None:
    """By the words below them; by their label where it stands between the same neighbours."""
    ranked = _votes(pairs)
    mostly = [vote for vote in ranked if vote[0] >= _MOSTLY * max(_weights(pairs, *vote[-2:]))]
    _take(pairs, mostly)
    _match_labels_between_headings(pairs)
    _take(pairs, ranked)
    _find_parts_of_headings(pairs, ranked)


def match_below_headings(pairs: Pairs) -> None:
    """What is left below two headings that are one: short provisions of a chapter that moved, say."""
    for old, new in list(pairs.new_of.items()):
        if pairs.old.is_heading(old) and pairs.old_of.get(new) == old:
            left_old = _left_below(pairs.old, old, pairs.new_of)
            match_runs(pairs, left_old, _left_below(pairs.new, new, pairs.old_of))


def _votes(pairs: Pairs) -> list[Vote]:
    """(common words, same label, nearness, old, new) of pairs of headings of one kind, the best first."""
    votes: Counter[tuple[int, int]] = Counter()
    for old, new in list(pairs.new_of.items()):
        weight = int(LCSseq.similarity(pairs.old.words[old], pairs.new.words[new]))
        for pair in _alike_above(pairs, old, new):
            votes[pair] += weight
        if pairs.old.is_heading(old):
            # Words of its own are one voice among those below it.
            del pairs.new_of[old], pairs.old_of[new]
    return sorted(
        (
            (weight, pairs.old.labels[old] == pairs.new.labels[new], -abs(old - new), old, new)
            for (old, new), weight in votes.items()
        ),
        reverse=True,
    )


def _alike_above(pairs: Pairs, old: int, new: int) -> Iterator[tuple[int, int]]:
    """The nearest heading of each kind above two provisions, or they themselves."""
    above_new: dict[Kind, int] = {}
    for place in pairs.new.headings_of(new):
        above_new.setdefault(pairs.new.provisions[place].kind, place)
    above_old: dict[Kind, int] = {}
    for place in pairs.old.headings_of(old):
        above_old.setdefault(pairs.old.provisions[place].kind, place)
    for kind, place in above_old.items():
        if kind in above_new:
            yield place, above_new[kind]


def _weights(pairs: Pairs, old: int, new: int) -> tuple[int, int]:
    return pairs.old.weights[old], pairs.new.weights[new]


def _take(pairs: Pairs, ranked: Iterable[Vote]) -> None:
    for *_rank, old, new in ranked:
        if old not in pairs.new_of and new not in pairs.old_of:
            pairs.pair(old, new)


def _match_labels_between_headings(pairs: Pairs) -> None:
    found = longest_rise([(one, pairs.new_of[one]) for one in pairs.old.headings if one in pairs.new_of])
    edges = [(-1, -1), *found, (len(pairs.old.provisions), len(pairs.new.provisions))]
    for (old_from, new_from), (old_to, new_to) in pairwise(edges):
        free = {
            (pairs.new.provisions[place].kind, pairs.new.labels[place]): place
            for place in reversed(pairs.new.headings)
            if new_from < place < new_to and place not in pairs.old_of
        }
        for place in pairs.old.headings:
            if old_from < place < old_to and place not in pairs.new_of and pairs.old.labels[place]:
                other = free.pop((pairs.old.provisions[place].kind, pairs.old.labels[place]), None)
                if other is not None:
                    pairs.pair(place, other)


def _find_parts_of_headings(pairs: Pairs, ranked: Iterable[Vote]) -> None:
    for weight, _same, _nearness, old, new in ranked:
        old_weight, new_weight = _weights(pairs, old, new)
        if new not in pairs.old_of and weight >= max(_SHARE_OF_A_SPLIT * old_weight, _MOSTLY * new_weight):
            pairs.parts[old].append(new)
            pairs.old_of[new] = old
        elif old not in pairs.new_of and weight >= max(_SHARE_OF_A_SPLIT * new_weight, _MOSTLY * old_weight):
            pairs.wholes[new].append(old)
            pairs.new_of[old] = new


def _left_below(tree: Tree, heading: int, matched: dict[int, int]) -> list[int]:
    """What has words of its own below a heading and is not matched yet."""
    return [
        place
        for place in tree.below[heading]
        if tree.words[place] and place not in matched and not tree.is_heading(place)
    ]
