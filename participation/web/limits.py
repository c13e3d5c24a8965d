"""How often something may be tried, so that nobody floods the network or guesses passwords."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user


def person_or_address() -> str:
    """The signed-in person, else the address the request comes from."""
    if current_user and current_user.is_authenticated:
        return f"user:{current_user.id}"
    return f"address:{get_remote_address()}"


limiter = Limiter(person_or_address, headers_enabled=False)


def join(app: Flask) -> None:
    # Counted in memory: the embedded server is one process; others name a shared store here.
    app.config.setdefault("RATELIMIT_STORAGE_URI", "memory://")
    app.config.setdefault("RATELIMIT_ENABLED", not app.config["TESTING"])
    limiter.init_app(app)
