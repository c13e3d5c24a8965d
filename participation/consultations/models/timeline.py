"""The days of a consultation in words: what has been, what is now, what comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from participation.foundation.language import _

from .consultations import Consultation, Phase

PAST, NOW, COMING = "past", "now", "coming"


@dataclass(frozen=True)
class Step:
    """`when` is past, now (people can act on it today) or coming."""

    label: Any
    on: date
    when: str


def timeline_of(consultation: Consultation, day: date, adopted_on: date | None = None) -> list[Step]:
    """The days that are known, in their order, seen from `day`; deadlines that lost their meaning are left out."""
    phase = consultation.phase_on(day)
    known = [
        *_event(_("published by the body"), consultation.published_by_body_on, day),
        *_event(_("comments open"), consultation.opens_on, day),
        *_deadline(_("comments close"), consultation.internal_deadline_on, day, phase is Phase.OPEN),
        *_event(_("co-signing begins"), consultation.cosigning_from_on, day),
        *_deadline(
            _("official deadline"),
            consultation.official_deadline_on,
            day,
            phase in (Phase.POSITIONS, Phase.COSIGNING),
        ),
        *_event(_("sent to the body"), consultation.submitted_on, day),
        *_event(_("answered"), consultation.answered_on, day),
        *_event(_("adopted"), adopted_on, day),
        *_event(_("concluded"), consultation.concluded_on, day),
    ]
    if phase in (Phase.SUBMITTED, Phase.ANSWERED, Phase.CONCLUDED):
        known = [step for step in known if step.when == PAST]
    return sorted(known, key=lambda step: step.on)


def _event(label: Any, on: date | None, day: date) -> list[Step]:
    return [] if on is None else [Step(label, on, PAST if on <= day else COMING)]


def _deadline(label: Any, on: date | None, day: date, is_next: bool) -> list[Step]:
    """A deadline is inclusive: on its own day it is not past yet."""
    if on is None:
        return []
    if on < day:
        return [Step(label, on, PAST)]
    return [Step(label, on, NOW if is_next else COMING)]
