"""Changing accounts. Registration, sign-in and passwords are Flask-Security's (see routes)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import timedelta

from flask_security import hash_password
from sqlalchemy import delete, select

from participation.foundation import audit, clock, mail
from participation.foundation.access import demand
from participation.foundation.database import Conflict, new_key, session
from participation.foundation.language import _

from . import emails
from .events import account_closed, user_registered
from .models import EndedSignIn, NetworkRole, Role, User, Viewer
from .queries import user_by_email
from .rules import (
    may_change_profile,
    may_close_account,
    may_drop_second_step,
    may_end_sign_in,
    may_grant_role,
    may_open_account,
    may_welcome_user,
)

# Longer than any sign-in may last, so that an ended one is forgotten only when it is dead anyway.
KEEP_ENDED_SIGN_INS = timedelta(days=40)


def open_account(
    actor: Viewer | None,
    name: str,
    email: str,
    password: str,
    language: str,
    roles: Iterable[NetworkRole] = (),
    confirmed: bool = True,
) -> User:
    """An account for somebody else: from the command line, the demonstration or an administrator.

    `actor` is an `Operator()` there. Raises Conflict when the address has an account.
    """
    demand(may_open_account(actor))
    address = email.strip().lower()
    if user_by_email(address) is not None:
        raise Conflict(_("There is an account with this email address already."))
    user = User(
        name=name.strip(),
        email=address,
        # The same form of the same letters as at sign-in, whatever keyboard they come from.
        password=hash_password(unicodedata.normalize("NFKD", password)),
        language=language,
        active=True,
        confirmed_at=clock.now() if confirmed else None,
        fs_uniquifier=new_key(),
        fs_webauthn_user_handle=new_key(),
        roles=[_role(role) for role in roles],
    )
    session.add(user)
    session.flush()
    audit.record(actor, "account.opened", user, roles=[role.value for role in roles])
    return user


def grant_role(actor: Viewer, user: User, role: NetworkRole) -> None:
    """Give a role in the whole network; the person signs in anew, with a second step if the role asks for it."""
    demand(may_grant_role(actor))
    if user.has_network_role(role):
        return
    user.roles.append(_role(role))
    user.fs_uniquifier = new_key()
    audit.record(actor, "role.granted", user, role=role.value)


def revoke_role(actor: Viewer, user: User, role: NetworkRole) -> None:
    """Take a role back; it is gone with the person's next request."""
    demand(may_grant_role(actor))
    if not user.has_network_role(role):
        return
    user.roles = [own for own in user.roles if own.name != role.value]
    audit.record(actor, "role.revoked", user, role=role.value)


def close_account(actor: Viewer, user: User, because: str) -> None:
    """Nobody signs in with it any more and all its sign-ins end; what the person sent stays."""
    demand(may_close_account(actor))
    user.active = False
    user.fs_uniquifier = new_key()
    audit.record(actor, "account.closed", user, because=because)
    account_closed.send(user=user)


def drop_second_step(actor: Viewer, user: User, because: str) -> None:
    """Help a person who lost the phone: app, recovery codes and passkeys go, all sign-ins end."""
    demand(may_drop_second_step(actor))
    user.tf_primary_method = user.tf_totp_secret = user.tf_last_step = None
    user.mf_recovery_codes = None
    user.webauthn.clear()
    user.fs_uniquifier = new_key()
    mail.send(emails.second_step_changed(user, is_on=False))
    audit.record(actor, "second-step.dropped", user, because=because)


def change_profile(actor: Viewer, user: User, name: str, language: str, name_is_public: bool) -> None:
    demand(may_change_profile(actor, user))
    user.name = name
    user.language = language
    user.name_is_public = name_is_public
    audit.record(actor, "profile.changed", user, name_is_public=name_is_public)


def welcome_user(user: User) -> None:
    """Tell the other rooms which organisation a person whose address is confirmed wishes to belong to."""
    demand(may_welcome_user(user))
    audit.record(user, "account.confirmed", user)
    if not user.joining.isdecimal():
        return
    organisation_id, user.joining = int(user.joining), ""
    user_registered.send(user=user, organisation_id=organisation_id)


def end_sign_in(actor: Viewer, key: str) -> None:
    """Make a sign-in void, so that a copy of its cookie opens nothing."""
    demand(may_end_sign_in(actor))
    session.execute(delete(EndedSignIn).where(EndedSignIn.ended_at < clock.now() - KEEP_ENDED_SIGN_INS))
    if session.get(EndedSignIn, key) is None:
        session.add(EndedSignIn(key=key, ended_at=clock.now()))


def _role(role: NetworkRole) -> Role:
    return session.scalar(select(Role).where(Role.name == role.value)) or Role(name=role.value)
