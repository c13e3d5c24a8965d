"""The days that the network gives itself for each stage, counted backwards from the official deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from participation.foundation import region
from participation.foundation.installation import OwnPeriods
from participation.foundation.language import _

from .consultations import Consultation

DAY = timedelta(days=1)


class StageKey(StrEnum):
    COMMENTING = "commenting"
    DRAFTING = "drafting"
    COSIGNING = "cosigning"
    SENDING = "sending"

    @property
    def label(self) -> Any:
        return {
            StageKey.COMMENTING: _("Organisations comment"),
            StageKey.DRAFTING: _("Joint positions are drafted"),
            StageKey.COSIGNING: _("Organisations co-sign"),
            StageKey.SENDING: _("The submission is sent"),
        }[self]


@dataclass(frozen=True)
class Stage:
    """`days` from `first` on; with 0 days it shares the last day of the stage before. `asked` is what the network's
    own rules ask for."""

    key: StageKey
    first: date
    days: int
    asked: int

    @property
    def last(self) -> date:
        return self.first + max(self.days - 1, 0) * DAY

    @property
    def lacks(self) -> int:
        return max(self.asked - self.days, 0)


@dataclass(frozen=True)
class Timetable:
    """The four stages, in order, each a day after the one before, up to the official deadline."""

    stages: tuple[Stage, ...]

    def stage(self, key: StageKey) -> Stage:
        return next(one for one in self.stages if one.key is key)

    @property
    def is_too_short(self) -> bool:
        """For all stages together: that one is short may be the network's own choice."""
        return sum(stage.days for stage in self.stages) < sum(stage.asked for stage in self.stages)


def timetable_of(
    own: OwnPeriods,
    opens_on: date,
    official_deadline_on: date | None,
    internal_deadline_on: date | None = None,
    cosigning_from_on: date | None = None,
) -> Timetable | None:
    """None without an official deadline, for then there is nothing to count back from.

    Every day is inclusive. Days that somebody has set stay as they are; between them each stage gets the days of
    the network's own rules, counted backwards, and the first one what is left over. Where there are too few days,
    the stages share them in proportion.
    """
    if official_deadline_on is None or official_deadline_on < opens_on:
        return None
    asked = {StageKey(name): days for name, days in own.by_stage.items()}
    ends = {StageKey.SENDING: official_deadline_on}
    if internal_deadline_on is not None:
        ends[StageKey.COMMENTING] = min(internal_deadline_on, official_deadline_on)
    if cosigning_from_on is not None:
        ends[StageKey.DRAFTING] = min(cosigning_from_on, official_deadline_on) - DAY
    stages: list[Stage] = []
    first, waiting = opens_on, list[StageKey]()
    for key in StageKey:
        waiting.append(key)
        if key not in ends:
            continue
        available = max((ends[key] - first).days + 1, 0)
        for one, days in zip(waiting, _shared(available, [asked[one] for one in waiting]), strict=True):
            # A stage without a day of its own shares the last one before it.
            begins = first if days else max(first - DAY, opens_on)
            stages.append(Stage(one, begins, days, asked[one]))
            first += days * DAY
        waiting = []
    return Timetable(tuple(stages))


def timetable_now(consultation: Consultation) -> Timetable | None:
    """With the days that stand, by the rules of this installation."""
    return timetable_of(
        region.current().own_periods,
        consultation.opens_on,
        consultation.official_deadline_on,
        consultation.internal_deadline_on,
        consultation.cosigning_from_on,
    )


def timetable_backwards(consultation: Consultation) -> Timetable | None:
    """As it would be if nobody had set a day but the first one and the official deadline."""
    own = region.current().own_periods
    return timetable_of(own, consultation.opens_on, consultation.official_deadline_on)


def _shared(available: int, asked: Sequence[int]) -> list[int]:
    """The days of each; what is left over goes to the first, what is missing is missing from all in proportion."""
    total = sum(asked)
    if available >= total:
        return [asked[0] + available - total, *asked[1:]]
    days = [available * one // total for one in asked]
    # The largest remainders first, and of equal ones the later: what stands before the deadline cannot give way.
    order = sorted(range(len(asked)), key=lambda place: (available * asked[place] % total, place), reverse=True)
    for place in order[: available - sum(days)]:
        days[place] += 1
    return days
