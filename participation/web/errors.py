"""Pages for what goes wrong: what happened, what was kept, and what to do.

Whatever a person typed into a form comes back on the page, because nothing that somebody
typed is ever lost.
"""

from __future__ import annotations

import contextlib
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from time import time
from typing import Any

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.exceptions import NotFound as NoSuchAddress
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from participation.foundation import clock, region
from participation.foundation.access import Refused
from participation.foundation.database import Conflict, NotFound, only_reading, session
from participation.foundation.language import _, labels_of_changes, language_now
from participation.texts.differing import side_by_side, word_diff_html

from . import navigation
from .limits import limiter
from .typed import LABELS, came_from_here, holds_secret, typed, way_back

log = logging.getLogger(__name__)

Page = tuple[str, int]
PageWithHeaders = tuple[str, int, Mapping[str, str]]
MEGABYTE = 1024 * 1024
UNKNOWN_PAUSE = 60
# What finds a row, and the seal that proves it (foundation/sealing.py): a private address.
_SECRET_IN_PATH = re.compile(r"/[0-9a-f]{20}\.[A-Za-z0-9_-]{43}(?=/|$)")


@dataclass(frozen=True)
class Comparison:
    """One field of a form: what the person wrote, and what stands there now, with the words that differ marked."""

    name: str
    label: Any
    mine: str
    mine_marked: Markup
    theirs_marked: Markup


def page(status: int, template: str, **values: Any) -> Page:
    """An error page; the transaction is undone before it is made."""
    session.rollback()
    only_reading(True)
    known = {
        "moment_of_error": clock.now(),
        "fields": typed(),
        "is_own": came_from_here(),
        "holds_secret": holds_secret(),
        "action": request.full_path.rstrip("?"),
        "address": _address_to_read(),
        "back": way_back(),
        "lists": navigation.links(),
        "here": _list_of_this_room(),
    }
    return render_template(f"errors/{template}.html", status=status, **(known | values)), status


def _list_of_this_room() -> navigation.Link | None:
    """The list that the address belongs to: /consultations for everything below it."""
    return next(
        (link for link in navigation.links() if request.path.startswith(f"{_plain_address(link)}/")),
        None,
    )


def _plain_address(link: navigation.Link) -> str:
    return url_for(link.endpoint).partition("?")[0].rstrip("/")


def refused(error: Refused) -> Response | Page:
    if not current_user.is_authenticated and error.verdict.sign_in_helps:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
        return page(401, "signed_out", reason=error.verdict.reason)
    return page(403, "refused", reason=error.verdict.reason)


def not_found(error: Exception) -> Page:
    return page(404, "not_found")


def conflict(error: Conflict) -> Page:
    return page(
        409,
        "conflict",
        reason=error.message,
        stored=error.stored,
        comparisons=_compared(error.fields),
        fresh=error.fresh,
    )


def _compared(fields: Mapping[str, str]) -> list[Comparison]:
    labels = labels_of_changes(language_now())
    found = []
    for name, theirs in fields.items():
        mine = "\n".join(request.form.get(name, "").splitlines())
        if name not in request.form or mine.strip() == "\n".join(theirs.splitlines()).strip():
            continue
        before, after = side_by_side(word_diff_html(theirs, mine, labels))
        found.append(Comparison(name, LABELS.get(name, _("Text")), mine, Markup(after), Markup(before)))  # noqa: S704
    return found


def _address_to_read() -> str:
    """This address when it can be opened as a page, else where the person came from."""
    adapter = current_app.create_url_adapter(request)
    try:
        if adapter is not None:
            adapter.match(request.path, method="GET")
            return request.path
    except (MethodNotAllowed, NoSuchAddress, RequestRedirect):
        pass
    return way_back()


def overtaken(error: Exception) -> Page:
    log.info("overtaken: %s", error)
    return page(
        409,
        "conflict",
        reason=_("Somebody changed the same thing at the same moment."),
        stored="",
        comparisons=[],
        fresh={},
    )


def expired(error: CSRFError) -> Page:
    return page(400, "expired")


def http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if error.code == 404:
        return page(404, "not_found")
    if error.code == 413:
        return page(413, "too_large", most=_megabytes(request.max_content_length), sent=_sent_megabytes())
    if error.code == 429:
        return too_often(error)
    if error.code == 400:
        return page(400, "misunderstood")
    words = {
        401: (_("Please sign in"), _("Sign in first.")),
        403: (_("This page is not for you"), _("Only others may open this address.")),
        405: (_("Nothing can be done at this address"), _("This address does not answer to that kind of request.")),
        410: (_("This is no longer here"), _("It was removed for good.")),
        415: (_("This kind of file cannot be read"), _("This kind of file cannot be read here.")),
    }
    heading, reason = words.get(error.code, (_("That did not work"), _("Something went wrong.")))
    return page(error.code, "http_error", heading=heading, reason=reason)


def _megabytes(size: int | None) -> int | None:
    return size // MEGABYTE if size else None


def _sent_megabytes() -> int | None:
    """How much was sent, when that is what was too much."""
    most, sent = request.max_content_length, request.content_length
    return ceil(sent / MEGABYTE) if most and sent and sent > most else None


def too_often(error: HTTPException) -> PageWithHeaders:
    """429 with the moment from which the act is taken again."""
    seconds = _seconds_to_wait(error)
    again_at = clock.now() + timedelta(seconds=seconds)
    text, status = page(429, "too_often", again_at=again_at, minutes=ceil(seconds / 60))
    return text, status, {"Retry-After": str(seconds)}


def _seconds_to_wait(error: HTTPException) -> int:
    said = getattr(error, "retry_after", None)
    if isinstance(said, datetime):
        return max(1, ceil((said - clock.now()).total_seconds()))
    if said:
        return max(1, int(said))
    limit = limiter.current_limit
    if limit is None:
        return UNKNOWN_PAUSE
    return max(1, ceil(limit.reset_at - time()))


def broken(error: Exception) -> PageWithHeaders:
    """500, also when the database is what broke: the page asks it nothing."""
    reference = secrets.token_hex(4).upper()
    cause = getattr(error, "original_exception", None) or error
    log.error("unexpected error %s at %s %s", reference, request.method, _path_to_log(), exc_info=cause)
    with contextlib.suppress(SQLAlchemyError):
        session.rollback()
    # Who is signed in stands in the database; from here on nobody asks who it is.
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    text = current_app.jinja_env.get_template("errors/broken.html").render(
        language_now=language_now(),
        installation=region.current(),
        reference=reference,
        moment_of_error=clock.now(),
        fields=typed(),
        status=500,
        is_own=came_from_here(),
        address=request.path if request.method in ("GET", "HEAD") else "",
    )
    return text, 500, {"Cache-Control": "no-store"}


def _path_to_log() -> str:
    """The path without what may open something to whoever reads the log."""
    return _SECRET_IN_PATH.sub("/…", request.path)


def join(app: Flask) -> None:
    app.register_error_handler(Refused, refused)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(Conflict, conflict)
    app.register_error_handler(IntegrityError, overtaken)
    app.register_error_handler(StaleDataError, overtaken)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(500, broken)
