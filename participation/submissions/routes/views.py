"""What the pages of a submission show, put together from its contents and its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from participation.bodies.models import PublicBody
from participation.comments.models import Comment, WordingAction
from participation.foundation import clock
from participation.foundation.collation import collation_key
from participation.positions.models import Position
from participation.positions.queries import Account, Said, accounts_of
from participation.submissions.models import (
    Answer,
    Contents,
    Outcome,
    SaidPoint,
    Submission,
    SubmissionPoint,
    contents_from,
)
from participation.submissions.queries import contents_now

from .addresses import permanent_address


@dataclass(frozen=True)
class PointView:
    """A point as it was said, where it came from, and what each body answered (None: not yet).

    `signatories` is how many organisations signed its position; 0 for the point of a comment.
    """

    said: SaidPoint
    position: Position | None
    comments: Sequence[Comment]
    answers: Sequence[tuple[PublicBody, Answer | None]]
    signatories: int
    account: Account | None  # who asked for what, where several did


@dataclass(frozen=True)
class OutcomeRow:
    """How often each body answered so; `outcome` is None for what waits for an answer."""

    outcome: Outcome | None
    counts: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Answered:
    """How far the points are answered."""

    bodies: Sequence[PublicBody]
    rows: Sequence[OutcomeRow]
    points: int
    due_on: date | None

    @property
    def missing(self) -> int:
        return sum(row.total for row in self.rows if row.outcome is None)

    @property
    def given(self) -> int:
        return sum(row.total for row in self.rows if row.outcome is not None)

    @property
    def is_overdue(self) -> bool:
        return bool(self.missing and self.due_on is not None and self.due_on < clock.today())


def contents_of(submission: Submission) -> Contents:
    """The frozen contents where there are some, else what would be frozen now."""
    if submission.canonical is None:
        return contents_now(submission, permanent_address(submission))
    html = {point.number: (point.difference_html, point.reasons_html) for point in submission.points}
    return contents_from(submission.canonical, general_html=submission.general_html, point_html=html)


def addressees_in_order(submission: Submission) -> list[PublicBody]:
    return sorted(submission.addressees, key=lambda body: collation_key(body.name))


def points_of(submission: Submission, contents: Contents) -> list[PointView]:
    rows = {row.number: row for row in submission.points}
    positions = {position.slug: position for position in submission.positions}
    comments = {comment.id: comment for comment in submission.comments}
    bodies = addressees_in_order(submission) if submission.is_sent else []
    accounts = _accounts(contents, rows)
    return [
        _view(
            said,
            rows.get(said.number),
            positions.get(said.position),
            comments.get(said.comment),
            bodies,
            contents.number_signing(said) if said.position else 0,
            accounts.get(said.number),
        )
        for said in contents.points
    ]


def _accounts(contents: Contents, rows: Mapping[int, SubmissionPoint]) -> dict[int, Account]:
    """Who asked for what in the points of positions, by the points' numbers."""
    row_ids = {
        said.number: rows[said.number].point_id if said.number in rows else said.point_id for said in contents.points
    }
    accounts = accounts_of(
        [
            Said(row_id, WordingAction(said.action), said.existing, said.demanded)
            for said in contents.points
            if (row_id := row_ids.get(said.number)) is not None
        ]
    )
    return {number: accounts[row_id] for number, row_id in row_ids.items() if row_id in accounts}


def _view(
    said: SaidPoint,
    row: SubmissionPoint | None,
    position: Position | None,
    comment: Comment | None,
    bodies: Sequence[PublicBody],
    signed: int,
    account: Account | None,
) -> PointView:
    taken_up = row.point.comments if row is not None and row.point is not None else []
    answers = {answer.body_id: answer for answer in row.answers} if row is not None else {}
    return PointView(
        said=said,
        position=position,
        comments=[comment] if comment is not None else list(taken_up),
        answers=[(body, answers.get(body.id)) for body in bodies],
        signatories=signed,
        account=account,
    )


def answered_of(submission: Submission) -> Answered:
    bodies = addressees_in_order(submission)
    said = {body.id: [answer.outcome for point in submission.points for answer in point.answers
                      if answer.body_id == body.id] for body in bodies}  # fmt: skip
    rows = [OutcomeRow(outcome, [said[body.id].count(outcome) for body in bodies]) for outcome in Outcome]
    waiting = OutcomeRow(None, [len(submission.points) - len(said[body.id]) for body in bodies])
    return Answered(bodies, [*rows, waiting], len(submission.points), submission.answer_due_on)
