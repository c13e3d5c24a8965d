"""Pages for what goes wrong: what happened, what was kept, and what to do.

Whatever a person typed into a form comes back on the page, because nothing that somebody
typed is ever lost.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from participation.foundation.access import Refused
from participation.foundation.database import Conflict, NotFound, only_reading, session
from participation.foundation.language import _

log = logging.getLogger(__name__)

# Never shown again: secrets, and what only the machine put into the form.
NOT_KEPT = ("csrf_token", "form_key", "password", "code", "credential", "submit", "next")
# Sent back with the rest, but nothing that a person would want to read.
MACHINE_MADE = ("key", "seen", "revision", "_id", "unfinished_")
LONG_FIELD = 80


def kept() -> list[tuple[str, str]]:
    """What the person had typed or chosen in the form of this request, in its order."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # The body was too large to be read at all.
        return []
    return [(name, value) for name, value in fields if not _is_secret(name) and value.strip()]


def _is_secret(name: str) -> bool:
    return any(word in name for word in NOT_KEPT)


def page(status: int, template: str, **values: Any) -> tuple[str, int]:
    """An error page; the transaction is undone before it is made."""
    session.rollback()
    only_reading(True)
    typed = kept()
    return (
        render_template(
            f"errors/{template}.html",
            status=status,
            typed=typed,
            written=[(name, value) for name, value in typed if not any(word in name for word in MACHINE_MADE)],
            texts=[(name, value) for name, value in typed if len(value) > LONG_FIELD or "\n" in value],
            action=request.full_path.rstrip("?"),
            **values,
        ),
        status,
    )


def refused(error: Refused) -> Response | tuple[str, int]:
    if not current_user.is_authenticated and error.verdict.sign_in_helps:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
        return page(401, "signed_out", reason=error.verdict.reason)
    return page(403, "refused", reason=error.verdict.reason)


def not_found(error: Exception) -> tuple[str, int]:
    return page(404, "not_found")


def conflict(error: Conflict) -> tuple[str, int]:
    return page(409, "conflict", reason=error.message, stored=error.stored)


def overtaken(error: Exception) -> tuple[str, int]:
    log.info("overtaken: %s", error)
    return page(409, "conflict", reason=_("Somebody changed the same thing at the same moment."), stored="")


def expired(error: CSRFError) -> tuple[str, int]:
    return page(400, "expired")


def http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    words = {
        400: _("The request could not be understood."),
        401: _("Sign in first."),
        403: _("This page is not for you."),
        405: _("This address does not answer to that kind of request."),
        410: _("This is no longer here."),
        413: _("What you sent is larger than this page accepts."),
        415: _("This kind of file cannot be read here."),
        429: _("That was tried too often. Please wait a little and try again."),
    }
    if error.code == 404:
        return page(404, "not_found")
    answer = page(error.code, "http_error", reason=words.get(error.code, _("Something went wrong.")))
    headers = {"Retry-After": "60"} if error.code == 429 else {}
    return (*answer, headers)


def broken(error: Exception) -> tuple[str, int]:
    log.exception("unexpected error at %s", request.path, exc_info=error)
    return page(500, "broken")


def join(app: Flask) -> None:
    app.register_error_handler(Refused, refused)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(Conflict, conflict)
    app.register_error_handler(IntegrityError, overtaken)
    app.register_error_handler(StaleDataError, overtaken)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, broken)
