"""`/language`: the reader chooses a language, with or without an account."""

from __future__ import annotations

from flask import Blueprint, Flask, redirect, request, session
from werkzeug.wrappers import Response

from participation.foundation import region

from .redirects import safe_address

blueprint = Blueprint("web", __name__)
NAMES = {"sl": "Slovenščina", "en": "English", "de": "Deutsch", "hr": "Hrvatski", "it": "Italiano", "hu": "Magyar"}


@blueprint.post("/language")
def choose_language() -> Response:
    """Keep the choice in the session; the profile keeps it for mails."""
    chosen = request.form.get("language", "")
    if chosen in region.current().languages:
        session["language"] = chosen
    return redirect(safe_address(request.form.get("next", "")), 303)


def join(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.jinja_env.globals["language_names"] = NAMES
