"""How the installation's keys of organisations are written on a page."""

from __future__ import annotations

from flask import Flask

from participation.foundation import region
from participation.foundation.language import language_now


def legal_form(key: str) -> str:
    return region.current().legal_form(key).name.in_language(language_now())


def area_of(municipality_code: str) -> str:
    """The development area that a municipality lies in."""
    return region.current().area_of(municipality_code).name.in_language(language_now())


def paragraphs(text: str) -> list[str]:
    """A plain text by its empty lines."""
    return [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]


def add_filters(app: Flask) -> None:
    app.jinja_env.filters.update(legal_form=legal_form, area_of=area_of, paragraphs=paragraphs)
