"""The pages of submissions: compile, preview, freeze, send, read, answer."""

from __future__ import annotations

from flask import Flask

from participation.foundation.language import _
from participation.web import navigation

from . import (
    answers,
    compiling,
    deliveries,
    documents,
    freezing,
    private,
    reading,
    reminding,
    sending,
    tables,
    uptake,
)
from .blueprint import blueprint

__all__ = [
    "answers",
    "blueprint",
    "compiling",
    "deliveries",
    "documents",
    "freezing",
    "join",
    "private",
    "reading",
    "reminding",
    "sending",
    "tables",
    "uptake",
]


def join(app: Flask) -> None:
    navigation.add(app, "submissions.index", _("Submissions"), 30)
    app.jinja_env.globals["private_address"] = deliveries.private_address
