"""Which language a page is in: the person's choice, the browser's wish, the installation's first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, has_request_context, request, session
from flask_babel import Babel, get_locale
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context

from participation.foundation import region
from participation.foundation.language import with_written_numbers

TRANSLATIONS = "participation/translations"


def choose() -> str:
    """The language of this request."""
    languages = region.current().languages
    if not has_request_context():
        return languages[0]
    asked = request.args.get("language", "")
    chosen = asked or session.get("language", "") or getattr(current_user, "language", "")
    if chosen in languages:
        return str(chosen)
    wished = (wish.partition("-")[0].lower() for wish in request.accept_languages.values())
    return next((language for language in wished if language in languages), languages[0])


def _with_written_numbers(ngettext: Any) -> Callable[..., str]:
    """What templates call, with its numbers written as the reader's language does."""

    @pass_context
    def counted(context: Context, singular: str, plural: str, number: int, **variables: Any) -> str:
        return ngettext(context, singular, plural, number, **with_written_numbers({"num": number} | variables))

    return counted


def join(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = TRANSLATIONS
    app.config["BABEL_DEFAULT_TIMEZONE"] = region.current().time_zone.key
    Babel(app, locale_selector=choose)
    app.jinja_env.globals["ngettext"] = _with_written_numbers(app.jinja_env.globals["ngettext"])

    @app.context_processor
    def words() -> dict[str, object]:
        return {
            "language_now": get_locale().language if get_locale() else "en",
            "languages": region.current().languages,
            "installation": region.current(),
        }
