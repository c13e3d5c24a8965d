"""Who is on board for which text: computed from the decisions under one version, without the database.

A *text* is a choice of points, each in the frozen wording or in one that an organisation asked
for. An organisation is on board of a text when it signs every point in it as it stands there:
one that signs all of it always; one that excepts points, when none of them is in it; one that
signs on conditions, when each of its points is either left out or has its wording. Whoever has
no objection, abstains or objects is never on board: that is told beside the result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .stances import Decision, Stance

# So many sets are looked at for one answer; a search that would need more gives what it has found.
MOST_STEPS = 2_000


@dataclass(frozen=True)
class Voice:
    """One organisation (any number that names it), the area it belongs to, and what it decided."""

    organisation: int
    decision: Decision
    area: str = ""


@dataclass(frozen=True)
class Text:
    """`wordings` are those that replace the frozen ones, by the number of the point."""

    points: tuple[int, ...]
    wordings: Mapping[int, str] = field(default_factory=dict)

    def is_signed_by(self, decision: Decision) -> bool:
        return decision.stance.is_signature and not any(self._is_reserved(number, decision) for number in self.points)

    def _is_reserved(self, number: int, decision: Decision) -> bool:
        """The organisation does not sign this point as the text has it."""
        wording = self.wordings.get(number)
        if decision.stance == Stance.SIGNS_IF and number in decision.conditions:
            return decision.conditions[number] != wording
        if decision.stance == Stance.SIGNS_EXCEPT and number in decision.excepted:
            return True
        # It signed the frozen wording; another one it has not seen.
        return wording is not None


@dataclass(frozen=True)
class Proposal:
    """A text with those who are on board, and those who signed and are not. `is_exact`: there is no larger one."""

    text: Text
    on_board: tuple[int, ...]
    left_behind: tuple[int, ...]
    is_exact: bool = True


def on_board(text: Text, voices: Sequence[Voice]) -> list[int]:
    return [voice.organisation for voice in voices if text.is_signed_by(voice.decision)]


def widest_text(numbers: Sequence[int], voices: Sequence[Voice]) -> Proposal:
    """All points that everyone signs as they are; everyone who signs at all, in whatever way, is on board of it.

    There is exactly one largest such text: without every point that somebody made a reservation about.
    """
    reserved = {number for voice in _signing(voices) for number in voice.decision.points}
    return _proposal(Text(tuple(number for number in numbers if number not in reserved)), voices)


def strongest_text(
    numbers: Sequence[int], voices: Sequence[Voice], *, at_least: int, area: str | None = None
) -> Proposal | None:
    """The text of the most points that at least so many organisations (of the area) sign, and of these the one with
    the most behind it; None when no text has so many.

    Exact: each text is what remains when the reservations of those on board are left out, so the
    search goes over whose reservations are taken into account. It is cut off after MOST_STEPS and
    says so.
    """
    counted = [voice for voice in _signing(voices) if area is None or voice.area == area]
    if at_least < 1 or len(counted) < at_least:
        return None
    search = _Search(_groups(counted), frozenset(numbers), at_least)
    left_out = search.best()
    text = Text(tuple(number for number in numbers if number not in left_out))
    return _proposal(text, voices, is_exact=not search.was_cut_off)


def with_conditions_met(text: Text, voices: Sequence[Voice]) -> Text:
    """The same text with the wordings that bring more on board than they lose, one point after the other.

    A wording is taken only where nobody who signed the frozen one is lost without another coming on board.
    """
    best, most = text, len(on_board(text, voices))
    asked = sorted({(n, w) for voice in _signing(voices) for n, w in voice.decision.conditions.items()})
    for number, wording in asked:
        points = tuple(sorted({*best.points, number}))
        tried = Text(points, {**best.wordings, number: wording})
        count = len(on_board(tried, voices))
        if count > most:
            best, most = tried, count
    return best


def _signing(voices: Sequence[Voice]) -> list[Voice]:
    return [voice for voice in voices if voice.decision.stance.is_signature]


def _proposal(text: Text, voices: Sequence[Voice], *, is_exact: bool = True) -> Proposal:
    aboard = set(on_board(text, voices))
    behind = tuple(voice.organisation for voice in _signing(voices) if voice.organisation not in aboard)
    return Proposal(text, tuple(sorted(aboard)), behind, is_exact)


def _groups(voices: Sequence[Voice]) -> list[tuple[frozenset[int], int]]:
    """How many organisations make reservations about the same points; those without any first."""
    counts: dict[frozenset[int], int] = {}
    for voice in voices:
        reserved = frozenset(voice.decision.points)
        counts[reserved] = counts.get(reserved, 0) + 1
    return sorted(counts.items(), key=lambda group: (len(group[0]), -group[1], sorted(group[0])))


class _Search:
    """The smallest set of points to leave out, so that at least so many are on board.

    A set that is left out is the union of the reservations of some groups; each step takes one more
    group aboard or passes it over for good. A branch ends where it leaves out more than the best so
    far, or where all groups that are left would not make up the number.
    """

    def __init__(self, groups: Sequence[tuple[frozenset[int], int]], numbers: Collection[int], at_least: int) -> None:
        self._groups = [(reserved & frozenset(numbers), count) for reserved, count in groups]
        self._at_least = at_least
        self._steps = 0
        self._best: tuple[int, int, frozenset[int]] | None = None

    @property
    def was_cut_off(self) -> bool:
        return self._steps >= MOST_STEPS

    def best(self) -> frozenset[int]:
        for left_out in self._greedy():
            self._keep(left_out)
        self._look(0, frozenset())
        return self._best[2] if self._best else frozenset()

    def _aboard(self, left_out: frozenset[int]) -> int:
        return sum(count for reserved, count in self._groups if reserved <= left_out)

    def _keep(self, left_out: frozenset[int]) -> bool:
        aboard = self._aboard(left_out)
        if aboard >= self._at_least:
            found = (len(left_out), -aboard, left_out)
            if self._best is None or found[:2] < self._best[:2]:
                self._best = found
        return aboard >= self._at_least

    def _greedy(self) -> Iterator[frozenset[int]]:
        """A first good answer, against which the search is cut: always the group that costs the fewest points."""
        left_out: frozenset[int] = frozenset()
        while self._aboard(left_out) < self._at_least:
            missing = [(len(reserved - left_out), -count, reserved) for reserved, count in self._groups
                       if not reserved <= left_out]  # fmt: skip
            if not missing:
                return
            left_out |= min(missing, key=lambda one: one[:2])[2]
        yield left_out

    def _look(self, at: int, left_out: frozenset[int]) -> None:
        stack = [(at, left_out)]
        while stack and not self.was_cut_off:
            at, left_out = stack.pop()
            self._steps += 1
            if self._best is not None and len(left_out) > self._best[0]:
                continue
            if self._keep(left_out):
                continue
            # Whose reservations are taken into account next; those before it were passed over or are aboard.
            for place in range(len(self._groups) - 1, at - 1, -1):
                reserved = self._groups[place][0]
                wider = left_out | reserved
                fits = self._best is None or len(wider) <= self._best[0]
                if not reserved <= left_out and fits and self._could_reach(place, wider):
                    stack.append((place + 1, wider))

    def _could_reach(self, at: int, left_out: frozenset[int]) -> bool:
        """Enough are aboard or still to be taken aboard from this place on."""
        return (
            sum(count for place, (reserved, count) in enumerate(self._groups) if place > at or reserved <= left_out)
            >= self._at_least
        )
