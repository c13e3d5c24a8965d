"""Headers that every answer carries: what a page may load, and who may keep it."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request
from flask_login import current_user

POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def script_nonce() -> str:
    """The nonce of this answer, for the few scripts that cannot stand in a file."""
    if "script_nonce" not in g:
        g.script_nonce = secrets.token_urlsafe(16)
    return str(g.script_nonce)


def add(response: Response) -> Response:
    nonce = f" 'nonce-{g.script_nonce}'" if "script_nonce" in g else ""
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint in ("static", "stylesheet.show"):
        return response
    response.vary.update(["Cookie", "Accept-Language"])
    if current_user and current_user.is_authenticated:
        response.headers["Cache-Control"] = "no-store"
    return response


def join(app: Flask) -> None:
    app.after_request(add)
    app.jinja_env.globals["script_nonce"] = script_nonce
