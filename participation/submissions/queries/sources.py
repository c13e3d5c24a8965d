"""What a submission can be compiled from."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.comments.models import Comment
from participation.comments.queries import visible_comments
from participation.consultations.models import Consultation
from participation.foundation import clock, region
from participation.foundation.database import session
from participation.foundation.installation import PeriodRule
from participation.positions.models import Position, PositionState, PositionVersion
from participation.positions.queries import positions_of

from ..models import Submission


def positions_to_compile(consultation: Consultation) -> list[Position]:
    """The positions of the consultation whose text is frozen."""
    return positions_of(consultation.id)


def positions_by_ids(consultation: Consultation, ids: Iterable[int]) -> list[Position]:
    """Those of the numbers that can be compiled from this consultation, oldest first."""
    wanted = set(ids)
    return [position for position in positions_to_compile(consultation) if position.id in wanted]


def comments_to_compile(consultation: Consultation) -> list[Comment]:
    """Visible comments that were made for an organisation, in the order of the draft."""
    return [comment for comment in visible_comments(consultation) if comment.organisation is not None]


@dataclass(frozen=True)
class AnswerRule:
    """What the law says of the answer: by which rule, and until when if that day is known already."""

    rule: PeriodRule
    due_on: date | None


def rule_of_answer(consultation: Consultation, sent_on: date) -> AnswerRule | None:
    """The rule that sets the body a time to answer what is sent on this day; none where no law does.

    A time that counts from the adoption of the act has no day before the act is adopted: then the
    network asks for a day of its own.
    """
    if not consultation.period_rule:
        return None
    try:
        rule = region.current().period_rule(consultation.period_rule)
    except KeyError:  # The installation's data no longer has the rule that was chosen then.
        return None
    if not rule.asks_for_answer:
        return None
    starts = {"closing": max(consultation.official_deadline_on or sent_on, sent_on), "submission": sent_on}
    start = starts.get(rule.answer_counts_from)
    return AnswerRule(rule, None if start is None else _later(start, rule))


def usual_day_of_answer(consultation: Consultation, sent_on: date) -> date | None:
    """Until when the law lets the body answer, if it says so and counts from a day that is known."""
    found = rule_of_answer(consultation, sent_on)
    return found.due_on if found is not None else None


def rule_that_set_day(submission: Submission) -> PeriodRule | None:
    """The rule of law behind the day until which the answer is expected; none where the network asked for it."""
    try:
        return region.current().period_rule(submission.answer_due_rule) if submission.answer_due_rule else None
    except KeyError:
        return None


def _later(day: date, rule: PeriodRule) -> date:
    """A time in months ends on the same day of the month, or on the last one where the month is shorter."""
    if rule.answer_months is None:
        return day + timedelta(days=rule.answer_days or 0)
    months = day.month - 1 + rule.answer_months
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def positions_open_for_cosigning(submission: Submission) -> list[Position]:
    """The chosen positions that organisations may still sign: freezing leaves out whoever signs later."""
    versions = session.scalars(
        select(PositionVersion)
        .join(Position, Position.id == PositionVersion.position_id)
        .where(
            PositionVersion.position_id.in_([position.id for position in submission.positions]),
            Position.state.in_((PositionState.OPENED, PositionState.REVISED)),
            PositionVersion.cosigning_until >= clock.now(),
        )
        .options(joinedload(PositionVersion.position))
        .order_by(PositionVersion.position_id)
    )
    return [version.position for version in versions]
