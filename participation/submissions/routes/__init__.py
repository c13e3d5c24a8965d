"""The pages of submissions: compile, preview, freeze, send, read, answer."""

from __future__ import annotations

from flask import Flask

from participation.foundation.language import _
from participation.web import navigation

from . import answers, compiling, documents, freezing, reading, sending
from .blueprint import blueprint

__all__ = ["answers", "blueprint", "compiling", "documents", "freezing", "join", "reading", "sending"]


def join(app: Flask) -> None:
    navigation.add(app, "submissions.index", _("Submissions"), 30)
