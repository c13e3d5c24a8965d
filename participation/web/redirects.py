"""Where to go on to: only ever to an address of our own."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import url_for


def safe_address(asked: str) -> str:
    """The address asked for when it is a path of this site, else the front page."""
    try:
        parts = urlsplit(asked)
    except ValueError:  # Such as "http://[".
        return url_for("lobby.index")
    is_path = asked.startswith("/") and not asked.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    if not is_path or any(ord(character) < 33 or character == "\\" for character in asked):
        return url_for("lobby.index")
    return asked
