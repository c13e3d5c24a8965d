"""What Flask-Security's views are not given, because they would break on it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, abort, request

WRONG_KIND, NOT_UNDERSTOOD = 415, 400


def refuse_unreadable() -> None:
    """Its pages are sent as forms; and an address to go on to must be an address at all."""
    if request.blueprint != "security":
        return
    if request.method == "POST" and request.is_json:
        abort(WRONG_KIND)
    for values in (request.args, request.form):
        for asked in values.getlist("next"):
            try:
                urlsplit(asked)
            except ValueError:  # Such as "http://[".
                abort(NOT_UNDERSTOOD)


def join(app: Flask) -> None:
    app.before_request(refuse_unreadable)
