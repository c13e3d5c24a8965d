"""What was answered to points that were sent, counted: for a submission, an organisation, a public body.

What is counted is one answer of each addressee to each point.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import and_, case, extract, func, select, union
from sqlalchemy.orm import joinedload

from participation.bodies.models import PublicBody
from participation.comments.models import Comment
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.positions.models import Point, comments_of_points

from ..models import (
    Answer,
    Outcome,
    Signatory,
    Submission,
    SubmissionPoint,
    SubmissionState,
    addressees_of_submissions,
)

# The tones of a strip (components/strip.html).
TONES = {
    Outcome.ACCEPTED: "done",
    Outcome.PARTLY: "open",
    Outcome.REJECTED: "wrong",
    Outcome.NOTED: "noted",
    Outcome.NOT_COMPETENT: "elsewhere",
    Outcome.NO_REPLY: "warning",
}
LATEST = 20
# The outcome, how many answers have it, and how many of these are missing although they were due.
Counted = tuple[Outcome | None, int, int]


@dataclass(frozen=True)
class Tally:
    """How many answers of each kind were recorded, how many are missing, and how many of these are overdue."""

    answers: dict[Outcome, int] = field(default_factory=dict)
    missing: int = 0
    overdue: int = 0

    @property
    def given(self) -> int:
        """What the bodies said; a silence that was recorded is no answer."""
        return self.expected - self.missing - self.answers.get(Outcome.NO_REPLY, 0)

    @property
    def expected(self) -> int:
        return sum(self.answers.values()) + self.missing

    @property
    def parts(self) -> list[tuple[Any, int, str]]:
        """Label, number and tone of each part of the strip, in one order everywhere."""
        told = [(outcome.label, self.answers.get(outcome, 0), TONES[outcome]) for outcome in Outcome]
        untold = [
            (_("answer overdue"), self.overdue, "late"),
            (_("waits for an answer"), self.missing - self.overdue, "waiting"),
        ]
        return [part for part in told + untold if part[1]]


@dataclass(frozen=True)
class SentTo:
    """A submission that a body received, and how far its answer has come."""

    submission: Submission
    tally: Tally
    answered_on: date | None  # the day of its last answer

    @property
    def days_until_answer(self) -> int | None:
        """From the sending to the last answer; None while something is missing."""
        if self.answered_on is None or self.tally.missing or self.submission.sent_on is None:
            return None
        return (self.answered_on - self.submission.sent_on).days

    @property
    def is_overdue(self) -> bool:
        return bool(self.tally.overdue)


def tallies_of_submissions(submissions: Collection[int]) -> dict[int, Tally]:
    """By the number of the submission; those without points are left out. One statement."""
    of_one = SubmissionPoint.submission_id
    rows = session.execute(_answers().add_columns(of_one).where(of_one.in_(submissions)).group_by(of_one))
    found: dict[int, list[Counted]] = {}
    for outcome, number, overdue, submission_id in rows:
        found.setdefault(submission_id, []).append((outcome, number, overdue))
    return {submission_id: _tally(counted) for submission_id, counted in found.items()}


def tally_of_organisation(organisation: Organisation) -> Tally:
    """Of the points of the organisation; each point once. One statement."""
    rows = session.execute(_answers().where(SubmissionPoint.id.in_(points_of_organisation(organisation))))
    return _tally([(outcome, number, overdue) for outcome, number, overdue in rows])


def tallies_by_year() -> dict[int, Tally]:
    """Of all points that were sent in a year. One statement."""
    year = extract("year", Submission.sent_on)
    found: dict[int, list[Counted]] = {}
    for outcome, number, overdue, of_year in session.execute(_answers().add_columns(year).group_by(year)):
        found.setdefault(int(of_year), []).append((outcome, number, overdue))
    return {of_year: _tally(counted) for of_year, counted in found.items()}


def points_of_organisation(organisation: Organisation) -> Any:
    """The numbers of the points that the organisation signed, or that carry a comment of it; each once."""
    signed = (
        select(SubmissionPoint.id)
        .join(Point, Point.id == SubmissionPoint.point_id)
        .join(
            Signatory,
            and_(
                Signatory.submission_id == SubmissionPoint.submission_id, Signatory.position_id == Point.position_id
            ),
        )
        .where(Signatory.organisation_id == organisation.id)
    )
    through_positions = (
        select(SubmissionPoint.id)
        .join(comments_of_points, comments_of_points.c.point_id == SubmissionPoint.point_id)
        .join(Comment, Comment.id == comments_of_points.c.comment_id)
        .where(Comment.organisation_id == organisation.id)
    )
    by_themselves = (
        select(SubmissionPoint.id)
        .join(Comment, Comment.id == SubmissionPoint.comment_id)
        .where(Comment.organisation_id == organisation.id)
    )
    points = union(signed, through_positions, by_themselves).subquery()
    return select(points.c[0])


def tally_of_body(body: PublicBody) -> Tally:
    """Of all points that the body was sent. One statement."""
    rows = session.execute(_answers().where(addressees_of_submissions.c.body_id == body.id))
    return _tally([(outcome, number, overdue) for outcome, number, overdue in rows])


def latest_sent_to(body: PublicBody) -> list[SentTo]:
    """The latest submissions to the body, newest first. Two statements."""
    submissions = list(
        session.scalars(
            select(Submission)
            .join(addressees_of_submissions, addressees_of_submissions.c.submission_id == Submission.id)
            .where(addressees_of_submissions.c.body_id == body.id, Submission.state == SubmissionState.SENT)
            .options(joinedload(Submission.consultation))
            .order_by(Submission.sent_on.desc(), Submission.id.desc())
            .limit(LATEST)
        )
    )
    of_one = SubmissionPoint.submission_id
    rows = session.execute(
        _answers()
        .add_columns(of_one, func.max(Answer.answered_on))
        .where(
            addressees_of_submissions.c.body_id == body.id,
            of_one.in_([submission.id for submission in submissions]),
        )
        .group_by(of_one)
    )
    counted: dict[int, list[Counted]] = {}
    last: dict[int, date] = {}
    for outcome, number, overdue, submission_id, answered_on in rows:
        counted.setdefault(submission_id, []).append((outcome, number, overdue))
        if answered_on:
            last[submission_id] = max(answered_on, last.get(submission_id, answered_on))
    return [SentTo(one, _tally(counted.get(one.id, [])), last.get(one.id)) for one in submissions]


def _answers() -> Any:
    """The outcome (none where the answer is missing), how many there are of it, and how many of these are overdue."""
    is_overdue = and_(Answer.outcome.is_(None), Submission.answer_due_on < clock.today())
    return (
        select(Answer.outcome, func.count(), func.sum(case((is_overdue, 1), else_=0)))
        .select_from(SubmissionPoint)
        .join(Submission, Submission.id == SubmissionPoint.submission_id)
        .join(addressees_of_submissions, addressees_of_submissions.c.submission_id == Submission.id)
        .outerjoin(
            Answer,
            and_(Answer.point_id == SubmissionPoint.id, Answer.body_id == addressees_of_submissions.c.body_id),
        )
        .where(Submission.state == SubmissionState.SENT)
        .group_by(Answer.outcome)
    )


def _tally(counted: list[Counted]) -> Tally:
    return Tally(
        {Outcome(outcome): number for outcome, number, _overdue in counted if outcome is not None},
        sum(number for outcome, number, _overdue in counted if outcome is None),
        sum(overdue for _outcome, _number, overdue in counted),
    )
