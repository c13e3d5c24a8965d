"""What public positions made of comments: into which point they were taken, or why they were left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, null, select, union_all
from sqlalchemy.orm import joinedload

from participation.accounts.models import User
from participation.comments.models import Comment, CommentState
from participation.consultations.models import Consultation
from participation.foundation.database import session
from participation.foundation.language import _

from ..models import Omission, OmissionKind, Point, Position, PositionState, comments_of_points, reason_in_words
from .omissions import holds_in, newest_number


@dataclass(frozen=True, slots=True)
class Fate:
    """What one position made of one comment. Without a `kind` its point of this number took it up."""

    position_id: int
    slug: str
    title: str
    language: str
    point: int
    kind: OmissionKind | None
    words: str

    @property
    def is_taken(self) -> bool:
        return self.kind is None or self.kind == OmissionKind.GENERAL

    @property
    def reason(self) -> Any:
        """Why it was left out; empty for what was taken up."""
        return "" if self.is_taken or self.kind is None else reason_in_words(self.kind, self.point)

    @property
    def in_words(self) -> str:
        """All of it on one line."""
        if self.kind is None:
            return str(_("taken into point %(number)s", number=self.point))
        if self.kind == OmissionKind.GENERAL:
            return str(_("taken into the general part"))
        why = self.words if self.kind == OmissionKind.OTHER else f"{self.reason}. {self.words}".removesuffix(". ")
        return str(_("left out: %(reason)s", reason=" ".join(why.split())))


def fates_of(comments: Collection[int]) -> dict[int, list[Fate]]:
    """By the number of the comment, in the order of positions and points; one statement."""
    return _fates(Comment.id.in_(comments)) if comments else {}


def fates_in(consultation: Consultation) -> dict[int, list[Fate]]:
    """The same for all comments of a consultation."""
    return _fates(Comment.consultation_id == consultation.id)


def _fates(chosen: ColumnElement[bool]) -> dict[int, list[Fate]]:
    found: dict[int, list[Fate]] = {}
    for comment_id, *row in session.execute(_statement(chosen)):
        fates = found.setdefault(comment_id, [])
        position_id, slug, title, language, point, kind, words = row
        # What the next version is to take up counts as taken: the reason against it is about to end.
        is_settled = kind is not None and any(one.position_id == position_id for one in fates)
        if not is_settled:
            made = OmissionKind(kind) if kind is not None else None
            fates.append(Fate(position_id, slug, title, language, point or 0, made, words))
    return found


def _statement(chosen: ColumnElement[bool]) -> Select[Any]:
    position = (Position.id.label("position_id"), Position.slug, Position.title, Position.language)
    taken = (
        select(Comment.id, *position, Point.number.label("point"), null().label("kind"), literal("").label("words"))
        .join(comments_of_points, comments_of_points.c.comment_id == Comment.id)
        .join(Point, Point.id == comments_of_points.c.point_id)
        .join(Position, Position.id == Point.position_id)
        .where(chosen, Comment.state == CommentState.VISIBLE, Position.state != PositionState.DRAFTED)
    )
    left_out = (
        select(Comment.id, *position, Omission.point_number, Omission.kind, Omission.words)
        .join(Omission, Omission.comment_id == Comment.id)
        .join(Position, Position.id == Omission.position_id)
        .where(chosen, Comment.state == CommentState.VISIBLE, holds_in(newest_number()))
    )
    both = union_all(taken, left_out).subquery()
    return select(both).order_by(both.c.id, both.c.position_id, both.c.kind.is_not(None), both.c.point)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A comment with what one position made of it."""

    comment: Comment
    fates: list[Fate]


def weighed_by_author(position: Position) -> dict[User, list[Weighed]]:
    """The comments that the newest text of a position took up or left out, by their authors. Two statements.

    People who cannot sign in any more are left out.
    """
    found = {
        number: [fate for fate in fates if fate.position_id == position.id]
        for number, fates in fates_in(position.consultation).items()
    }
    numbers = [number for number, fates in found.items() if fates]
    comments = session.scalars(
        select(Comment)
        .join(User, User.id == Comment.author_id)
        .where(Comment.id.in_(numbers), User.active.is_(True))
        .options(joinedload(Comment.author), joinedload(Comment.provision))
        .order_by(Comment.author_id, Comment.posted_at, Comment.id)
    )
    told: dict[User, list[Weighed]] = {}
    for comment in comments:
        told.setdefault(comment.author, []).append(Weighed(comment, found[comment.id]))
    return told
