"""People and their roles in the whole network."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flask_login import AnonymousUserMixin
from flask_security import AsaList, RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation import clock
from participation.foundation.database import KEY, Base, Model
from participation.foundation.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence


class NetworkRole(StrEnum):
    """What a person may be for the whole network."""

    COORDINATOR = "coordinator"
    COUNCIL_REPRESENTATIVE = "council-representative"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Any:
        return {
            NetworkRole.COORDINATOR: _("coordinator"),
            NetworkRole.COUNCIL_REPRESENTATIVE: _("council representative"),
            NetworkRole.ADMINISTRATOR: _("administrator"),
        }[self]


roles_of_users = Table(
    "roles_of_users",
    Base.metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("roles.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Model, RoleMixin):
    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class Standing:
    """What may be asked of anybody who looks: a user or a visitor."""

    is_authenticated: bool
    # Live memberships in organisations of the network, filled by the room of organisations.
    memberships: Sequence[Any] = ()

    def has_network_role(self, role: NetworkRole) -> bool:
        return False

    @property
    def is_coordinator(self) -> bool:
        return self.has_network_role(NetworkRole.COORDINATOR)

    @property
    def is_administrator(self) -> bool:
        return self.has_network_role(NetworkRole.ADMINISTRATOR)

    @property
    def is_council_representative(self) -> bool:
        return self.has_network_role(NetworkRole.COUNCIL_REPRESENTATIVE)

    @property
    def leads_consultations(self) -> bool:
        """Coordinators and council representatives put drafts before the network."""
        return self.is_coordinator or self.is_council_representative


class User(Model, UserMixin, Standing):
    """A person with an account. The columns without a comment are Flask-Security's."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="sl")
    # What the person chose at registration: an organisation's number, "new" or nothing.
    # It is acted upon when the email is confirmed or at the first sign-in, and emptied then.
    joining: Mapped[str] = mapped_column(String(20), default="")
    # The public reads the organisation; a person's name only when the person wishes so.
    name_is_public: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime] = mapped_column(default=clock.now)

    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    # Changes whenever all sessions of the person must end.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_phone_number: Mapped[str | None] = mapped_column(String(128))
    # The step of time of the last code that was accepted: a code counts once (RFC 6238, section 5.2).
    tf_last_step: Mapped[int | None]
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))

    roles: Mapped[list[Role]] = relationship(Role, secondary=roles_of_users)
    webauthn: Mapped[list[Passkey]] = relationship("Passkey", back_populates="user", cascade="all, delete-orphan")

    # A person whose row is loaded is signed in; no look at the database is needed to say so.
    is_authenticated = True

    def has_network_role(self, role: NetworkRole) -> bool:
        return any(own.name == role.value for own in self.roles)

    @property
    def needs_second_factor(self) -> bool:
        """The office and administrators can change what others rely on: a password is not enough."""
        return self.is_coordinator or self.is_administrator

    @property
    def has_code_app(self) -> bool:
        """An app that makes codes is set up as the second step of signing in."""
        return bool(self.tf_primary_method and self.tf_totp_secret)

    @property
    def has_second_factor(self) -> bool:
        """A second step of signing in is set up: an app that makes codes, or a passkey."""
        return self.has_code_app or bool(self.webauthn)

    def check_tf_required(self, tf_setup_methods: list[Any], tf_fresh: bool) -> tuple[bool, list[Any]]:
        """Flask-Security's question at sign-in, narrowed to those who have or need a second step."""
        if not tf_setup_methods and not self.needs_second_factor:
            return False, tf_setup_methods
        required: tuple[bool, list[Any]] = super().check_tf_required(tf_setup_methods, tf_fresh)
        return required

    def check_tf_required_setup(self) -> bool:
        return self.needs_second_factor and bool(super().check_tf_required_setup())


class Passkey(Model, WebAuthnMixin):
    """A passkey or security key of a person; the columns are Flask-Security's."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), index=True, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))

    user: Mapped[User] = relationship(User, back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, Any]:
        return {"id": self.user_id}


class EndedSignIn(Model):
    """A sign-in that was ended: its cookie, should somebody have copied it, opens nothing any more."""

    __tablename__ = "ended_sign_ins"

    key: Mapped[str] = mapped_column(KEY, primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class Visitor(AnonymousUserMixin, Standing):
    """Anybody without an account, or signed out."""

    id = None
    name = ""
    language = ""
    roles: Sequence[Role] = ()


class Operator(Standing):
    """Whoever runs commands on the machine itself: `Operator()` is the actor of every command.

    It holds the whole database in its hands anyway, so the rules see it as having every
    role of the network; it belongs to no organisation. It has no id: the audit log and
    columns that name a person leave it empty, and where a column must name somebody the
    command asks for a person's email.
    """

    is_authenticated = True
    id = None
    name = ""
    language = ""
    roles: Sequence[Role] = ()

    def has_network_role(self, role: NetworkRole) -> bool:
        return True


Viewer = User | Visitor | Operator
