"""What became of each provision, once it is known which is which."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from participation.texts.differing import longest_rise
from participation.texts.matching.likeness import likeness
from participation.texts.provisions import Provision
from participation.texts.trees import Tree


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


def resemblance(old: Sequence[Provision], matches: Iterable[Match]) -> float:
    """The share of the old text's words that were found again: near 0, the new text is another document."""
    words = Tree(old).words
    found = sum(match.likeness * sum(len(words[place]) for place in match.old) for match in matches if match.new)
    return found / max(1, sum(len(one) for one in words))


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
