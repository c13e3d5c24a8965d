"""Positions, their points, the discussion of the draft, and the version that is frozen."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from participation.accounts.models import User
from participation.bodies.models import PublicBody
from participation.comments.models import Comment, WordingAction
from participation.consultations.models import Consultation, Provision
from participation.foundation import clock
from participation.foundation.database import Base, Model, choice, new_key
from participation.foundation.language import _
from participation.organisations.models import Organisation


class PositionState(StrEnum):
    DRAFTED = "drafted"
    OPENED = "opened"
    # The next version is being written, while the last one stays frozen and open.
    REVISED = "revised"
    DELIVERED = "delivered"

    @property
    def label(self) -> Any:
        return {
            PositionState.DRAFTED: _("being drafted"),
            PositionState.OPENED: _("text frozen"),
            PositionState.REVISED: _("next version being drafted"),
            PositionState.DELIVERED: _("delivered"),
        }[self]


addressees_of_positions = Table(
    "addressees_of_positions",
    Base.metadata,
    Column("position_id", ForeignKey("positions.id", ondelete="CASCADE"), primary_key=True),
    Column("body_id", ForeignKey("public_bodies.id"), primary_key=True),
)
provisions_of_points = Table(
    "provisions_of_points",
    Base.metadata,
    Column("point_id", ForeignKey("points.id", ondelete="CASCADE"), primary_key=True),
    Column("provision_id", ForeignKey("provisions.id"), primary_key=True),
)
comments_of_points = Table(
    "comments_of_points",
    Base.metadata,
    Column("point_id", ForeignKey("points.id", ondelete="CASCADE"), primary_key=True),
    Column("comment_id", ForeignKey("comments.id"), primary_key=True, index=True),
)


class Position(Model):
    __tablename__ = "positions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    title: Mapped[str] = mapped_column(String(500))
    language: Mapped[str] = mapped_column(String(8), default="sl")
    summary: Mapped[str] = mapped_column(Text, default="")  # key demands, one a line
    general: Mapped[str] = mapped_column(Text, default="")  # Markdown
    general_html: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[PositionState] = mapped_column(choice(PositionState, 12), default=PositionState.DRAFTED, index=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    delivered_at: Mapped[datetime | None]
    # One form is one position, however often its button is pressed.
    form_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)
    # Grows with every edit; a form that was filled in against an older one is a conflict.
    revision: Mapped[int] = mapped_column(default=1)

    consultation: Mapped[Consultation] = relationship(Consultation)
    created_by: Mapped[User] = relationship(User)
    addressees: Mapped[list[PublicBody]] = relationship(
        PublicBody, secondary=addressees_of_positions, order_by=PublicBody.name
    )
    points: Mapped[list[Point]] = relationship(
        "Point", back_populates="position", order_by="Point.number", cascade="all, delete-orphan"
    )
    versions: Mapped[list[PositionVersion]] = relationship(
        "PositionVersion", back_populates="position", order_by="PositionVersion.number"
    )

    __mapper_args__ = {"version_id_col": revision}

    @property
    def frozen(self) -> PositionVersion | None:
        """The version that is or was open for co-signing; None while the text is drafted."""
        return self.versions[-1] if self.versions else None

    @property
    def state_label(self) -> Any:
        return PositionState(self.state).label

    @property
    def key_demands(self) -> list[str]:
        return [line.strip() for line in self.summary.splitlines() if line.strip()]

    @property
    def is_drafted(self) -> bool:
        return self.state == PositionState.DRAFTED

    @property
    def is_revised(self) -> bool:
        return self.state == PositionState.REVISED

    @property
    def is_written(self) -> bool:
        """Its points can be changed: there is no frozen text yet, or the next one is being written."""
        return self.state in (PositionState.DRAFTED, PositionState.REVISED)

    @property
    def is_delivered(self) -> bool:
        return self.state == PositionState.DELIVERED

    @property
    def incomplete_points(self) -> list[Point]:
        """The points that do not say what they demand yet."""
        return [point for point in self.points if not point.is_complete]


class Point(Model):
    """One demand: which provisions, how they read now, how they should read, and why."""

    __tablename__ = "points"

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    action: Mapped[WordingAction] = mapped_column(choice(WordingAction, 8), default=WordingAction.CHANGE)
    existing: Mapped[str] = mapped_column(Text, default="")
    demanded: Mapped[str] = mapped_column(Text, default="")
    difference_html: Mapped[str] = mapped_column(Text, default="")  # made when the point is saved
    reasons: Mapped[str] = mapped_column(Text, default="")  # Markdown
    reasons_html: Mapped[str] = mapped_column(Text, default="")
    form_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)
    # Two people may write two points at once; only the same point is a conflict.
    revision: Mapped[int] = mapped_column(default=1)

    position: Mapped[Position] = relationship(Position, back_populates="points")
    provisions: Mapped[list[Provision]] = relationship(
        Provision, secondary=provisions_of_points, order_by=Provision.position
    )
    comments: Mapped[list[Comment]] = relationship(Comment, secondary=comments_of_points, order_by=Comment.id)

    __mapper_args__ = {"version_id_col": revision}

    @property
    def article(self) -> str:
        """What the point is about, in words: the paths of its provisions."""
        return "; ".join(provision.path or provision.label for provision in self.provisions)

    @property
    def is_as_drafted(self) -> bool:
        """Nobody has written it, or decided on its proposals, since it was made."""
        return self.revision == 1

    @property
    def is_complete(self) -> bool:
        return self.action == WordingAction.DELETE or bool(self.demanded.strip())


class PositionVersion(Model):
    """The exact text that organisations sign. `canonical` and `sha256` never change: a
    trigger of the database refuses it too."""

    __tablename__ = "position_versions"
    __table_args__ = (UniqueConstraint("position_id", "number", name="uq_position_versions_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    number: Mapped[int]
    canonical: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    sha256: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    cosigning_until: Mapped[datetime]

    position: Mapped[Position] = relationship(Position, back_populates="versions")

    @property
    def is_open(self) -> bool:
        """Signatures are still accepted: the deadline has not passed (inclusive)."""
        return clock.now() <= self.cosigning_until

    @property
    def last_day(self) -> date:
        """The last day on which an organisation can sign."""
        return clock.local(self.cosigning_until).date()


class Remark(Model):
    """A word in the discussion of a position that is being drafted."""

    __tablename__ = "remarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    posted_at: Mapped[datetime] = mapped_column(default=clock.now)
    form_key: Mapped[str] = mapped_column(String(40), unique=True)

    position: Mapped[Position] = relationship(Position)
    author: Mapped[User] = relationship(User)
    organisation: Mapped[Organisation | None] = relationship(Organisation)
