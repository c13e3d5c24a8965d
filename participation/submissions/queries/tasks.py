"""What waits for those who lead consultations."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Viewer
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.language import _
from participation.foundation.tasks import Task
from participation.organisations.models import Membership

from ..models import (
    Answer,
    Delivery,
    PointUptake,
    Submission,
    SubmissionPoint,
    SubmissionState,
    UptakeConfirmation,
    addressees_of_submissions,
)
from .deliveries import letters_in_trouble


def waiting_for(viewer: Viewer, acting: Membership | None) -> list[Task]:
    """Letters that did not arrive, submissions that are frozen but not sent, answers that are overdue, and what was
    found of points in the adopted text and nobody has looked at."""
    if not viewer.leads_consultations:
        return []
    return [
        *(_lost(delivery) for delivery in letters_in_trouble()),
        *(_unsent(submission) for submission in _frozen()),
        *(_overdue(submission) for submission in _unanswered()),
        *(_unchecked(submission) for submission in _found()),
    ]


def _frozen() -> Any:
    return session.scalars(
        select(Submission)
        .where(Submission.state == SubmissionState.FROZEN)
        .options(joinedload(Submission.consultation))
        .order_by(Submission.frozen_at, Submission.id)
    )


def _unanswered() -> Any:
    return session.scalars(
        select(Submission)
        .where(
            Submission.state == SubmissionState.SENT,
            Submission.answer_due_on < clock.today(),
            answers_expected() > answers_given(),
        )
        .order_by(Submission.answer_due_on, Submission.id)
    )


def _found() -> Any:
    """Submissions of which some point was compared with the adopted text and not looked at."""
    is_unchecked = (
        select(PointUptake.id)
        .join(SubmissionPoint, SubmissionPoint.id == PointUptake.point_id)
        .where(
            SubmissionPoint.submission_id == Submission.id,
            ~select(UptakeConfirmation.id).where(UptakeConfirmation.uptake_id == PointUptake.id).exists(),
        )
        .exists()
    )
    return session.scalars(select(Submission).where(is_unchecked).order_by(Submission.sent_on, Submission.id))


def answers_expected() -> Any:
    """Of the submission of the enclosing query: one answer of each body to each point."""
    points = (
        select(func.count(SubmissionPoint.id))
        .where(SubmissionPoint.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery()
    )
    bodies = (
        select(func.count(addressees_of_submissions.c.body_id))
        .where(addressees_of_submissions.c.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery()
    )
    return points * bodies


def answers_given() -> Any:
    return (
        select(func.count(Answer.id))
        .join(SubmissionPoint, SubmissionPoint.id == Answer.point_id)
        .where(SubmissionPoint.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery()
    )


def _unsent(submission: Submission) -> Task:
    due_on = submission.consultation.official_deadline_on
    return Task(
        title=submission.title,
        why=_("The submission is frozen and waits to be sent."),
        endpoint="submissions.send",
        values={"slug": submission.slug},
        due_on=due_on,
        is_pressing=due_on is None,
        act=_("Send the submission"),
    )


def _lost(delivery: Delivery) -> Task:
    return Task(
        title=delivery.submission.title,
        why=_(
            "The letter to %(body)s did not arrive. Send it again to a corrected address, or record that it was "
            "handed over otherwise.",
            body=delivery.body.name,
        ),
        endpoint="submissions.deliveries",
        values={"slug": delivery.submission.slug, "_anchor": f"letter-{delivery.id}"},
        is_pressing=True,
        act=_("Look after the letter"),
    )


def _overdue(submission: Submission) -> Task:
    return Task(
        title=submission.title,
        why=_("The day for the answer has passed. Record what was answered, or remind the body."),
        endpoint="submissions.answer",
        values={"slug": submission.slug},
        due_on=submission.answer_due_on,
        is_pressing=True,
        act=_("Record the answer"),
    )


def _unchecked(submission: Submission) -> Task:
    return Task(
        title=submission.title,
        why=_("The demands were compared with the adopted text. Check what was found, so that all can be told."),
        endpoint="submissions.review_uptake",
        values={"slug": submission.slug},
        act=_("Check what was adopted"),
    )
