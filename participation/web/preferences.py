"""`/language`: the reader chooses a language, with or without an account."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Flask, redirect, request, session
from werkzeug.wrappers import Response

from participation.foundation import region

from .redirects import safe_address

blueprint = Blueprint("web", __name__)
NAMES = {"sl": "Slovenščina", "en": "English", "de": "Deutsch", "hr": "Hrvatski", "it": "Italiano", "hu": "Magyar"}


@blueprint.get("/language")
def choose_language() -> Response:
    """Keep the choice in the session; the profile keeps it for mails.

    A link and no form: a form would put a token, and with it a cookie, into every visitor's page,
    and all that a forged link could do is to show somebody another language.
    """
    chosen = request.args.get("language", "")
    if chosen in region.current().languages:
        session["language"] = chosen
    return redirect(safe_address(request.args.get("next", "")), 303)


def address_here() -> str:
    """The address of this page, without a language that it may name."""
    asked = request.args.to_dict(flat=False)
    asked.pop("language", None)
    words = urlencode(asked, doseq=True)
    return f"{request.path}?{words}" if words else request.path


def join(app: Flask) -> None:
    app.jinja_env.globals["address_here"] = address_here
    app.register_blueprint(blueprint)
    app.jinja_env.globals["language_names"] = NAMES
