"""Which provision of a later text is which of an earlier one: by words and neighbours, never by number alone.

What stands in both in the same order is matched first; what lies between two matches is aligned by likeness;
what is left may have moved, been split or been merged. A heading goes where the words below it went; its number
decides only between neighbours that no words tell apart.
"""

from .likeness import Words, likeness, shingles
from .matches import Fate, Link, Match, matches_of, resemblance
from .texts import match_provisions

__all__ = [
    "Fate",
    "Link",
    "Match",
    "Words",
    "likeness",
    "match_provisions",
    "matches_of",
    "resemblance",
    "shingles",
]
