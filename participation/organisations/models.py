"""Organisations, memberships, invitations."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import Model
from participation.foundation.language import _


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


class MembershipRole(StrEnum):
    CONTRIBUTOR = "contributor"
    REPRESENTATIVE = "representative"

    @property
    def label(self) -> Any:
        return {
            MembershipRole.CONTRIBUTOR: _("contributor"),
            MembershipRole.REPRESENTATIVE: _("representative"),
        }[self]


class MembershipState(StrEnum):
    REQUESTED = "requested"
    LIVE = "live"
    DECLINED = "declined"
    ENDED = "ended"


class Organisation(Model):
    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint(
            "state in ('applied', 'asked-back', 'admitted', 'declined', 'left')", name="state_is_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    # The name folded to what two names must not share: case, diacritics, look-alikes, spaces.
    name_skeleton: Mapped[str] = mapped_column(String(200), unique=True)
    short_name: Mapped[str] = mapped_column(String(60), default="")
    legal_form: Mapped[str] = mapped_column(String(40))  # a key of the installation's legal forms
    presence: Mapped[PresenceKind] = mapped_column(String(20), default=PresenceKind.SEAT)
    municipality: Mapped[str] = mapped_column(String(20), index=True)  # a code of the installation
    address: Mapped[str] = mapped_column(String(200), default="")
    registration_number: Mapped[str | None] = mapped_column(String(10), unique=True)
    tax_number: Mapped[str | None] = mapped_column(String(8), unique=True)
    fields_of_work: Mapped[list[str]] = mapped_column(default=list)  # topic keys
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    mandate_statement: Mapped[str] = mapped_column(Text, default="")
    # What the checks of the two numbers doubted, for the coordinator to decide.
    warnings: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[OrganisationState] = mapped_column(String(12), default=OrganisationState.APPLIED, index=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    applied_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")

    applicant: Mapped[User] = relationship(User)

    @property
    def is_member(self) -> bool:
        return self.state == OrganisationState.ADMITTED

    @property
    def display_name(self) -> str:
        return self.short_name or self.name


class Membership(Model):
    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_one_place_a_person",
            "user_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("state in ('requested', 'live')"),
            postgresql_where=text("state in ('requested', 'live')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[MembershipRole] = mapped_column(String(20), default=MembershipRole.CONTRIBUTOR)
    state: Mapped[MembershipState] = mapped_column(String(12), default=MembershipState.LIVE)
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(User)
    organisation: Mapped[Organisation] = relationship(Organisation)

    @property
    def is_live(self) -> bool:
        """The person may act for the organisation: both belong to the network now."""
        return self.state == MembershipState.LIVE and self.organisation.is_member

    @property
    def is_representative(self) -> bool:
        return self.role == MembershipRole.REPRESENTATIVE


# Declared from this side, because accounts know nothing of organisations. Read only:
# the rules ask a user for live memberships, operations write Membership rows.
User.memberships = relationship(  # type: ignore[assignment]
    Membership,
    primaryjoin=(Membership.user_id == User.id) & (Membership.state == MembershipState.LIVE),
    viewonly=True,
    order_by=Membership.id,
)


class Invitation(Model):
    """An offer to join an organisation; its token is single-use and stored hashed."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[MembershipRole] = mapped_column(String(20))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(Organisation)
    invited_by: Mapped[User] = relationship(User)
