"""Finding one submission, and those that carry something."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from participation.accounts.models import Viewer
from participation.bodies.models import PublicBody
from participation.comments.models import Comment
from participation.consultations.models import Consultation
from participation.foundation.database import NotFound, session
from participation.positions.models import Point

from ..models import (
    Answer,
    Submission,
    SubmissionDocument,
    SubmissionPoint,
    SubmissionState,
    addressees_of_submissions,
    comments_of_submissions,
    positions_of_submissions,
)
from ..rules import may_see_submission


def submission_by_slug(slug: str, viewer: Viewer) -> Submission:
    """The submission with all that its page says; NotFound also when it is not the viewer's to see."""
    submission = session.scalar(
        select(Submission)
        .where(Submission.slug == slug)
        .options(
            undefer(Submission.canonical),
            joinedload(Submission.consultation).joinedload(Consultation.body),
            joinedload(Submission.consultation).joinedload(Consultation.adopted_text),
            selectinload(Submission.addressees),
            selectinload(Submission.copies),
            selectinload(Submission.positions),
            selectinload(Submission.comments).joinedload(Comment.organisation),
            selectinload(Submission.comments).joinedload(Comment.provision),
            selectinload(Submission.points).selectinload(SubmissionPoint.answers).joinedload(Answer.confirmation),
            selectinload(Submission.points).joinedload(SubmissionPoint.point).selectinload(Point.comments),
            selectinload(Submission.points)
            .joinedload(SubmissionPoint.point)
            .selectinload(Point.comments)
            .joinedload(Comment.provision),
            selectinload(Submission.documents).joinedload(SubmissionDocument.file),
        )
    )
    if submission is None or not may_see_submission(viewer, submission):
        raise NotFound(slug)
    return submission


def submission_by_id(submission_id: int) -> Submission | None:
    """With its canonical bytes, for those who write its documents."""
    return session.get(Submission, submission_id, options=[undefer(Submission.canonical)])


def submission_by_form_key(form_key: str) -> Submission | None:
    return session.scalar(select(Submission).where(Submission.form_key == form_key))


def is_slug_taken(slug: str) -> bool:
    return session.scalar(select(Submission.id).where(Submission.slug == slug)) is not None


def submissions_of(consultation_id: int) -> list[Submission]:
    """The submissions of a consultation that were sent, oldest first, with their addressees."""
    found = session.scalars(
        select(Submission)
        .where(Submission.consultation_id == consultation_id, Submission.state == SubmissionState.SENT)
        .options(selectinload(Submission.addressees))
        .order_by(Submission.sent_on, Submission.id)
    )
    return list(found)


def submissions_with_position(position_id: int) -> list[Submission]:
    """The sent submissions that carry a position, oldest first, with their addressees."""
    found = session.scalars(
        select(Submission)
        .join(positions_of_submissions)
        .where(positions_of_submissions.c.position_id == position_id, Submission.state == SubmissionState.SENT)
        .options(selectinload(Submission.addressees))
        .order_by(Submission.sent_on, Submission.id)
    )
    return list(found)


def submissions_with_comment(comment_id: int) -> list[Submission]:
    """The sent submissions that carry a comment by itself, oldest first."""
    found = session.scalars(
        select(Submission)
        .join(comments_of_submissions)
        .where(comments_of_submissions.c.comment_id == comment_id, Submission.state == SubmissionState.SENT)
        .order_by(Submission.sent_on, Submission.id)
    )
    return list(found)


def answers_of(submission: Submission, body: PublicBody) -> dict[int, Answer]:
    """What the body has answered so far, by the number of the point's row; read anew."""
    found = session.scalars(
        select(Answer)
        .join(SubmissionPoint, SubmissionPoint.id == Answer.point_id)
        .where(SubmissionPoint.submission_id == submission.id, Answer.body_id == body.id)
        .execution_options(populate_existing=True)
    )
    return {answer.point_id: answer for answer in found}


def state_of_answers(answers: Mapping[int, Answer]) -> str:
    """An opaque word that changes whenever one of these answers does; forms carry it."""
    said = [
        [point_id, str(answer.outcome), answer.words, answer.source, str(answer.answered_on)]
        for point_id, answer in sorted(answers.items())
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def overall_count(submission: Submission) -> tuple[int, int]:
    """How many answers there are, and how many there will be when every body has answered every point."""
    given = session.scalar(
        select(func.count(Answer.id))
        .join(SubmissionPoint, SubmissionPoint.id == Answer.point_id)
        .where(SubmissionPoint.submission_id == submission.id)
    )
    points = session.scalar(
        select(func.count(SubmissionPoint.id)).where(SubmissionPoint.submission_id == submission.id)
    )
    bodies = session.scalar(
        select(func.count())
        .select_from(addressees_of_submissions)
        .where(addressees_of_submissions.c.submission_id == submission.id)
    )
    return given or 0, (points or 0) * (bodies or 0)
