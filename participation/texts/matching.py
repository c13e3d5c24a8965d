"""Which provision of a later text is which of an earlier one: by words and neighbours, never by number alone.

What stands in both in the same order is matched first; what lies between two matches is aligned by likeness;
what is left may have moved, been split or been merged. A heading goes where the words below it went; its number
decides only between neighbours that no words tell apart.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from participation.texts.differing import longest_rise
from participation.texts.provisions import Kind, Provision
from participation.texts.trees import Tree

# Two provisions between the same neighbours are one that changed if so much of their words agrees; far apart, more.
_ALIKE_NEAR = 0.4
_ALIKE_FAR = 0.6
# So few words are found in many places and prove nothing.
_FEWEST_WORDS = 6
# How much of a part must stand in the whole that it came from or went into.
_WITHIN = 0.7
# A heading's words are mostly those of another; of a split heading, each part has at least such a share.
_MOSTLY = 0.5
_SHARE_OF_A_SPLIT = 0.15
# More pairs than this are not aligned one by one: what stands in them is found by its shingles, or not at all.
_MOST_PAIRS = 250_000
_SHINGLE = 4
_CANDIDATES = 5

Words = tuple[str, ...]


class Fate(StrEnum):
    """What became of a provision from one version to the next."""

    KEPT = "kept"
    CHANGED = "changed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Match:
    """The places, in the old and the new text, of what is the same provision.

    A split has several places in the new text, a merger several in the old one; what was removed has none in the
    new one, what was added none in the old one. `likeness` is the share of common words, 0 to 1: what moved may
    have changed as well. A number is no word: what was only renumbered is kept.
    """

    fate: Fate
    old: tuple[int, ...]
    new: tuple[int, ...]
    likeness: float


class Link(NamedTuple):
    """The places of an old and a new provision that have words in common. Each place has one main link at most; the
    others are those of further parts of what was split, and of further wholes of what was merged."""

    old: int
    new: int
    is_main: bool


def match_provisions(old: Sequence[Provision], new: Sequence[Provision]) -> list[Match]:
    """What became of every provision, in the order of the new text; what was removed follows what stood before it."""
    return _Matching(Tree(old), Tree(new)).matches()


def matches_of(old: Tree, new: Tree, links: Iterable[Link]) -> list[Match]:
    """What became of every provision, when it is known which is which; in the order of match_provisions."""
    links = sorted(links)
    pairs = [(link.old, link.new) for link in links if link.is_main]
    in_order = set(longest_rise(pairs))
    new_of, old_of = dict(pairs), {new_place: old_place for old_place, new_place in pairs}
    parts: dict[int, list[int]] = defaultdict(list)
    wholes: dict[int, list[int]] = defaultdict(list)
    for link in links:
        if link.old in new_of and link.new not in old_of:
            parts[link.old].append(link.new)
        elif link.new in old_of and link.old not in new_of:
            wholes[link.new].append(link.old)
    found: list[tuple[tuple[int, int], Match]] = []
    for one, other in pairs:
        olds, news = tuple(sorted([one, *wholes[other]])), tuple(sorted([other, *parts[one]]))
        alike = likeness(_joined(old, olds), _joined(new, news))
        found.append(((other, 0), Match(_fate(olds, news, (one, other) in in_order, alike), olds, news, alike)))
    matched_new = {*old_of, *(place for places in parts.values() for place in places)}
    found += [
        ((place, 0), Match(Fate.ADDED, (), (place,), 0.0))
        for place in range(len(new.provisions))
        if place not in matched_new
    ]
    matched_old = {*new_of, *(place for places in wholes.values() for place in places)}
    before = -1
    for place in range(len(old.provisions)):
        if place not in matched_old:
            found.append(((before, 1), Match(Fate.REMOVED, (place,), (), 0.0)))
        elif place in new_of and (place, new_of[place]) in in_order:
            before = new_of[place]
    return [match for _place, match in sorted(found, key=lambda one: one[0])]


def likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """The share of words that two texts have in common in their order: 1 where they are the same, 0 for none."""
    if not old and not new:
        return 1.0
    return float(2 * LCSseq.similarity(old, new) / (len(old) + len(new)))


def shingles(words: Words, size: int) -> Iterable[Words]:
    """All runs of so many words; the whole text where it is shorter."""
    return (words[at : at + size] for at in range(max(1, len(words) - size + 1)))


def resemblance(old: Sequence[Provision], matches: Iterable[Match]) -> float:
    """The share of the old text's words that were found again: near 0, the new text is another document."""
    words = Tree(old).words
    found = sum(match.likeness * sum(len(words[place]) for place in match.old) for match in matches if match.new)
    return found / max(1, sum(len(one) for one in words))


