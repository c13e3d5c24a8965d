"""Finding submissions, what waits to be done about them, and what a new one can be compiled from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import extract, func, select
from sqlalchemy.orm import joinedload, selectinload

from participation.accounts.models import Viewer
from participation.bodies.models import PublicBody
from participation.comments.models import Comment, CommentState, Support
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.collation import collation_key
from participation.foundation.database import NotFound, session
from participation.foundation.language import _
from participation.foundation.paging import Page, page_of
from participation.foundation.tasks import Task
from participation.organisations.models import Membership
from participation.positions.models import Cosignature, CosignatureState, Point, Position, PositionVersion

from .models import (
    Answer,
    DocumentFormat,
    Submission,
    SubmissionDocument,
    SubmissionPoint,
    SubmissionState,
    addressees_of_submissions,
    comments_of_submissions,
    positions_of_submissions,
)
from .rules import may_see_submission

SOON = timedelta(days=7)


def submission_by_slug(slug: str, viewer: Viewer) -> Submission:
    """The submission with all that its page says; NotFound also when it is not the viewer's to see."""
    submission = session.scalar(
        select(Submission)
        .where(Submission.slug == slug)
        .options(
            joinedload(Submission.consultation).joinedload(Consultation.body),
            joinedload(Submission.compiled_by),
            selectinload(Submission.addressees),
            selectinload(Submission.positions),
            selectinload(Submission.comments).joinedload(Comment.organisation),
            selectinload(Submission.points).selectinload(SubmissionPoint.answers),
            selectinload(Submission.signatories),
            selectinload(Submission.documents).joinedload(SubmissionDocument.file),
        )
    )
    if submission is None or not may_see_submission(viewer, submission):
        raise NotFound(slug)
    return submission


def submissions_of(consultation_id: int) -> list[Submission]:
    """The submissions of a consultation that were sent, oldest first."""
    found = session.scalars(
        select(Submission)
        .where(Submission.consultation_id == consultation_id, Submission.state == SubmissionState.SENT)
        .options(selectinload(Submission.addressees))
        .order_by(Submission.sent_on, Submission.id)
    )
    return list(found)


def submissions_with_position(position_id: int) -> list[Submission]:
    """The sent submissions that carry a position, oldest first."""
    found = session.scalars(
        select(Submission)
        .join(positions_of_submissions)
        .where(positions_of_submissions.c.position_id == position_id, Submission.state == SubmissionState.SENT)
        .options(selectinload(Submission.addressees))
        .order_by(Submission.sent_on, Submission.id)
    )
    return list(found)


def submissions_with_comment(comment_id: int) -> list[Submission]:
    """The sent submissions that carry a comment on its own, oldest first."""
    found = session.scalars(
        select(Submission)
        .join(comments_of_submissions)
        .where(comments_of_submissions.c.comment_id == comment_id, Submission.state == SubmissionState.SENT)
        .order_by(Submission.sent_on, Submission.id)
    )
    return list(found)


def waiting_for(viewer: Viewer, acting: Membership | None) -> list[Task]:
    """Submissions that are frozen but not sent, and answers that are overdue."""
    if not viewer.leads_consultations:
        return []
    return [*_unsent(), *_overdue()]


def _unsent() -> list[Task]:
    found = session.scalars(
        select(Submission)
        .where(Submission.state == SubmissionState.FROZEN)
        .options(joinedload(Submission.consultation))
        .order_by(Submission.frozen_at, Submission.id)
    )
    return [
        Task(
            title=submission.title,
            why=_("The submission is frozen and waits to be sent."),
            endpoint="submissions.send",
            values={"slug": submission.slug},
            due_on=submission.consultation.official_deadline_on,
            urgency=_urgency(submission.consultation.official_deadline_on),
        )
        for submission in found
    ]


def _urgency(due_on: date | None) -> int:
    if due_on is None:
        return 1
    left = due_on - clock.today()
    return 2 if left <= timedelta(days=1) else 1 if left <= SOON else 0


def _overdue() -> list[Task]:
    found = session.scalars(
        select(Submission)
        .where(
            Submission.state == SubmissionState.SENT,
            Submission.answer_due_on < clock.today(),
            _answers_expected() > _answers_given(),
        )
        .order_by(Submission.answer_due_on, Submission.id)
    )
    return [
        Task(
            title=submission.title,
            why=_("The day for the answer has passed. Record the answer, or that there was none."),
            endpoint="submissions.answer",
            values={"slug": submission.slug},
            due_on=submission.answer_due_on,
            urgency=1,
        )
        for submission in found
    ]


def _answers_expected():  # type: ignore[no-untyped-def]
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


def _answers_given():  # type: ignore[no-untyped-def]
    return (
        select(func.count(Answer.id))
        .join(SubmissionPoint, SubmissionPoint.id == Answer.point_id)
        .where(SubmissionPoint.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery()
    )
