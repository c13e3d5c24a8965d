"""By which name the site answers: in production only by that of its public address.

A request for another name comes from a mistaken proxy, or from somebody who points a name
of his own here so that browsers take our pages for his.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from werkzeug.sansio.utils import host_is_trusted

from participation.foundation.language import _


def refuse_other_names() -> Response | None:
    settings = current_app.config["SETTINGS"]
    name = urlsplit(settings.public_url).hostname or ""
    if not settings.is_production or host_is_trusted(request.host, [name]):
        return None
    # No page of ours: it would be made for a name that is not ours.
    return Response(str(_("This site has another address.")), 400, mimetype="text/plain")


def join(app: Flask) -> None:
    app.before_request(refuse_other_names)
