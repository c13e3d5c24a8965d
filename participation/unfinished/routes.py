"""Keeping what is being typed, and the page with what was not sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login.signals import user_logged_out
from flask_wtf.csrf import generate_csrf

from participation.foundation.access import Refused, demand
from participation.foundation.database import new_key
from participation.foundation.language import _
from participation.web.application import before_commit
from participation.web.limits import limiter
from participation.web.paging import page_number
from participation.web.redirects import safe_address
from participation.web.signin import viewer

from . import operations, queries
from .forms import DiscardForm, SaveForm
from .models import LONGEST_KEY, LONGEST_PLACE, UnfinishedText
from .rules import may_discard_unfinished_text, may_save_unfinished_text, may_see_unfinished_texts

blueprint = Blueprint("unfinished", __name__, url_prefix="/unfinished")
# A page saves every two seconds at most; a person may write in several.
AT_MOST = "90 per minute; 3000 per hour"
SIGNED_OUT, FORBIDDEN, OVERTAKEN, TOO_LARGE, NOT_UNDERSTOOD = 401, 403, 409, 413, 422
# How many sent forms are remembered until the next page is shown; the cookie is small.
MOST_SENT = 5


def answers_script(view: Callable[..., Any]) -> Callable[..., Any]:
    """What goes wrong is said in JSON, with the reason in the reader's language."""

    @wraps(view)
    def answered(**values: Any) -> Any:
        try:
            return view(**values)
        except Refused as error:
            status = FORBIDDEN if viewer().is_authenticated else SIGNED_OUT
            return jsonify(reason=str(error.verdict.reason)), status
        except operations.NewerText as error:
            return jsonify(reason=str(error.message), stored=_as_data(error.text)), OVERTAKEN

    return answered


@blueprint.post("/save")
@limiter.limit(AT_MOST)
@answers_script
def save() -> ResponseReturnValue:
    person = viewer()
    demand(may_save_unfinished_text(person, person.id, 0))
    form = SaveForm()
    if form.is_too_large:
        return jsonify(reason=str(_("This text is too long to be kept here."))), TOO_LARGE
    if not form.validate_on_submit():
        return jsonify(reason=str(_("The request could not be understood."))), NOT_UNDERSTOOD
    begun = operations.Begun(
        place=form.place.data or "",
        title=form.title.data or "",
        address=safe_address(form.address.data or ""),
        fields=form.read,
        base=form.base.data or "",
        writer_key=form.writer_key.data or "",
        revision=form.revision.data or 0,
    )
    text = operations.save_unfinished_text(person, form.user.data, begun)
    return jsonify(_place_in_time(text))


@blueprint.get("/at/<place>")
@answers_script
def show(place: str) -> ResponseReturnValue:
    """What is kept of one form; with a fresh key against forgery, so that a page which was open
    while its reader signed in again can go on saving and sending."""
    person = viewer()
    demand(may_see_unfinished_texts(person))
    text = queries.unfinished_text_at(person, place)
    return jsonify(user=person.id, token=generate_csrf(), text=_as_data(text))


@blueprint.get("")
def index() -> str:
    person = viewer()
    demand(may_see_unfinished_texts(person))
    return render_template("unfinished/index.html", page=queries.unfinished_texts_of(person, page_number()))


@blueprint.post("/<int:text_id>/discard")
def discard(text_id: int) -> ResponseReturnValue:
    person = viewer()
    text = queries.unfinished_text_by_id(text_id)
    demand(may_discard_unfinished_text(person, text))
    form = DiscardForm()
    revision = form.revision.data if form.validate_on_submit() else None
    operations.discard_unfinished_text(person, text, revision or 0)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(discarded=True)
    _remember_settled(text.place, text.writer_key)
    flash(str(_("The text is discarded.")), "done")
    return redirect(url_for("unfinished.index"), 303)


def _place_in_time(text: UnfinishedText) -> dict[str, Any]:
    return {
        "revision": text.revision,
        "at": text.saved_at.isoformat(),
        "discard": url_for("unfinished.discard", text_id=text.id),
    }


def _as_data(text: UnfinishedText | None) -> dict[str, Any] | None:
    return (
        _place_in_time(text) | {"fields": text.fields, "base": text.base, "writer": text.writer_key} if text else None
    )


def discard_accepted(response: Response) -> None:
    """A form that was accepted leaves nothing unfinished behind, here and on the device.

    Every accepted form goes on to another page; one that was not is shown again or ends on an
    error page, and keeps its unfinished text.
    """
    place, person = request.form.get("unfinished_place", ""), viewer()
    if not place or not person.is_authenticated or not 300 <= response.status_code < 400:
        return
    if not _came_with_token():
        return
    revision = request.form.get("unfinished_revision", "")
    known = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0
    operations.discard_sent_text(person, place, known)
    _remember_settled(place, request.form.get("unfinished_writer", ""))


def _came_with_token() -> bool:
    """A door that needs no token would let a foreign page throw away what somebody wrote."""
    return g.get("csrf_valid", False) or not current_app.config["WTF_CSRF_ENABLED"]


def _remember_settled(place: str, writer_key: str) -> None:
    """The next page tells the device that its copy may go."""
    before = session.get("settled_texts", [])
    session["settled_texts"] = [*before, [place[:LONGEST_PLACE], writer_key[:LONGEST_KEY]]][-MOST_SENT:]


def remember_sign_out(sender: Any, user: Any, **rest: Any) -> None:
    """The next page clears the device of what is safe on the server."""
    if user.is_authenticated:
        session["signed_out_user"] = user.id


def settled() -> dict[str, Any]:
    """What the device may forget, for the page that is being shown; asked for once."""
    found: dict[str, Any] = {}
    if "settled_texts" in session:
        found["texts"] = session.pop("settled_texts")
        found["user"] = viewer().id
    if "signed_out_user" in session:
        found["signedOut"] = session.pop("signed_out_user")
    return found


def join(app: Flask) -> None:
    before_commit(app, discard_accepted)
    user_logged_out.connect(remember_sign_out, app)
    app.jinja_env.globals["settled_texts"] = settled
    app.jinja_env.globals["new_writer_key"] = new_key
