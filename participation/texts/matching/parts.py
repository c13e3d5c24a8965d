"""The parts of what was split, and the wholes of what was joined."""

from collections import Counter
from collections.abc import Iterator

from participation.texts.matching.likeness import FEWEST_WORDS, Words
from participation.texts.matching.pairs import Pairs
from participation.texts.trees import Tree

# How much of a part must stand in the whole that it came from or went into.
_WITHIN = 0.7


def find_parts(pairs: Pairs) -> None:
    """What stands unmatched beside a match whose other side holds its words as well."""
    for place, beside in _beside_matches(pairs.new, pairs.old_of):
        if _is_part(pairs.new.words[place], pairs.old.words[beside], pairs.new.words[pairs.new_of[beside]]):
            pairs.parts[beside].append(place)
            pairs.old_of[place] = beside
    for place, beside in _beside_matches(pairs.old, pairs.new_of):
        if _is_part(pairs.old.words[place], pairs.new.words[beside], pairs.old.words[pairs.old_of[beside]]):
            pairs.wholes[beside].append(place)
            pairs.new_of[place] = beside


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


def _is_part(part: Words, whole: Words, other_part: Words) -> bool:
    """Whether the words of a part stand in the whole, beside those that are matched already."""
    if not FEWEST_WORDS <= len(part) < len(whole):
        return False
    rest = Counter(whole) - Counter(other_part)
    return (Counter(part) & rest).total() >= _WITHIN * len(part)
