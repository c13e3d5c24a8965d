"""Two texts, matched."""

from collections.abc import Sequence

from participation.texts.matching.distances import match_far
from participation.texts.matching.headings import match_below_headings, match_headings
from participation.texts.matching.matches import Match, matches_of
from participation.texts.matching.pairs import Pairs
from participation.texts.matching.parts import find_parts
from participation.texts.matching.runs import match_runs
from participation.texts.provisions import Provision
from participation.texts.trees import Tree


def match_provisions(old: Sequence[Provision], new: Sequence[Provision]) -> list[Match]:
    """What became of every provision, in the order of the new text; what was removed follows what stood before it."""
    pairs = Pairs(Tree(old), Tree(new))
    match_runs(pairs, pairs.old.worded, pairs.new.worded)
    match_far(pairs)
    match_headings(pairs)
    match_below_headings(pairs)
    find_parts(pairs)
    return matches_of(pairs.old, pairs.new, pairs.links())
