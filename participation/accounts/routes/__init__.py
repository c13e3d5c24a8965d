"""Sign-up, sign-in and profile. Flask-Security does the former two, set up here in our manner."""

from __future__ import annotations

from flask import Flask

from . import gate, links, security, sessions, throttling
from .freshness import ask_to_sign_in_again, recent_sign_in
from .profile import blueprint

__all__ = ["ask_to_sign_in_again", "blueprint", "join", "recent_sign_in"]


def join(app: Flask) -> None:
    security.join(app)
    sessions.join(app)
    links.join(app)
    throttling.join(app)
    gate.join(app)
