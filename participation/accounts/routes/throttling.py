"""How often a password, a code or an address may be tried.

Guesses are counted for the account as it was typed, whether it exists or not, and for
the address they come from. A browser that has signed in before has a count of its own,
so that somebody who guesses at an account cannot lock its owner out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import time
from typing import Any

from flask import Flask, current_app, g, make_response, request, session
from flask_limiter.util import get_remote_address
from flask_security import user_authenticated
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from participation.foundation.database import new_key

DEVICE = "soglasje-device"
DEVICE_REMEMBERED_FOR = 180 * 24 * 3600
# As many people may share a computer before the first of them counts as unknown again.
MOST_ACCOUNTS = 5
LONGEST_ADDRESS = 300

GUESSES_AT_ACCOUNT = parse("10 per 15 minutes")
GUESSES_FROM_ADDRESS = parse("60 per 15 minutes")
MAILS_TO_ADDRESS = parse("5 per hour")
MAILS_FROM_ADDRESS = parse("40 per hour")


@dataclass(frozen=True)
class Count:
    """A limit and whom it counts for; a forgiving one begins anew after a success."""

    limit: RateLimitItem
    whom: Callable[[], str]
    forgives: bool = False


def from_address() -> str:
    return f"from:{get_remote_address()}"


def typed_account() -> str:
    """The account that was typed, and the browser if it is known to belong to it."""
    account = _digest(request.form.get("email", ""))
    device = known_device(account)
    return f"device:{device}:{account}" if device else f"account:{account}"


def typed_mailbox() -> str:
    return f"mailbox:{_digest(request.form.get('email', ''))}"


def signed_in_account() -> str:
    """The account whose second step is being taken, or that is signed in."""
    return f"step:{session.get('tf_user_id') or session.get('_user_id') or from_address()}"


def _digest(email: str) -> str:
    """One and the same for all spellings that sign in to the same account, such as full-width letters."""
    typed = email.strip()[:LONGEST_ADDRESS]
    security: Any = current_app.extensions["security"]
    try:
        address = str(security._mail_util.normalize(typed))
    except ValueError:
        address = typed.lower()
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:24]


def guarded(view: Any, name: str, counts: tuple[Count, ...]) -> Any:
    """The same view, which answers 429 to a POST that goes beyond one of the counts."""

    def guard(**values: Any) -> Any:
        if request.method != "POST" or not current_app.config["RATELIMIT_ENABLED"]:
            return view(**values)
        guesses: MovingWindowRateLimiter = current_app.extensions["soglasje.guesses"]
        keys = [(count, (name, count.whom())) for count in counts]
        # Every count is told, also when an earlier one refuses.
        refusing = [(count, key) for count, key in keys if not guesses.hit(count.limit, *key)]
        if refusing:
            free_at = max(guesses.get_window_stats(count.limit, *key).reset_time for count, key in refusing)
            raise TooManyRequests(retry_after=max(1, ceil(free_at - time())))
        response = make_response(view(**values))
        if succeeded(response):
            for count, key in keys:
                if count.forgives:
                    guesses.clear(count.limit, *key)
        return response

    return guard


def succeeded(response: Response) -> bool:
    """The person went on; a wrong password or code shows the form again."""
    return response.status_code in (302, 303) and "signed_in_now" in g


@user_authenticated.connect
def remember_device(sender: Any, user: Any, **rest: Any) -> None:
    """This browser has signed in as this person: its guesses are counted apart from now on."""
    g.signed_in_now = True
    device, accounts = _device()
    account = _digest(user.email)
    g.device_cookie = _serializer().dumps(
        [device or new_key(), [account, *(one for one in accounts if one != account)][:MOST_ACCOUNTS]]
    )


def known_device(account: str) -> str:
    """The key of this browser if this account has signed in from it before, else nothing."""
    device, accounts = _device()
    return device if account in accounts else ""


def _device() -> tuple[str, list[str]]:
    try:
        device, accounts = _serializer().loads(request.cookies.get(DEVICE, ""), max_age=DEVICE_REMEMBERED_FOR)
    except (BadSignature, ValueError, TypeError):
        return "", []
    return device, accounts


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known device")


def keep_device(response: Response) -> Response:
    if "device_cookie" in g:
        response.set_cookie(
            DEVICE,
            g.device_cookie,
            max_age=DEVICE_REMEMBERED_FOR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def join(app: Flask) -> None:
    app.extensions["soglasje.guesses"] = MovingWindowRateLimiter(
        storage_from_string(app.config["RATELIMIT_STORAGE_URI"])
    )
    at_account = Count(GUESSES_AT_ACCOUNT, typed_account, forgives=True)
    at_step = Count(GUESSES_AT_ACCOUNT, signed_in_account, forgives=True)
    from_here = Count(GUESSES_FROM_ADDRESS, from_address)
    mails = (Count(MAILS_TO_ADDRESS, typed_mailbox), Count(MAILS_FROM_ADDRESS, from_address))
    guards = {
        "login": (at_account, from_here),
        "verify": (at_step, from_here),
        "change_password": (at_step, from_here),
        "two_factor_token_validation": (at_step, from_here),
        "two_factor_setup_validate": (at_step, from_here),
        "mf_recovery": (at_step, from_here),
        "wan_signin_response": (from_here,),
        "wan_verify_response": (at_step, from_here),
        "two_factor_rescue": (Count(MAILS_TO_ADDRESS, signed_in_account),),
        "register": mails,
        "forgot_password": mails,
        "send_confirmation": mails,
        "change_email": mails,
    }
    for name, counts in guards.items():
        endpoint = f"security.{name}"
        app.view_functions[endpoint] = guarded(app.view_functions[endpoint], endpoint, counts)
    app.after_request(keep_device)
