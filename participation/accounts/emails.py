"""What is written to a person about the account.

Links are made from the token when the mail leaves, from the address in the settings:
never from the address that a request claims to have come to.
"""

from __future__ import annotations

import hashlib

from participation.foundation.database import new_key
from participation.foundation.mail import Message

from .models import User

FOLDER = "accounts/emails"


def confirmation(user: User, token: str) -> Message:
    """Asks to confirm the address of a new account."""
    return _with_token(user, user.email, "confirmation", token)


def already_registered(user: User) -> Message:
    """To the owner of an account whose address somebody tried to register once more."""
    return _plain(user, "already_registered", {"is_confirmed": user.confirmed_at is not None})


def reset(user: User, token: str) -> Message:
    """The link to choose a new password."""
    return _with_token(user, user.email, "reset", token)


def password_changed(user: User) -> Message:
    """A notice, so that the owner learns of a change somebody else made."""
    return _plain(user, "password_changed", {})


def new_address(user: User, address: str, token: str) -> Message:
    """To the new address: asks to confirm it."""
    return _with_token(user, address, "new_address", token)


def address_changed(user: User, old_address: str) -> Message:
    """To the old address, so that the owner learns of a change somebody else made."""
    return Message(
        to=old_address,
        language=user.language,
        template=f"{FOLDER}/address_changed.txt",
        about=f"address-changed-{user.id}-{new_key()}",
        values={},
    )


def second_step_changed(user: User, *, is_on: bool) -> Message:
    return _plain(user, "second_step_changed", {"is_on": is_on})


def help_wanted(user: User, office: str) -> Message:
    """To the office: a person cannot take the second step of signing in."""
    return Message(
        to=office,
        language=user.language,
        template=f"{FOLDER}/help_wanted.txt",
        about=f"help-wanted-{user.id}-{new_key()}",
        values={"name": user.name, "email": user.email},
    )


def _with_token(user: User, address: str, name: str, token: str) -> Message:
    # The token itself must not stand in the key, which is shown to those who run the outbox.
    digest = hashlib.sha256(token.encode()).hexdigest()[:24]
    return Message(
        to=address,
        language=user.language,
        template=f"{FOLDER}/{name}.txt",
        about=f"{name}-{user.id}-{digest}",
        values={"token": token},
    )


def _plain(user: User, name: str, values: dict[str, object]) -> Message:
    return Message(
        to=user.email,
        language=user.language,
        template=f"{FOLDER}/{name}.txt",
        about=f"{name}-{user.id}-{new_key()}",
        values=values,
    )
