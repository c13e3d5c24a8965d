"""Who looks: the real user behind Flask-Login's proxy, or a visitor."""

from __future__ import annotations

from typing import Any

from flask_login import current_user


def viewer() -> Any:
    """The user (accounts.User) or visitor (accounts.Visitor) of this request; the object itself."""
    return current_user._get_current_object()
