"""Answers that are overdue: derived from the day that was set and from what was answered, and never stored.

So *no reply* sets itself on the day after, in every list and picture at once, and an answer that comes
late keeps the day on which it came beside the day on which it was due.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import selectinload

from participation.bodies.models import PublicBody
from participation.foundation import clock
from participation.foundation.collation import collation_key
from participation.foundation.database import session
from participation.foundation.paging import Page

from ..models import Answer, Submission, SubmissionPoint, SubmissionState, addressees_of_submissions

A_PAGE = 50


@dataclass(frozen=True)
class Overdue:
    """What one body owes to one submission: the numbers of its points."""

    submission: Submission
    body: PublicBody
    numbers: tuple[int, ...]

    @property
    def days(self) -> int:
        due_on = self.submission.answer_due_on
        return (clock.today() - due_on).days if due_on is not None else 0


def missing_numbers(submission: Submission, body: PublicBody) -> list[int]:
    """The numbers of the points that the body has not answered. Without a statement, when the answers are loaded."""
    return [point.number for point in submission.points if all(answer.body_id != body.id for answer in point.answers)]


def is_overdue(submission: Submission) -> bool:
    return bool(submission.is_sent and submission.answer_due_on and submission.answer_due_on < clock.today())


def late_bodies_of(submission: Submission) -> list[PublicBody]:
    """The addressees that owe an answer since the day has passed, in the order of their names."""
    if not is_overdue(submission):
        return []
    late = [body for body in submission.addressees if missing_numbers(submission, body)]
    return sorted(late, key=lambda body: collation_key(body.name))


def overdue_page(number: int) -> Page[Overdue]:
    """Who owes answers, longest first. Three statements and those of the relations."""
    owed = (
        select(SubmissionPoint.submission_id, addressees_of_submissions.c.body_id, Submission.answer_due_on)
        .select_from(SubmissionPoint)
        .join(Submission, Submission.id == SubmissionPoint.submission_id)
        .join(addressees_of_submissions, addressees_of_submissions.c.submission_id == Submission.id)
        .outerjoin(
            Answer,
            and_(Answer.point_id == SubmissionPoint.id, Answer.body_id == addressees_of_submissions.c.body_id),
        )
        .where(
            Submission.state == SubmissionState.SENT, Submission.answer_due_on < clock.today(), Answer.id.is_(None)
        )
        .distinct()
    )
    total = session.scalar(select(func.count()).select_from(owed.subquery())) or 0
    number = min(max(number, 1), max(1, -(-total // A_PAGE)))
    rows = session.execute(
        owed.order_by(Submission.answer_due_on, SubmissionPoint.submission_id, addressees_of_submissions.c.body_id)
        .limit(A_PAGE)
        .offset((number - 1) * A_PAGE)
    ).all()
    found = {
        one.id: one
        for one in session.scalars(
            select(Submission)
            .where(Submission.id.in_({row[0] for row in rows}))
            .options(
                selectinload(Submission.addressees),
                selectinload(Submission.points).selectinload(SubmissionPoint.answers),
            )
        )
    }
    lines = []
    for submission_id, body_id, _due_on in rows:
        submission = found[submission_id]
        body = next(one for one in submission.addressees if one.id == body_id)
        lines.append(Overdue(submission, body, tuple(missing_numbers(submission, body))))
    return Page(lines, number=number, size=A_PAGE, total=total)
