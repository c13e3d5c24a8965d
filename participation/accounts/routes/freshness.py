"""Whether the person has proved lately who they are, for acts that bind an organisation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import redirect, request, session, url_for

from participation.foundation import clock
from participation.foundation.language import _
from participation.web import errors


def recent_sign_in(minutes: int = 10) -> bool:
    """The person gave the password or passkey within the last `minutes`, on this device."""
    proved = session.get("fs_paa")
    if not isinstance(proved, int | float):
        return False
    age = clock.now() - datetime.fromtimestamp(proved, UTC)
    # A moment slightly ahead is a clock that was set back, not a proof from the future.
    return timedelta(minutes=-1) < age <= timedelta(minutes=minutes)


def ask_to_sign_in_again() -> Any:
    """The answer to an act that wants a recent sign-in.

    A page that was only asked for comes back after the password; what was sent is kept on
    a page that sends it once more when the password has been given in another tab.
    """
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("security.verify", next=request.full_path.rstrip("?")), 303)
    return errors.page(401, "sign_in_again", reason=_("For this act we ask for your password or passkey once more."))
