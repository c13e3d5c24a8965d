"""Finding positions and their frozen texts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, undefer

from participation.accounts.models import Viewer
from participation.comments.models import Comment
from participation.foundation.database import NotFound, session
from participation.foundation.paging import Page, page_of

from ..models import Point, Position, PositionState, PositionVersion
from ..rules import may_see_position, sees_drafts


def position_by_slug(slug: str, viewer: Viewer) -> Position:
    """The position with all that its page says; NotFound also when it is not the viewer's to see."""
    position = session.scalar(
        select(Position)
        .where(Position.slug == slug)
        .options(
            joinedload(Position.consultation),
            joinedload(Position.created_by),
            selectinload(Position.addressees),
            selectinload(Position.versions).options(undefer(PositionVersion.canonical)),
            selectinload(Position.points).selectinload(Point.provisions),
            selectinload(Position.points).selectinload(Point.comments).joinedload(Comment.organisation),
        )
    )
    if position is None or not may_see_position(viewer, position):
        raise NotFound(slug)
    return position


def position_in_brief(slug: str, viewer: Viewer) -> Position:
    """The position and its versions alone, for acts that do not show the text; NotFound as above."""
    position = session.scalar(select(Position).where(Position.slug == slug).options(selectinload(Position.versions)))
    if position is None or not may_see_position(viewer, position):
        raise NotFound(slug)
    return position


def hold(position: Position) -> None:
    """See the position's state as it is now, and keep others from changing it until the transaction ends.

    On SQLite the whole database is held already: a writing transaction begins IMMEDIATE.
    """
    session.flush()
    session.refresh(position, ["state", "revision"], with_for_update=True)


def positions_of(consultation_id: int) -> list[Position]:
    """The positions of a consultation that the public may read, oldest first."""
    found = session.scalars(
        select(Position)
        .where(Position.consultation_id == consultation_id, Position.state != PositionState.DRAFTED)
        .order_by(Position.id)
    )
    return list(found)


def positions_page(viewer: Viewer, number: int) -> Page[Position]:
    """Positions the viewer may see, newest first; each with its consultation loaded."""
    statement = select(Position).options(joinedload(Position.consultation)).order_by(Position.id.desc())
    if not sees_drafts(viewer):
        statement = statement.where(Position.state != PositionState.DRAFTED)
    return page_of(statement, number)


def position_by_form_key(form_key: str) -> Position | None:
    return session.scalar(select(Position).where(Position.form_key == form_key))


def is_slug_taken(slug: str) -> bool:
    return session.scalar(select(Position.id).where(Position.slug == slug)) is not None


def version_by_number(position: Position, number: int) -> PositionVersion:
    """The frozen text with this number; raises NotFound."""
    version = next((version for version in position.versions if version.number == number), None)
    if version is None:
        raise NotFound(str(number))
    return version


def version_by_fingerprint(position: Position, sha256: str) -> PositionVersion | None:
    return next((version for version in position.versions if version.sha256 == sha256), None)
