"""What did not get into a position: the comments that it has not taken up, and why they were left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from participation.accounts.models import User
from participation.comments.models import Comment, CommentState
from participation.comments.queries.speakers import public_name, spoken_organisation
from participation.comments.queries.standing import Standing
from participation.consultations.models import Provision
from participation.foundation.database import session
from participation.organisations.models import Organisation

from ..models import Omission, OmissionKind, Point, Position, PositionVersion, comments_of_points, reason_in_words


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A comment that a position left out. `speaker` is empty for a person whose name is not public; `point` is the
    number of the point that says it already, 0 without one."""

    comment_id: int
    speaker: str
    key: str
    path: str
    excerpt: str
    wording_excerpt: str
    language: str
    kind: OmissionKind
    words: str
    point: int

    @property
    def reason(self) -> Any:
        return reason_in_words(self.kind, self.point)

    @property
    def is_in_general_part(self) -> bool:
        """It was taken up, although in no point."""
        return self.kind == OmissionKind.GENERAL


def untaken_comments(position: Position) -> list[Comment]:
    """The comments that no point of it takes up, in the order of the draft as it reads now. One statement."""
    standing = Standing()
    statement = (
        _weighed(standing, select(Comment), position)
        .where(Comment.id.not_in(_taken(position)))
        .options(joinedload(Comment.provision), joinedload(Comment.organisation), joinedload(Comment.author))
        .order_by(standing.position, Comment.posted_at, Comment.id)
    )
    return list(session.scalars(statement))


def unexplained_count(position: Position) -> int:
    """So many comments are neither taken up nor left out with a reason."""
    explained = select(Omission.comment_id).where(Omission.position_id == position.id, Omission.ended_at.is_(None))
    statement = _weighed(Standing(), select(func.count(Comment.id)), position).where(
        Comment.id.not_in(_taken(position)), Comment.id.not_in(explained)
    )
    return session.scalar(statement) or 0


def omissions_of(position: Position) -> list[Omission]:
    """All that was ever said of why comments are left out of it, the newest first."""
    found = session.scalars(
        select(Omission)
        .where(Omission.position_id == position.id)
        .options(joinedload(Omission.recorded_by), joinedload(Omission.point))
        .order_by(Omission.id.desc())
    )
    return list(found)


def standing_omissions(position: Position, comments: Collection[int]) -> dict[int, Omission]:
    """What stands of these comments, by their numbers, as it is stored at this moment."""
    found = session.scalars(
        select(Omission)
        .where(Omission.position_id == position.id, Omission.comment_id.in_(comments), Omission.ended_at.is_(None))
        .execution_options(populate_existing=True)
    )
    return {omission.comment_id: omission for omission in found}


def omissions_of_taken(position: Position) -> list[Omission]:
    """What stands although a point takes the comment up by now."""
    found = session.scalars(
        select(Omission).where(
            Omission.position_id == position.id,
            Omission.ended_at.is_(None),
            Omission.comment_id.in_(_taken(position)),
        )
    )
    return list(found)


def points_of_omissions(position: Position) -> dict[int, int]:
    """The rows of the points that say what is left out, by the numbers of the omissions."""
    rows = session.execute(
        select(Omission.id, Omission.point_id).where(
            Omission.position_id == position.id, Omission.ended_at.is_(None), Omission.point_id.is_not(None)
        )
    )
    return {omission_id: point_id for omission_id, point_id in rows if point_id is not None}


def left_out_of(position: Position, number: int) -> list[LeftOut]:
    """What its version of this number leaves out, in the order of the draft; the number after the last one is of the
    text that is being written. One statement; hidden comments are not there."""
    standing = Standing()
    point = Omission.point_number if number <= len(position.versions) else Point.number
    statement = (
        select(
            Comment.id,
            func.coalesce(spoken_organisation(), public_name()),
            func.coalesce(standing.provision.key, Provision.key, ""),
            func.coalesce(standing.provision.path, Provision.path, ""),
            Comment.excerpt,
            Comment.wording_excerpt,
            Comment.language,
            Omission.kind,
            Omission.words,
            func.coalesce(point, 0),
        )
        .select_from(Omission)
        .join(Comment, Comment.id == Omission.comment_id)
        .join(User, User.id == Comment.author_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .outerjoin(Provision, Provision.id == Comment.provision_id)
        .outerjoin(Point, Point.id == Omission.point_id)
        .where(Omission.position_id == position.id, Comment.state == CommentState.VISIBLE, holds_in(number))
        .order_by(standing.position, Comment.posted_at, Comment.id)
    )
    rows: Any = session.execute(standing.join(statement))
    return [LeftOut(*row) for row in rows]


def holds_in(number: Any) -> Any:
    """The condition on omissions that they hold in the version of this number."""
    return and_(
        Omission.since_version <= number, or_(Omission.until_version.is_(None), Omission.until_version > number)
    )


def newest_number() -> Any:
    """The number of the newest frozen text of a position; null while there is none."""
    return (
        select(func.max(PositionVersion.number))
        .where(PositionVersion.position_id == Position.id)
        .correlate(Position)
        .scalar_subquery()
    )


def _taken(position: Position) -> Select[Any]:
    return (
        select(comments_of_points.c.comment_id)
        .join(Point, Point.id == comments_of_points.c.point_id)
        .where(Point.position_id == position.id)
    )


def _weighed(standing: Standing, statement: Select[Any], position: Position) -> Any:
    """The comments that a position answers for: those that can be read, of its consultation, replies left out, and
    not those whose words and provision are no longer in the text."""
    return standing.join(statement.outerjoin(Provision, Provision.id == Comment.provision_id)).where(
        Comment.consultation_id == position.consultation_id,
        Comment.parent_id.is_(None),
        Comment.state == CommentState.VISIBLE,
        or_(standing.place.comment_id.is_(None), ~standing.is_gone),
    )