class _Matching:
    """Places of old provisions by those of new ones, and the other way round, as they are found."""

    def __init__(self, old: Tree, new: Tree) -> None:
        self.old, self.new = old, new
        self.new_of: dict[int, int] = {}
        self.old_of: dict[int, int] = {}
        # Further parts of what was split, by its old place; further wholes of a merger, by its new place.
        self.parts: dict[int, list[int]] = defaultdict(list)
        self.wholes: dict[int, list[int]] = defaultdict(list)

    def matches(self) -> list[Match]:
        self._match_runs(self.old.worded, self.new.worded)
        self._match_far()
        self._match_headings()
        self._match_below_headings()
        self._find_parts()
        return matches_of(self.old, self.new, self._links())

    def _pair(self, old: int, new: int) -> None:
        self.new_of[old], self.old_of[new] = new, old

    # Provisions with words of their own

    def _match_runs(self, old: Sequence[int], new: Sequence[int]) -> None:
        """Match two runs of provisions in their order: equal ends, then what stands once in both, then the alike."""
        start = _equal(old, new, self._same)
        end = _equal(old[start:][::-1], new[start:][::-1], self._same)
        for one, other in [*zip(old[:start], new[:start], strict=True), *_ends(old, new, end)]:
            self._pair(one, other)
        old, new = old[start : len(old) - end], new[start : len(new) - end]
        if not old or not new:
            return
        anchors = self._anchors(old, new)
        if not anchors:
            self._align(old, new)
            return
        edges = [(-1, -1), *anchors, (len(old), len(new))]
        for (old_from, new_from), (old_to, new_to) in pairwise(edges):
            self._match_runs(old[old_from + 1 : old_to], new[new_from + 1 : new_to])
        for old_at, new_at in anchors:
            self._pair(old[old_at], new[new_at])

    def _same(self, old: int, new: int) -> bool:
        return self._key(self.old, old) == self._key(self.new, new)

    @staticmethod
    def _key(tree: Tree, place: int) -> tuple[bool, Words]:
        return tree.is_heading(place), tree.words[place]

    def _anchors(self, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
        """What stands once in each run, in the longest order that both share."""
        old_keys = [self._key(self.old, place) for place in old]
        new_keys = [self._key(self.new, place) for place in new]
        once_in_old, once_in_new = Counter(old_keys), Counter(new_keys)
        at_in_new = {key: at for at, key in enumerate(new_keys)}
        return longest_rise(
            [(at, at_in_new[key]) for at, key in enumerate(old_keys) if once_in_old[key] == once_in_new[key] == 1]
        )

    def _align(self, old: Sequence[int], new: Sequence[int]) -> None:
        """The pairs in order whose gains sum up to the most."""
        if len(old) * len(new) > _MOST_PAIRS:
            return
        gains = [[self._gain(one, other) for other in new] for one in old]
        best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
        for i in range(len(old) - 1, -1, -1):
            row, below = best[i], best[i + 1]
            for j in range(len(new) - 1, -1, -1):
                row[j] = max(below[j], row[j + 1], below[j + 1] + gains[i][j])
        i = j = 0
        while i < len(old) and j < len(new):
            if gains[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + gains[i][j]:
                self._pair(old[i], new[j])
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1

    def _gain(self, old: int, new: int) -> float:
        """How much speaks for a pair between the same neighbours; 0 for nothing.

        A part of what was split is unlike its whole, but stands in it from its first word to its last.
        """
        one, other = self.old.words[old], self.new.words[new]
        shorter, both = min(len(one), len(other)), len(one) + len(other)
        if self.old.is_heading(old) != self.new.is_heading(new):
            return 0.0
        common = int(LCSseq.similarity(one, other))
        alike = 2 * common / both
        if alike < _ALIKE_NEAR:
            is_part = shorter >= _FEWEST_WORDS and common >= 0.9 * shorter
            return 0.01 if is_part else 0.0
        return alike - _ALIKE_NEAR + 0.02

    def _match_far(self) -> None:
        """What stands elsewhere with the same or nearly the same words."""
        index: dict[Words, list[int]] = defaultdict(list)
        for place in self._left(self.new, self.old_of):
            for shingle in shingles(self.new.words[place], _SHINGLE):
                index[shingle].append(place)
        found = []
        for place in self._left(self.old, self.new_of):
            shared = Counter(
                other for one in shingles(self.old.words[place], _SHINGLE) for other in index.get(one, ())
            )
            for other, _times in shared.most_common(_CANDIDATES):
                if self.old.is_heading(place) == self.new.is_heading(other):
                    alike = likeness(self.old.words[place], self.new.words[other])
                    found.append((alike, -abs(place - other), place, other))
        for alike, _distance, place, other in sorted(found, reverse=True):
            if alike >= _ALIKE_FAR and place not in self.new_of and other not in self.old_of:
                self._pair(place, other)

    @staticmethod
    def _left(tree: Tree, matched: dict[int, int]) -> list[int]:
        return [place for place in tree.worded if place not in matched and len(tree.words[place]) >= _FEWEST_WORDS]

    # Headings

    def _match_headings(self) -> None:
        """By the words below them; by their label where it stands between the same neighbours."""
        ranked = self._votes()
        mostly = [vote for vote in ranked if vote[0] >= _MOSTLY * max(self._weights(*vote[-2:]))]
        self._take(mostly)
        self._match_labels_between_headings()
        self._take(ranked)
        self._find_parts_of_headings(ranked)

    def _votes(self) -> list[tuple[int, bool, int, int, int]]:
        """(common words, same label, nearness, old, new) of pairs of headings of one kind, the best first."""
        votes: Counter[tuple[int, int]] = Counter()
        for old, new in list(self.new_of.items()):
            weight = int(LCSseq.similarity(self.old.words[old], self.new.words[new]))
            for pair in self._alike_above(old, new):
                votes[pair] += weight
            if self.old.is_heading(old):
                # Words of its own are one voice among those below it.
                del self.new_of[old], self.old_of[new]
        return sorted(
            (
                (weight, self.old.labels[old] == self.new.labels[new], -abs(old - new), old, new)
                for (old, new), weight in votes.items()
            ),
            reverse=True,
        )

    def _alike_above(self, old: int, new: int) -> Iterator[tuple[int, int]]:
        """The nearest heading of each kind above two provisions, or they themselves."""
        above_new: dict[Kind, int] = {}
        for place in self.new.headings_of(new):
            above_new.setdefault(self.new.provisions[place].kind, place)
        above_old: dict[Kind, int] = {}
        for place in self.old.headings_of(old):
            above_old.setdefault(self.old.provisions[place].kind, place)
        for kind, place in above_old.items():
            if kind in above_new:
                yield place, above_new[kind]

    def _weights(self, old: int, new: int) -> tuple[int, int]:
        return self.old.weights[old], self.new.weights[new]

    def _take(self, ranked: Iterable[tuple[int, bool, int, int, int]]) -> None:
        for *_rank, old, new in ranked:
            if old not in self.new_of and new not in self.old_of:
                self._pair(old, new)

    def _match_labels_between_headings(self) -> None:
        pairs = longest_rise([(one, self.new_of[one]) for one in self.old.headings if one in self.new_of])
        edges = [(-1, -1), *pairs, (len(self.old.provisions), len(self.new.provisions))]
        for (old_from, new_from), (old_to, new_to) in pairwise(edges):
            free = {
                (self.new.provisions[place].kind, self.new.labels[place]): place
                for place in reversed(self.new.headings)
                if new_from < place < new_to and place not in self.old_of
            }
            for place in self.old.headings:
                if old_from < place < old_to and place not in self.new_of and self.old.labels[place]:
                    other = free.pop((self.old.provisions[place].kind, self.old.labels[place]), None)
                    if other is not None:
                        self._pair(place, other)

    def _find_parts_of_headings(self, ranked: Iterable[tuple[int, bool, int, int, int]]) -> None:
        for weight, _same, _nearness, old, new in ranked:
            old_weight, new_weight = self._weights(old, new)
            if new not in self.old_of and weight >= max(_SHARE_OF_A_SPLIT * old_weight, _MOSTLY * new_weight):
                self.parts[old].append(new)
                self.old_of[new] = old
            elif old not in self.new_of and weight >= max(_SHARE_OF_A_SPLIT * new_weight, _MOSTLY * old_weight):
                self.wholes[new].append(old)
                self.new_of[old] = new

    def _match_below_headings(self) -> None:
        """What is left below two headings that are one: short provisions of a chapter that moved, say."""
        for old, new in list(self.new_of.items()):
            if self.old.is_heading(old) and self.old_of.get(new) == old:
                left_old = _left_below(self.old, old, self.new_of)
                self._match_runs(left_old, _left_below(self.new, new, self.old_of))

    # Parts and wholes

    def _find_parts(self) -> None:
        """What stands unmatched beside a match whose other side holds its words as well."""
        for place, beside in self._beside_matches(self.new, self.old_of):
            if self._is_part(self.new.words[place], self.old.words[beside], self.new.words[self.new_of[beside]]):
                self.parts[beside].append(place)
                self.old_of[place] = beside
        for place, beside in self._beside_matches(self.old, self.new_of):
            if self._is_part(self.old.words[place], self.new.words[beside], self.old.words[self.old_of[beside]]):
                self.wholes[beside].append(place)
                self.new_of[place] = beside

    @staticmethod
    def _beside_matches(tree: Tree, matched: dict[int, int]) -> Iterator[tuple[int, int]]:
        """Each unmatched provision with what its nearest matched neighbours are matched with."""
        run = [place for place in tree.worded if not tree.is_heading(place)]
        for order in (run, run[::-1]):
            beside = None
            for place in order:
                if place in matched:
                    beside = matched[place]
                elif beside is not None:
                    yield place, beside

    @staticmethod
    def _is_part(part: Words, whole: Words, other_part: Words) -> bool:
        """Whether the words of a part stand in the whole, beside those that are matched already."""
        if not _FEWEST_WORDS <= len(part) < len(whole):
            return False
        rest = Counter(whole) - Counter(other_part)
        return (Counter(part) & rest).total() >= _WITHIN * len(part)

    # The result

    def _links(self) -> Iterator[Link]:
        """All that was found, main links and others."""
        for new, old in self.old_of.items():
            yield Link(old, new, is_main=self.new_of.get(old) == new)
        for new, wholes in self.wholes.items():
            yield from (Link(old, new, is_main=False) for old in wholes)


def _fate(old: tuple[int, ...], new: tuple[int, ...], in_order: bool, alike: float) -> Fate:
    if len(new) > 1:
        return Fate.SPLIT
    if len(old) > 1:
        return Fate.MERGED
    if not in_order:
        return Fate.MOVED
    return Fate.KEPT if alike == 1 else Fate.CHANGED


def _joined(tree: Tree, places: Sequence[int]) -> list[str]:
    return [word for place in places for word in tree.words[place]]


def _left_below(tree: Tree, heading: int, matched: dict[int, int]) -> list[int]:
    """What has words of its own below a heading and is not matched yet."""
    return [
        place
        for place in tree.below[heading]
        if tree.words[place] and place not in matched and not tree.is_heading(place)
    ]


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
