"""The public pages of consultations."""

from __future__ import annotations

from flask import Flask

from participation.foundation.language import _
from participation.web import navigation

from . import comparing, lists, reading
from .blueprint import blueprint

__all__ = ["blueprint", "comparing", "join", "lists", "reading"]


def join(app: Flask) -> None:
    navigation.add(app, "consultations.index", _("Consultations"), 10)
