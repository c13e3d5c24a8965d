"""The way on from comments: which positions took them up, where they were sent, what was answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, null, select, union_all

from participation.bodies.models import PublicBody
from participation.foundation.database import session
from participation.positions.models import Point, Position, PositionState, comments_of_points
from participation.positions.queries import Fate, fates_of
from participation.texts.uptake import Verdict

from ..models import (
    Answer,
    Outcome,
    PointUptake,
    Submission,
    SubmissionPoint,
    SubmissionState,
    UptakeConfirmation,
    verdict_label,
)
from .adoption import STANDS, standing_verdict


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A point of a public position that was made from a comment."""

    slug: str
    title: str
    language: str
    number: int


@dataclass(frozen=True, slots=True)
class SentPoint:
    """A point of a submission that carried a comment. `answers` are bodies' names and what they answered; `adopted`
    is what became of it in the adopted text, and `is_checked` whether a person says so."""

    slug: str
    title: str
    language: str
    number: int
    answers: list[tuple[str, Outcome]] = field(default_factory=list)
    adopted: Verdict | None = None
    is_checked: bool = False

    @property
    def adopted_label(self) -> Any:
        return verdict_label(self.adopted) if self.adopted is not None else ""


@dataclass(frozen=True, slots=True)
class WayOn:
    """What became of one comment so far."""

    points: list[TakenUp] = field(default_factory=list)
    sent: list[SentPoint] = field(default_factory=list)
    weighed: list[Fate] = field(default_factory=list)  # by positions that took it up in no point of theirs


def ways_on_from_comments(comments: Collection[int], weighed: Collection[int] | None = None) -> dict[int, WayOn]:
    """By the number of the comment, in two statements; comments that nothing became of are left out.

    `weighed` are those of them that a position may have left out, if that is known; without any it is one statement.
    """
    found: dict[int, WayOn] = {}
    for row in _rows(comments) if comments else []:
        way = found.setdefault(row.comment_id, WayOn())
        if row.position is not None:
            point = TakenUp(row.position, row.position_title, row.position_language, row.point)
            if point not in way.points:
                way.points.append(point)
        if row.submission is not None:
            _add_sent(way.sent, row)
    for comment_id, fates in fates_of(comments if weighed is None else weighed).items():
        found.setdefault(comment_id, WayOn()).weighed.extend(fate for fate in fates if fate.kind is not None)
    return {comment_id: way for comment_id, way in found.items() if way.points or way.sent or way.weighed}


def _add_sent(sent: list[SentPoint], row: Any) -> None:
    point = next((known for known in sent if (known.slug, known.number) == (row.submission, row.number)), None)
    if point is None:
        adopted = Verdict(row.adopted) if row.adopted is not None else None
        point = SentPoint(
            row.submission, row.submission_title, row.submission_language, row.number,
            adopted=adopted, is_checked=row.checked is not None,
        )  # fmt: skip
        sent.append(point)
    if row.outcome is not None:
        point.answers.append((row.body, Outcome(row.outcome)))


def _rows(comments: Collection[int]) -> Sequence[Any]:
    within_positions = (
        select(comments_of_points.c.comment_id, comments_of_points.c.point_id, SubmissionPoint.id.label("sent_id"))
        .outerjoin(SubmissionPoint, SubmissionPoint.point_id == comments_of_points.c.point_id)
        .where(comments_of_points.c.comment_id.in_(comments))
    )
    by_themselves = select(SubmissionPoint.comment_id, null().label("point_id"), SubmissionPoint.id).where(
        SubmissionPoint.comment_id.in_(comments)
    )
    carried = union_all(within_positions, by_themselves).subquery("carried")
    return session.execute(
        select(
            carried.c.comment_id,
            Position.slug.label("position"),
            Position.title.label("position_title"),
            Position.language.label("position_language"),
            Point.number.label("point"),
            Submission.slug.label("submission"),
            Submission.title.label("submission_title"),
            Submission.language.label("submission_language"),
            SubmissionPoint.number,
            PublicBody.name.label("body"),
            Answer.outcome,
            standing_verdict().label("adopted"),
            UptakeConfirmation.id.label("checked"),
        )
        .select_from(carried)
        .outerjoin(Point, Point.id == carried.c.point_id)
        .outerjoin(Position, and_(Position.id == Point.position_id, Position.state != PositionState.DRAFTED))
        .outerjoin(SubmissionPoint, SubmissionPoint.id == carried.c.sent_id)
        .outerjoin(
            Submission,
            and_(Submission.id == SubmissionPoint.submission_id, Submission.state == SubmissionState.SENT),
        )
        .outerjoin(Answer, Answer.point_id == SubmissionPoint.id)
        .outerjoin(PublicBody, PublicBody.id == Answer.body_id)
        .outerjoin(PointUptake, PointUptake.point_id == SubmissionPoint.id)
        .outerjoin(UptakeConfirmation, STANDS)
        .order_by(
            Position.id, Point.number, Submission.sent_on, Submission.id, SubmissionPoint.number, PublicBody.name
        )
    ).all()
