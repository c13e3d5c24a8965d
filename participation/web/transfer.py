"""How a visitor's page travels: compressed, and not at all when the reader has it already.

Only pages that are the same for every visitor: a page with a token, or one made for a person who
has signed in, is never compressed together with words that a stranger can choose (the BREACH
attack on compressed secrets, CVE-2013-3587). In front of it a proxy may compress better.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, g, request, session
from flask_login import current_user

# Level 4 takes a third of the time of level 9 and is within a twentieth of its size on our pages.
LEVEL = 4
SMALLEST = 1000
COMPRESSED = ("text/html", "text/plain", "application/json", "image/svg+xml")


def is_for_every_visitor(response: Response) -> bool:
    """No token was made for this page, nothing is kept for its reader, and nobody is signed in."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.is_streamed:
        return False
    if "csrf_token" in g or "script_nonce" in g or session.modified:
        return False
    return not (current_user and current_user.is_authenticated)


def spare(response: Response) -> Response:
    if response.direct_passthrough or response.mimetype not in COMPRESSED or not is_for_every_visitor(response):
        return response
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.vary.add("Accept-Encoding")
    response.add_etag(weak=True)
    response.make_conditional(request)
    if response.status_code != 200:
        return response
    words = response.get_data()
    if len(words) >= SMALLEST and request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(words, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def join(app: Flask) -> None:
    app.after_request(spare)
