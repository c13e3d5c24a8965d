"""The list of submissions, and by what it can be narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Viewer
from participation.bodies.models import PublicBody
from participation.foundation.collation import collation_key
from participation.foundation.database import session
from participation.foundation.paging import Page, page_of

from ..models import Answer, Outcome, Submission, SubmissionPoint, SubmissionState, addressees_of_submissions


@dataclass(frozen=True)
class Filters:
    """Empty values ask for nothing."""

    body: str = ""  # a slug
    year: int | None = None

    def __bool__(self) -> bool:
        return bool(self.body or self.year)


@dataclass(frozen=True)
class Choices:
    bodies: Sequence[tuple[str, str]]  # slug and name
    years: Sequence[int]


@dataclass
class Line:
    """One submission in the list, and how far its answers have come."""

    submission: Submission
    points: int = 0
    bodies: list[str] = field(default_factory=list)
    outcomes: list[tuple[Outcome, int]] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(number for _outcome, number in self.outcomes)

    @property
    def expected(self) -> int:
        return self.points * len(self.bodies)


def submissions_page(viewer: Viewer, filters: Filters, number: int) -> Page[Line]:
    """Sent ones, newest first; those who lead consultations see unsent ones before them. Four statements."""
    statement = (
        select(Submission)
        .options(joinedload(Submission.consultation))
        .order_by(Submission.sent_on.is_not(None), Submission.sent_on.desc(), Submission.id.desc())
    )
    if not viewer.leads_consultations:
        statement = statement.where(Submission.state == SubmissionState.SENT)
    page = page_of(_narrowed(statement, filters), number)
    return Page(_lines(page.items), page.number, page.size, page.total)


def _narrowed(statement: Select[Any], filters: Filters) -> Select[Any]:
    if filters.body:
        statement = statement.where(
            Submission.id.in_(
                select(addressees_of_submissions.c.submission_id)
                .join(PublicBody, PublicBody.id == addressees_of_submissions.c.body_id)
                .where(PublicBody.slug == filters.body)
            )
        )
    if filters.year:
        statement = statement.where(
            Submission.sent_on >= date(filters.year, 1, 1), Submission.sent_on <= date(filters.year, 12, 31)
        )
    return statement


def _lines(submissions: Sequence[Submission]) -> list[Line]:
    lines = {submission.id: Line(submission) for submission in submissions}
    points = (
        select(func.count(SubmissionPoint.id))
        .where(SubmissionPoint.submission_id == addressees_of_submissions.c.submission_id)
        .correlate(addressees_of_submissions)
        .scalar_subquery()
    )
    rows = session.execute(
        select(addressees_of_submissions.c.submission_id, PublicBody.name, points)
        .join(PublicBody, PublicBody.id == addressees_of_submissions.c.body_id)
        .where(addressees_of_submissions.c.submission_id.in_(list(lines)))
    )
    for submission_id, name, number_of_points in rows:
        line = lines[submission_id]
        line.bodies.append(name)
        line.points = number_of_points
    for submission_id, numbers in _outcomes(list(lines)).items():
        lines[submission_id].outcomes = [(outcome, numbers[outcome]) for outcome in Outcome if outcome in numbers]
    for line in lines.values():
        line.bodies.sort(key=collation_key)
    return list(lines.values())


def _outcomes(submissions: Sequence[int]) -> dict[int, dict[Outcome, int]]:
    """How often the bodies answered so, by submission; only what addressees answered counts."""
    rows = session.execute(
        select(SubmissionPoint.submission_id, Answer.outcome, func.count(Answer.id))
        .join(SubmissionPoint, SubmissionPoint.id == Answer.point_id)
        .join(
            addressees_of_submissions,
            (addressees_of_submissions.c.submission_id == SubmissionPoint.submission_id)
            & (addressees_of_submissions.c.body_id == Answer.body_id),
        )
        .where(SubmissionPoint.submission_id.in_(submissions))
        .group_by(SubmissionPoint.submission_id, Answer.outcome)
    )
    found: dict[int, dict[Outcome, int]] = {}
    for submission_id, outcome, number in rows:
        found.setdefault(submission_id, {})[Outcome(outcome)] = number
    return found


def filter_choices() -> Choices:
    """Bodies that something was sent to, and the years in which. One statement."""
    rows = session.execute(
        select(PublicBody.slug, PublicBody.name, Submission.sent_on)
        .join(addressees_of_submissions, addressees_of_submissions.c.body_id == PublicBody.id)
        .join(Submission, Submission.id == addressees_of_submissions.c.submission_id)
        .where(Submission.state == SubmissionState.SENT)
        .distinct()
    ).all()
    bodies = {slug: name for slug, name, _ in rows}
    years = {day.year for _, _, day in rows if day}
    return Choices(sorted(bodies.items(), key=lambda body: collation_key(body[1])), sorted(years, reverse=True))
