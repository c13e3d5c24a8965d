"""Organisations of the network, and those that ask to belong to it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import Model, choice, new_key
from participation.foundation.language import _

# A declined application keeps its name and numbers, and leaves them free for others.
_NOT_DECLINED = text("state != 'declined'")


def _unique_unless_declined(column: str) -> Index:
    return Index(
        f"uq_organisations_{column}", column, unique=True, sqlite_where=_NOT_DECLINED, postgresql_where=_NOT_DECLINED
    )


class OrganisationState(StrEnum):
    APPLIED = "applied"
    ASKED_BACK = "asked-back"
    ADMITTED = "admitted"
    DECLINED = "declined"
    LEFT = "left"

    @property
    def label(self) -> Any:
        return {
            OrganisationState.APPLIED: _("application waits for the office"),
            OrganisationState.ASKED_BACK: _("asked to complete the application"),
            OrganisationState.ADMITTED: _("member of the network"),
            OrganisationState.DECLINED: _("application declined"),
            OrganisationState.LEFT: _("left the network"),
        }[self]


class PresenceKind(StrEnum):
    """How an organisation belongs to the region."""

    SEAT = "seat"
    BUSINESS_UNIT = "business-unit"

    @property
    def label(self) -> Any:
        return {
            PresenceKind.SEAT: _("registered seat"),
            PresenceKind.BUSINESS_UNIT: _("registered business unit"),
        }[self]


class Organisation(Model):
    __tablename__ = "organisations"
    __table_args__ = (
        _unique_unless_declined("name_skeleton"),
        _unique_unless_declined("registration_number"),
        _unique_unless_declined("tax_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    # The name folded to what two names must not share: case, diacritics, look-alikes, spaces.
    name_skeleton: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60), default="")
    legal_form: Mapped[str] = mapped_column(String(40))  # a key of the installation's legal forms
    presence: Mapped[PresenceKind] = mapped_column(choice(PresenceKind, 20), default=PresenceKind.SEAT)
    municipality: Mapped[str] = mapped_column(String(20), index=True)  # a code of the installation
    address: Mapped[str] = mapped_column(String(200), default="")
    registration_number: Mapped[str | None] = mapped_column(String(10))
    tax_number: Mapped[str | None] = mapped_column(String(8))
    fields_of_work: Mapped[list[str]] = mapped_column(default=list)  # topic keys
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    # Whether the public may read the email address and the telephone number.
    contact_is_public: Mapped[bool] = mapped_column(default=True)
    website: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    mandate_statement: Mapped[str] = mapped_column(Text, default="")
    # Doubts (see doubts.py) that only the office can decide.
    warnings: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[OrganisationState] = mapped_column(
        choice(OrganisationState, 12), default=OrganisationState.APPLIED, index=True
    )
    applicant_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    applied_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    form_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)

    applicant: Mapped[User] = relationship(User)

    @property
    def state_label(self) -> Any:
        return OrganisationState(self.state).label

    @property
    def presence_label(self) -> Any:
        return PresenceKind(self.presence).label

    @property
    def is_member(self) -> bool:
        return self.state == OrganisationState.ADMITTED

    @property
    def is_known_to_all(self) -> bool:
        """Its page is public: it is a member, or was one and its words stay published."""
        return self.state in (OrganisationState.ADMITTED, OrganisationState.LEFT)

    @property
    def is_applying(self) -> bool:
        return self.state in (OrganisationState.APPLIED, OrganisationState.ASKED_BACK)

    @property
    def display_name(self) -> str:
        return self.short_name or self.name
