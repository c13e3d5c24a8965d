"""How much the words of two texts have in common."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import LCSseq

Words = tuple[str, ...]
# So few words are found in many places and prove nothing.
FEWEST_WORDS = 6


def likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """The share of words that two texts have in common in their order: 1 where they are the same, 0 for none."""
    if not old and not new:
        return 1.0
    return float(2 * LCSseq.similarity(old, new) / (len(old) + len(new)))


def shingles(words: Words, size: int) -> Iterable[Words]:
    """All runs of so many words; the whole text where it is shorter."""
    return (words[at : at + size] for at in range(max(1, len(words) - size + 1)))
