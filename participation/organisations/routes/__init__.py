"""The public pages of organisations, and for whom a person acts."""

from __future__ import annotations

from flask import Flask

from participation.foundation.language import _
from participation.web import navigation

from . import applications, directory, invitations, people
from .acting import acting_membership, add_acting
from .blueprint import blueprint
from .names import add_filters

__all__ = ["acting_membership", "applications", "blueprint", "directory", "invitations", "join", "people"]


def join(app: Flask) -> None:
    app.context_processor(add_acting)
    add_filters(app)
    navigation.add(app, "organisations.index", _("Organisations"), 40)
