"""What happens here when Flask-Security has changed something about a person."""

from __future__ import annotations

from typing import Any

from flask_security import (
    change_email_confirmed,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    user_confirmed,
    wan_deleted,
    wan_registered,
)

from participation.foundation import audit, mail
from participation.foundation.database import new_key

from . import emails, operations
from .models import User


@user_confirmed.connect
def welcome(sender: Any, user: User, **rest: Any) -> None:
    operations.welcome_user(user)


@change_email_confirmed.connect
def take_leave_of_address(sender: Any, user: User, old_email: str, **rest: Any) -> None:
    """All sign-ins end and links that went to the old address are void."""
    user.fs_uniquifier = new_key()
    mail.send(emails.address_changed(user, old_email))
    audit.record(user, "account.address-changed", user)


@password_changed.connect
@password_reset.connect
def note_new_password(sender: Any, user: User, **rest: Any) -> None:
    audit.record(user, "account.password-changed", user)


@tf_profile_changed.connect
def note_second_step(sender: Any, user: Any, **rest: Any) -> None:
    _note_step(user, is_on=True)


@tf_disabled.connect
def note_no_second_step(sender: Any, user: Any, **rest: Any) -> None:
    _note_step(user, is_on=False)


@wan_registered.connect
def note_passkey(sender: Any, user: Any, name: str, **rest: Any) -> None:
    audit.record(_person(user), "passkey.added", _person(user), name=name)


@wan_deleted.connect
def note_no_passkey(sender: Any, user: Any, name: str, **rest: Any) -> None:
    audit.record(_person(user), "passkey.removed", _person(user), name=name)


def _note_step(user: Any, *, is_on: bool) -> None:
    person = _person(user)
    mail.send(emails.second_step_changed(person, is_on=is_on))
    audit.record(person, f"second-step.{'set-up' if is_on else 'switched-off'}", person)


def _person(user: Any) -> User:
    """The person behind Flask-Login's proxy, which Flask-Security sends along."""
    real: User = user._get_current_object() if hasattr(user, "_get_current_object") else user
    return real
