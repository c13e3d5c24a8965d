"""Who asked for what came out: the changes of a wording, credited to the wordings that were asked for."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from participation.texts.replacements import Replacement, Sense
from participation.texts.sharing import shared_replacements
from participation.texts.wordings import Asked, together

# Texts of many equal words can be read in too many ways to try them all.
_MOST_WAYS = 20_000

# What a way costs that explains the outcome so far: changes that nobody asked for, and fewer that somebody did.
_Cost = tuple[int, int]


@dataclass(frozen=True)
class Credits:
    """`taken` are the changes that came out, those with nobody in `by` are nobody's among the wordings; `left` those
    that were asked for and did not come out. Both stand in the order of the text."""

    taken: tuple[Asked, ...]
    left: tuple[Asked, ...]

    @property
    def own(self) -> tuple[Replacement, ...]:
        """What came out and nobody asked for."""
        return tuple(one.change for one in self.taken if not one.by)


@dataclass(frozen=True)
class _Way:
    cost: _Cost
    changes: tuple[Replacement, ...] = ()

    def with_changes(self, changes: Sequence[Replacement], asked: Container[Sense]) -> "_Way":
        own = sum(1 for one in changes if one.sense not in asked)
        return _Way((self.cost[0] + own, self.cost[1] - len(changes) + own), (*self.changes, *changes))


def credit(existing: str, outcome: str, wordings: Sequence[str]) -> Credits:
    """For every change from the existing wording to the outcome, which of the wordings ask for exactly it.

    The changes of the outcome are told as the wordings ask for them wherever these make the outcome, to the
    character; near-identical words count as what was asked for. A wording that asks for anything stands in `by` of
    what was taken or of what was left, or of both.
    """
    own, *others = shared_replacements(existing, [outcome, *wordings])
    asked = {one.change.sense: one for one in together(others)}
    made = _explained(existing, outcome, own, asked)
    came_out = {change.sense for change in made}
    taken = tuple(Asked(one, asked[one.sense].by if one.sense in asked else ()) for one in made)
    return Credits(taken, tuple(one for sense, one in asked.items() if sense not in came_out))


def _explained(
    existing: str, outcome: str, own: Sequence[Replacement], asked: Mapping[Sense, Asked]
) -> tuple[Replacement, ...]:
    """The replacements that make the outcome, as many of them asked for as can be."""
    spellings = {spelling for one in asked.values() for spelling in one.spellings}
    at: defaultdict[int, list[Replacement]] = defaultdict(list)
    for replacement in sorted({*own, *spellings}):
        at[replacement.start].append(replacement)
    stops = sorted({0, len(existing), *at, *(one.stop for ones in at.values() for one in ones)})
    # Ways by how far they have come in the existing wording, and then in the outcome.
    ways: defaultdict[int, dict[int, _Way]] = defaultdict(dict)
    ways[0][0] = _Way((0, 0))
    tried = 0
    for place, following in zip(stops, [*stops[1:], len(existing)], strict=True):
        for reached, way in list(ways[place].items()):
            for changes, stop, length in _steps(existing, outcome, place, following, reached, at[place]):
                tried += 1
                _keep(ways[stop], reached + length, way.with_changes(changes, asked))
        if tried > _MOST_WAYS:
            return tuple(own)
    return ways[len(existing)][len(outcome)].changes


def _steps(
    existing: str, outcome: str, place: int, following: int, reached: int, here: Sequence[Replacement]
) -> Iterable[tuple[tuple[Replacement, ...], int, int]]:
    """What can come next: changes, where they end in the existing wording, and their length in the outcome."""
    put_in = [one for one in here if one.start == one.stop and outcome.startswith(one.words, reached)]
    for first in [None, *put_in]:
        before = (first,) if first else ()
        length = len(first.words) if first else 0
        passage = existing[place:following]
        if (passage or first) and outcome.startswith(passage, reached + length):
            yield before, following, length + len(passage)
        for one in here:
            if one.start < one.stop and outcome.startswith(one.words, reached + length):
                yield (*before, one), one.stop, length + len(one.words)


def _keep(ways: dict[int, _Way], reached: int, way: _Way) -> None:
    if reached not in ways or way.cost < ways[reached].cost:
        ways[reached] = way
