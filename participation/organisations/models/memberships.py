"""People in organisations: their places, and invitations to take one."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import Model, choice, new_key
from participation.foundation.language import _

from .organisations import Organisation

INVITATION_LASTS = timedelta(days=14)


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


class MandateLevel(StrEnum):
    """How far a person's mandate was checked. Only P4 rests on more than this platform.

    P2 and higher are recorded by the office, with what it saw. P3 and P4 need what the platform
    does not offer yet: sign-in by the state's electronic identity, and signatures that were
    verified by another program.
    """

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"

    @property
    def label(self) -> Any:
        return {
            MandateLevel.P0: _("declared by the person alone"),
            MandateLevel.P1: _("email address confirmed"),
            MandateLevel.P2: _("mandate checked by the office"),
            MandateLevel.P3: _("mandate checked by the office, signed in with a state electronic identity"),
            MandateLevel.P4: _("advanced or qualified signature attached and verified"),
        }[self]


def mandate_thread(membership_id: int) -> str:
    """Of the records in the ledger of what this place allows."""
    return f"m-{membership_id}"


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
    role: Mapped[MembershipRole] = mapped_column(choice(MembershipRole, 20), default=MembershipRole.CONTRIBUTOR)
    state: Mapped[MembershipState] = mapped_column(choice(MembershipState, 12), default=MembershipState.LIVE)
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    # Who of the office saw what shows the mandate, and what it was; empty while nobody did.
    mandate_checked_at: Mapped[datetime | None]
    mandate_checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    mandate_seen: Mapped[str] = mapped_column(String(500), default="")

    user: Mapped[User] = relationship(User, foreign_keys=[user_id])
    # Joined, because nobody asks for a membership without asking whose it is.
    organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True)

    @property
    def role_label(self) -> Any:
        return MembershipRole(self.role).label

    @property
    def mandate_level(self) -> MandateLevel:
        """The address of every account is confirmed before it can sign in."""
        return MandateLevel.P2 if self.mandate_checked_at is not None else MandateLevel.P1

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
    role: Mapped[MembershipRole] = mapped_column(choice(MembershipRole, 20))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    form_key: Mapped[str] = mapped_column(String(40), unique=True, default=new_key)

    organisation: Mapped[Organisation] = relationship(Organisation)
    invited_by: Mapped[User] = relationship(User)

    @property
    def role_label(self) -> Any:
        return MembershipRole(self.role).label

    @property
    def is_open(self) -> bool:
        """It can still be accepted: not used, not taken back, not expired."""
        return self.accepted_at is None and self.revoked_at is None and clock.now() < self.expires_at
