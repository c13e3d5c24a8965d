"""A consultation: what is asked, of whom, and until when."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from participation.accounts.models import User
from participation.bodies.models import Level, PublicBody
from participation.foundation import clock
from participation.foundation.database import Model, choice, new_key
from participation.foundation.files import StoredFile
from participation.foundation.language import _

if TYPE_CHECKING:
    from .drafts import TextVersion


class ConsultationState(StrEnum):
    PREPARING = "preparing"
    PUBLISHED = "published"


class Audience(StrEnum):
    """Who may comment."""

    MEMBERS = "members"
    REGISTERED = "registered"

    @property
    def label(self) -> Any:
        return {
            Audience.MEMBERS: _("members of the network"),
            Audience.REGISTERED: _("anyone who registers"),
        }[self]


class Phase(StrEnum):
    """Where a consultation stands today, in this order."""

    PREPARING = "preparing"
    ANNOUNCED = "announced"
    OPEN = "open"
    POSITIONS = "positions"
    COSIGNING = "cosigning"
    SUBMITTED = "submitted"
    ANSWERED = "answered"
    CONCLUDED = "concluded"

    @property
    def label(self) -> Any:
        return {
            Phase.PREPARING: _("in preparation"),
            Phase.ANNOUNCED: _("announced"),
            Phase.OPEN: _("open for comments"),
            Phase.POSITIONS: _("positions are drafted"),
            Phase.COSIGNING: _("open for co-signing"),
            Phase.SUBMITTED: _("submitted"),
            Phase.ANSWERED: _("answered"),
            Phase.CONCLUDED: _("concluded"),
        }[self]


class Deadline(StrEnum):
    """A date that can be moved after publication, with a reason that everybody can read."""

    INTERNAL = "internal"
    COSIGNING = "cosigning"
    OFFICIAL = "official"

    @property
    def label(self) -> Any:
        return {
            Deadline.INTERNAL: _("deadline for comments"),
            Deadline.COSIGNING: _("first day of co-signing"),
            Deadline.OFFICIAL: _("official deadline"),
        }[self]


def folded(words: str) -> str:
    """Words as they are searched: small letters without diacritics, single spaces."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


class Consultation(Model):
    """The dates decide the phase: comments until `internal_deadline_on` (inclusive), then
    positions; co-signing from `cosigning_from_on` until `official_deadline_on` (inclusive)."""

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint("opens_on <= internal_deadline_on", name="opens_before_it_closes"),
        CheckConstraint(
            "official_deadline_on is null or internal_deadline_on <= official_deadline_on",
            name="internal_before_official",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    # The title without diacritics and in small letters, so that "sola" finds "Šola".
    folded_title: Mapped[str] = mapped_column(String(500), default="")
    language: Mapped[str] = mapped_column(String(8), default="sl")
    summary: Mapped[str] = mapped_column(Text, default="")
    summary_html: Mapped[str] = mapped_column(Text, default="")
    why_it_matters: Mapped[str] = mapped_column(Text, default="")
    why_it_matters_html: Mapped[str] = mapped_column(Text, default="")
    body_id: Mapped[int | None] = mapped_column(ForeignKey("public_bodies.id"), index=True)
    level: Mapped[Level] = mapped_column(choice(Level, 20), default=Level.REGIONAL)
    municipalities: Mapped[list[str]] = mapped_column(default=list)
    topics: Mapped[list[str]] = mapped_column(default=list)
    act_kind: Mapped[str] = mapped_column(String(120), default="")
    identifiers: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"eva", "epa", "gazette"}
    published_at_address: Mapped[str] = mapped_column(String(500), default="")
    published_by_body_on: Mapped[date | None]
    period_rule: Mapped[str] = mapped_column(String(40), default="")  # a key of the installation
    contact: Mapped[str] = mapped_column(String(300), default="")
    links: Mapped[list[dict[str, Any]]] = mapped_column(default=list)  # {"title", "address"}
    audience: Mapped[Audience] = mapped_column(choice(Audience, 20), default=Audience.MEMBERS)
    is_express: Mapped[bool] = mapped_column(default=False)

    state: Mapped[ConsultationState] = mapped_column(
        choice(ConsultationState, 12), default=ConsultationState.PREPARING, index=True
    )
    opens_on: Mapped[date]
    internal_deadline_on: Mapped[date] = mapped_column(index=True)
    cosigning_from_on: Mapped[date | None]
    official_deadline_on: Mapped[date | None]
    submitted_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    concluded_on: Mapped[date | None]

    # Empty when the draft came in from the command line.
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    # One form is one consultation, however often its button is pressed.
    form_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)
    # Grows with every edit; a form that was filled in against an older one is a conflict.
    revision: Mapped[int] = mapped_column(default=1)

    body: Mapped[PublicBody | None] = relationship(PublicBody)
    created_by: Mapped[User | None] = relationship(User)
    versions: Mapped[list[TextVersion]] = relationship(
        "TextVersion", back_populates="consultation", order_by="TextVersion.number"
    )
    # What the draft became, once it is published here.
    adopted_text: Mapped[TextVersion | None] = relationship(
        "TextVersion",
        primaryjoin="and_(TextVersion.consultation_id == Consultation.id, TextVersion.adopted_on.is_not(None))",
        viewonly=True,
    )

    __mapper_args__ = {"version_id_col": revision}

    @validates("title")
    def _fold_title(self, name: str, title: str) -> str:
        self.folded_title = folded(title)[:500]
        return title

    @property
    def phase(self) -> Phase:
        return self.phase_on(clock.today())

    def phase_on(self, day: date) -> Phase:
        if self.state == ConsultationState.PREPARING:
            return Phase.PREPARING
        for since, phase in (
            (self.concluded_on, Phase.CONCLUDED),
            (self.answered_on, Phase.ANSWERED),
            (self.submitted_on, Phase.SUBMITTED),
        ):
            if since is not None and since <= day:
                return phase
        if day < self.opens_on:
            return Phase.ANNOUNCED
        if day <= self.internal_deadline_on:
            return Phase.OPEN
        if self.cosigning_from_on is not None and day >= self.cosigning_from_on:
            return Phase.COSIGNING
        return Phase.POSITIONS

    @property
    def audience_label(self) -> Any:
        return Audience(self.audience).label

    @property
    def level_label(self) -> Any:
        return Level(self.level).label

    @property
    def is_public(self) -> bool:
        return self.state == ConsultationState.PUBLISHED


class DeadlineChange(Model):
    """A deadline was moved: which, from when to when, by whom and why. Rows are only added."""

    __tablename__ = "deadline_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    deadline: Mapped[Deadline] = mapped_column(choice(Deadline, 12))
    before_on: Mapped[date | None]
    after_on: Mapped[date]
    because: Mapped[str] = mapped_column(Text)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)


class Attachment(Model):
    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    form_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)

    file: Mapped[StoredFile] = relationship(StoredFile)
