"""What a draft is made of: comments, points, and the discussion."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation.comments.models import Comment, FurtherChange
from participation.consultations.models import Provision
from participation.foundation.database import NotFound, session

from ..models import Point, Position, Remark


@dataclass(frozen=True)
class CommentsOnProvision:
    """What members said about one provision; `provision` is None for the whole draft."""

    provision: Provision | None
    comments: list[Comment]


def by_provision(comments: Sequence[Comment]) -> list[CommentsOnProvision]:
    """Comments grouped by what they are about, in the order of the draft; the whole draft comes first.

    A provision keeps its key through the versions of a draft, so comments on an older
    version stand with those on the newest.
    """
    groups: dict[str, list[Comment]] = {}
    for comment in comments:
        groups.setdefault(comment.provision.key if comment.provision else "", []).append(comment)
    made = [CommentsOnProvision(_newest_provision(group), group) for group in groups.values()]
    return sorted(made, key=lambda group: group.provision.position if group.provision else 0)


def _newest_provision(comments: Sequence[Comment]) -> Provision | None:
    provisions = [comment.provision for comment in comments if comment.provision is not None]
    return max(provisions, key=lambda provision: provision.version_id, default=None)


def comments_with_changes(ids: Collection[int]) -> list[Comment]:
    """These comments, whichever there are, with all that they propose to change."""
    if not ids:
        return []
    changes = selectinload(Comment.further_changes).joinedload(FurtherChange.provision)
    found = session.scalars(select(Comment).where(Comment.id.in_(ids)).order_by(Comment.id).options(changes))
    return list(found)


def points_of(position: Position) -> list[Point]:
    """Its points as they are stored at this moment, whatever this session had read before."""
    found = session.scalars(
        select(Point)
        .where(Point.position_id == position.id)
        .order_by(Point.number)
        .execution_options(populate_existing=True)
    )
    return list(found)


def point_of(position: Position, point_id: int) -> Point:
    """The point of this position with this id; raises NotFound."""
    point = next((point for point in position.points if point.id == point_id), None)
    if point is None:
        raise NotFound(str(point_id))
    return point


def point_by_form_key(form_key: str) -> Point | None:
    return session.scalar(select(Point).where(Point.form_key == form_key))


def remarks_on(position: Position) -> list[Remark]:
    """The discussion, oldest word first."""
    found = session.scalars(
        select(Remark)
        .where(Remark.position_id == position.id)
        .options(joinedload(Remark.author), joinedload(Remark.organisation))
        .order_by(Remark.posted_at, Remark.id)
    )
    return list(found)


def remark_by_form_key(form_key: str) -> Remark | None:
    return session.scalar(select(Remark).where(Remark.form_key == form_key))
