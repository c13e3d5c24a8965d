"""Why a comment was left out of a position. A changed reason is a new row; the older ones are kept."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.comments.models import Comment
from participation.foundation import clock
from participation.foundation.database import Model, choice
from participation.foundation.language import _

from .positions import Point, Position


class OmissionKind(StrEnum):
    POINT = "point"
    GENERAL = "general"
    SUBJECT = "subject"
    LINE = "line"
    SUPPORT = "support"
    ELSEWHERE = "elsewhere"
    OTHER = "other"

    @property
    def label(self) -> Any:
        return {
            OmissionKind.POINT: _("a point of the position says it already"),
            OmissionKind.GENERAL: _("the general part of the position says it"),
            OmissionKind.SUBJECT: _("it is outside the subject of the position"),
            OmissionKind.LINE: _("it goes against the common line"),
            OmissionKind.SUPPORT: _("it does not have enough support"),
            OmissionKind.ELSEWHERE: _("it belongs in another submission"),
            OmissionKind.OTHER: _("another reason"),
        }[self]


def reason_in_words(kind: OmissionKind, point: int | None) -> Any:
    """Why, with the number of the point that says it already; of another reason, only that it is another."""
    if kind == OmissionKind.POINT and point:
        return _("point %(number)s says it already", number=point)
    return OmissionKind(kind).label


class Omission(Model):
    """It holds from the version that was being written when it was recorded, `since_version`, up to but without
    `until_version`, so that what was frozen keeps its reasons while the next version is written.

    `point_id` says which point says it already; it is empty once that point was removed. `point_number` is the
    number of that point in the newest frozen text, which does not change when the points of a draft do.
    """

    __tablename__ = "omissions"
    __table_args__ = (
        CheckConstraint("kind <> 'other' or words <> ''", name="another_reason_is_in_words"),
        CheckConstraint("point_id is null or kind = 'point'", name="only_what_is_said_has_a_point"),
        CheckConstraint("(ended_at is null) = (until_version is null)", name="what_ended_has_a_version"),
        Index(
            "uq_omissions_one_stands",
            "position_id",
            "comment_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    kind: Mapped[OmissionKind] = mapped_column(choice(OmissionKind, 10))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("points.id", ondelete="SET NULL"), index=True)
    point_number: Mapped[int | None]
    words: Mapped[str] = mapped_column(Text, default="")
    since_version: Mapped[int]
    until_version: Mapped[int | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]

    position: Mapped[Position] = relationship(Position)
    comment: Mapped[Comment] = relationship(Comment)
    point: Mapped[Point | None] = relationship(Point)
    recorded_by: Mapped[User] = relationship(User, foreign_keys=[recorded_by_id])

    @property
    def reason(self) -> Any:
        """As it stands in the draft."""
        return reason_in_words(self.kind, self.point.number if self.point else None)
