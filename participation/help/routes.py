"""The guides, the words of the trade, and the buttons that put a hint away.

A visitor's page carries no token and sets no cookie, so that it can be kept in caches: which hints this browser has
put away stands in a cookie that names nobody, and the answer varies by it, as all answers do. What a person has
dismissed is read from the database when they sign in and travels with the session, so that no page asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, redirect, render_template, request, session
from flask_login import user_logged_in
from werkzeug.wrappers import Response as AnyResponse

from participation.accounts.models import User
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.web.application import csrf
from participation.web.limits import limiter
from participation.web.redirects import safe_address
from participation.web.signin import viewer

from . import operations, queries
from .models import GuideName, Hint, cookie_of, hints_in
from .rules import may_dismiss_hint

COOKIE = "hints"
KEPT = "hints"  # in the session of whoever is signed in
A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
def index() -> str:
    return render_template(
        "help/index.html", guides=queries.all_guides(), own=queries.own_guide(viewer()), terms=queries.all_terms()
    )


@blueprint.get("/help/<name>")
def show(name: str) -> str:
    return render_template("help/show.html", guide=queries.guide_for(name))


@blueprint.post("/help/hints/<name>/dismiss")
@limiter.limit("60 per hour")
def dismiss(name: str) -> AnyResponse:
    """Remembered with the person, on all their devices."""
    demand(may_dismiss_hint(viewer()))
    hint = _hint_of(name)
    operations.dismiss_hint(viewer(), hint)
    session[KEPT] = cookie_of(hints_in(session.get(KEPT, "")) | {hint})
    return _back()


@blueprint.post("/help/hints/<name>/put-away")
@csrf.exempt  # Nothing is changed but this one cookie, and visitors' pages have no token.
@limiter.limit("60 per hour")
def put_away(name: str) -> AnyResponse:
    """Remembered by this browser alone."""
    answer = _back()
    answer.set_cookie(
        COOKIE,
        cookie_of(hints_in(request.cookies.get(COOKIE, "")) | {_hint_of(name)}),
        max_age=A_YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return answer


@dataclass(frozen=True)
class ShownHint:
    """A hint on a page, the guide that says more, and where its dismissal will be remembered."""

    hint: Hint
    guide: GuideName
    is_kept_with_person: bool


def hint_to_show(name: str) -> ShownHint | None:
    """The hint for the top of this page, unless it was dismissed; never more than one a page."""
    hint = Hint(name)
    if g.setdefault("hint", hint) is not hint:
        return None
    if hint in hints_in(request.cookies.get(COOKIE, "")) | hints_in(session.get(KEPT, "")):
        return None
    # The desk is everybody's, so its hint leads each person to their own guide.
    guide = queries.own_guide(viewer()) if hint is Hint.DESK else hint.guide
    return ShownHint(hint, guide, is_kept_with_person=bool(may_dismiss_hint(viewer())))


def _hint_of(name: str) -> Hint:
    if name not in [hint.value for hint in Hint]:
        raise NotFound(name)
    return Hint(name)


def _back() -> Response:
    return redirect(safe_address(request.form.get("next", "")), 303)  # type: ignore[return-value]


def _take_along(sender: Flask, user: User, **details: Any) -> None:
    session[KEPT] = cookie_of(queries.dismissed_hints(user))


def join(app: Flask) -> None:
    user_logged_in.connect(_take_along, app)
    app.jinja_env.globals["hint_to_show"] = hint_to_show
    app.jinja_env.globals["term_of"] = queries.term_of
