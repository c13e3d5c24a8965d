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

    user: Mapped[User] = relationship(User)
    # Joined, because nobody asks for a membership without asking whose it is.
    organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True)

    @property
    def role_label(self) -> Any:
        return MembershipRole(self.role).label

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
