"""The numbers of versions in an address."""

from __future__ import annotations

from flask import request

from participation.foundation.database import NotFound


def asked_number(name: str) -> int | None:
    """The number of a version that the address asks for, or None; raises NotFound for what is no number."""
    asked = request.args.get(name)
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        raise NotFound(asked)
    return int(asked)
