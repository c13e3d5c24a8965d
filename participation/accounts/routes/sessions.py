"""How long a sign-in lasts, and what ends it.

The session stands in a signed cookie. So that ending a sign-in also ends copies of its
cookie, each sign-in has a key, and the keys of ended ones are remembered.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, request, session
from flask_login.signals import user_logged_out
from flask_security import user_authenticated
from flask_security.utils import set_request_attr

from participation.foundation import clock
from participation.foundation.database import new_key

from .. import operations
from ..forms.registration import NEW_ORGANISATION
from ..models import User
from ..queries import user_of_session

# However often the person comes back; fourteen days without a visit end it as well (config).
LONGEST_SIGN_IN = timedelta(days=30)


def person_of(key: str) -> User | None:
    """The person this request is signed in as, for Flask-Login."""
    began = session.get("signed_in_at")
    if began is not None and clock.now().timestamp() - began > LONGEST_SIGN_IN.total_seconds():
        return None
    user = user_of_session(key, session.get("sign_in", ""))
    if user is not None:
        set_request_attr("fs_authn_via", "session")
        set_request_attr("fs_paa", session.get("fs_paa", 0))
    return user


@user_authenticated.connect
def begin(sender: Any, user: User, **rest: Any) -> None:
    """A sign-in begins: with a key of its own, and where the person wished to go from the registration."""
    session.permanent = True
    session["sign_in"] = new_key()
    session["signed_in_at"] = clock.now().timestamp()
    if user.joining == NEW_ORGANISATION:
        user.joining = ""
        session["arriving_with"] = NEW_ORGANISATION


@user_logged_out.connect
def end(sender: Any, user: Any, **rest: Any) -> None:
    key = session.pop("sign_in", None)
    session.pop("signed_in_at", None)
    if key and request.method == "POST" and user.is_authenticated:
        operations.end_sign_in(user, key)


def join(app: Flask) -> None:
    secure = app.config["SESSION_COOKIE_SECURE"]
    app.config.update(REMEMBER_COOKIE_SECURE=secure, REMEMBER_COOKIE_HTTPONLY=True, REMEMBER_COOKIE_SAMESITE="Lax")
    manager: Any = app.login_manager  # type: ignore[attr-defined]
    manager.user_loader(person_of)
    # Nobody is known by a token in a header: the cookie is the one way to be signed in.
    manager.request_loader(lambda asked: None)
