"""What a submission can be compiled from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.comments.models import Comment
from participation.comments.queries import visible_comments
from participation.consultations.models import Consultation
from participation.foundation import clock, region
from participation.foundation.database import session
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


def usual_day_of_answer(consultation: Consultation, sent_on: date) -> date | None:
    """Until when the law lets the body answer, if it says so and counts from a day that is known."""
    if not consultation.period_rule:
        return None
    try:
        rule = region.current().period_rule(consultation.period_rule)
    except KeyError:  # The installation's data no longer has the rule that was chosen then.
        return None
    if rule.answer_days is None or rule.answer_counts_from != "closing":
        return None
    closing = max(consultation.official_deadline_on or sent_on, sent_on)
    return closing + timedelta(days=rule.answer_days)


def positions_open_for_cosigning(submission: Submission) -> list[Position]:
    """The chosen positions that organisations may still sign: freezing leaves out whoever signs later."""
    versions = session.scalars(
        select(PositionVersion)
        .join(Position, Position.id == PositionVersion.position_id)
        .where(
            PositionVersion.position_id.in_([position.id for position in submission.positions]),
            Position.state == PositionState.OPENED,
            PositionVersion.cosigning_until >= clock.now(),
        )
        .options(joinedload(PositionVersion.position))
        .order_by(PositionVersion.position_id)
    )
    return [version.position for version in versions]
