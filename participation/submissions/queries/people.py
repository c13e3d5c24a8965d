"""Who took part in what a submission says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select, union

from participation.accounts.models import User
from participation.comments.models import Comment, Support
from participation.foundation.database import session
from participation.organisations.models import Membership, MembershipRole, MembershipState
from participation.positions.models import Point, comments_of_points

from ..models import Signatory, Submission, SubmissionPoint

REPRESENTS = (Membership.role == MembershipRole.REPRESENTATIVE, Membership.state == MembershipState.LIVE)


@dataclass(frozen=True)
class Concerned:
    """A person, and the points (rows of the submission, in their order) that concern this person."""

    person: User
    points: tuple[SubmissionPoint, ...]


def people_to_tell(submission: Submission) -> list[User]:
    """Everybody whom a point of the submission concerns; each once."""
    return [one.person for one in concerned_by(submission)]


def concerned_by(submission: Submission) -> list[Concerned]:
    """Who asked for a point, supported what was taken up into it, or signed it, each with the own points.

    For an organisation these are its representatives now, and whoever gave its support. Five statements.
    """
    asked: dict[int, set[int]] = {}
    for statement in (_signed(), _supported_by_representatives(), _supported(), _taken_up(), _by_themselves()):
        for user_id, point_id in session.execute(statement.where(SubmissionPoint.submission_id == submission.id)):
            asked.setdefault(user_id, set()).add(point_id)
    people = session.scalars(select(User).where(User.id.in_(asked), User.active.is_(True)).order_by(User.id))
    points = submission.points
    return [Concerned(one, tuple(point for point in points if point.id in asked[one.id])) for one in people]


def _signed() -> Any:
    return (
        select(Membership.user_id, SubmissionPoint.id)
        .select_from(SubmissionPoint)
        .join(Point, Point.id == SubmissionPoint.point_id)
        .join(
            Signatory,
            and_(
                Signatory.submission_id == SubmissionPoint.submission_id, Signatory.position_id == Point.position_id
            ),
        )
        .join(Membership, Membership.organisation_id == Signatory.organisation_id)
        .where(*REPRESENTS)
    )


def _carried() -> Any:
    """Each point with the comments that stand in it: taken up into a position, or carried by themselves."""
    through_positions = select(
        SubmissionPoint.id.label("row"), comments_of_points.c.comment_id.label("comment")
    ).join(comments_of_points, comments_of_points.c.point_id == SubmissionPoint.point_id)
    by_themselves = select(SubmissionPoint.id, SubmissionPoint.comment_id).where(
        SubmissionPoint.comment_id.is_not(None)
    )
    return union(through_positions, by_themselves).subquery()


def _supported() -> Any:
    carried = _carried()
    return (
        select(Support.user_id, SubmissionPoint.id)
        .join(carried, carried.c.comment == Support.comment_id)
        .join(SubmissionPoint, SubmissionPoint.id == carried.c.row)
    )


def _supported_by_representatives() -> Any:
    carried = _carried()
    return (
        select(Membership.user_id, SubmissionPoint.id)
        .join(Support, Support.organisation_id == Membership.organisation_id)
        .join(carried, carried.c.comment == Support.comment_id)
        .join(SubmissionPoint, SubmissionPoint.id == carried.c.row)
        .where(*REPRESENTS)
    )


def _taken_up() -> Any:
    return (
        select(Comment.author_id, SubmissionPoint.id)
        .join(comments_of_points, comments_of_points.c.comment_id == Comment.id)
        .join(SubmissionPoint, SubmissionPoint.point_id == comments_of_points.c.point_id)
    )


def _by_themselves() -> Any:
    return select(Comment.author_id, SubmissionPoint.id).join(
        SubmissionPoint, SubmissionPoint.comment_id == Comment.id
    )
