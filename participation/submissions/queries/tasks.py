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

from ..models import Answer, Submission, SubmissionPoint, SubmissionState, addressees_of_submissions


def waiting_for(viewer: Viewer, acting: Membership | None) -> list[Task]:
    """Submissions that are frozen but not sent, and answers that are overdue."""
    if not viewer.leads_consultations:
        return []
    return [_unsent(submission) for submission in _frozen()] + [_overdue(submission) for submission in _unanswered()]


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


def _overdue(submission: Submission) -> Task:
    return Task(
        title=submission.title,
        why=_("The day for the answer has passed. Record what was answered, or that there was no reply."),
        endpoint="submissions.answer",
        values={"slug": submission.slug},
        due_on=submission.answer_due_on,
        is_pressing=True,
        act=_("Record the answer"),
    )
