"""Finding positions and their frozen texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import joinedload, selectinload, undefer

from participation.accounts.models import Viewer
from participation.comments.models import Comment
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.collation import collation_key
from participation.foundation.database import NotFound, session
from participation.foundation.language import _
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


def position_of_thread(thread: str) -> Position | None:
    """The position that a thread of the ledger is about."""
    kind, _dash, number = thread.partition("-")
    if kind != "p" or not number.isdigit():
        return None
    return session.get(Position, int(number), options=[selectinload(Position.versions)])


def hold(position: Position) -> None:
    """See the position's state as it is now, and keep others from changing it until the transaction ends.

    On SQLite the whole database is held already: a writing transaction begins IMMEDIATE.
    """
    session.flush()
    before = position.revision
    session.refresh(position, ["state", "revision"], with_for_update=True)
    # Opening a version makes a new revision of the position: what we read before we waited is not the newest then.
    if position.revision != before:
        session.expire(position, ["versions"])


def positions_of(consultation_id: int) -> list[Position]:
    """The positions of a consultation that the public may read, oldest first."""
    found = session.scalars(
        select(Position)
        .where(Position.consultation_id == consultation_id, Position.state != PositionState.DRAFTED)
        .order_by(Position.id)
    )
    return list(found)


class Stage(StrEnum):
    """How far a position has come: its state, and whether it can still be signed."""

    DRAFTED = "drafted"
    OPEN = "open"
    ENDED = "ended"
    DELIVERED = "delivered"

    @property
    def label(self) -> Any:
        return {
            Stage.DRAFTED: _("being drafted"),
            Stage.OPEN: _("open for co-signing"),
            Stage.ENDED: _("co-signing has ended"),
            Stage.DELIVERED: _("delivered"),
        }[self]


@dataclass(frozen=True)
class Filters:
    """Empty values ask for nothing."""

    stage: Stage | None = None
    consultation: str = ""  # a slug

    def __bool__(self) -> bool:
        return bool(self.stage or self.consultation)


def positions_page(viewer: Viewer, filters: Filters, number: int) -> Page[Position]:
    """Positions the viewer may see, newest first; each with its consultation loaded."""
    statement = select(Position).where(_is_visible_to(viewer)).order_by(Position.id.desc())
    if filters.stage:
        statement = statement.where(_is_at(filters.stage))
    if filters.consultation:
        chosen = select(Consultation.id).where(Consultation.slug == filters.consultation)
        statement = statement.where(Position.consultation_id.in_(chosen))
    return page_of(statement.options(joinedload(Position.consultation)), number)


def consultations_with_positions(viewer: Viewer) -> list[tuple[str, str]]:
    """The slugs and titles of consultations that have a position the viewer may see, in the order of titles."""
    rows = session.execute(
        select(Consultation.slug, Consultation.title).join(Position).where(_is_visible_to(viewer)).distinct()
    ).all()
    return sorted(((slug, title) for slug, title in rows), key=lambda row: collation_key(row[1]))


def _is_visible_to(viewer: Viewer) -> ColumnElement[bool]:
    return true() if sees_drafts(viewer) else Position.state != PositionState.DRAFTED


def _is_at(stage: Stage) -> ColumnElement[bool]:
    if stage is Stage.DRAFTED:
        return Position.state == PositionState.DRAFTED
    if stage is Stage.DELIVERED:
        return Position.state == PositionState.DELIVERED
    newest = (
        select(func.max(PositionVersion.cosigning_until))
        .where(PositionVersion.position_id == Position.id)
        .scalar_subquery()
    )
    is_open = newest >= clock.now() if stage is Stage.OPEN else newest < clock.now()
    return and_(Position.state == PositionState.OPENED, is_open)


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
