"""The public pages of organisations, and for whom a person acts."""

from __future__ import annotations

from flask import Flask

from .acting import acting_membership, add_acting
from .blueprint import blueprint

__all__ = ["acting_membership", "blueprint", "join"]


def join(app: Flask) -> None:
    app.context_processor(add_acting)
