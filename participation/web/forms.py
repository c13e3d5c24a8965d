"""The base of all forms: CSRF, messages in the reader's language, keys against double sending."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask_babel import Domain
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, HiddenField

from participation.foundation.database import new_key

from .languages import TRANSLATIONS

LONGEST_ROW_NUMBER = 4

_wtforms_words = Domain(translation_directories=[TRANSLATIONS], domain="wtforms")


class _Words:
    """WTForms' own messages, from our catalogue: its own has no Slovenian."""

    def gettext(self, text: str) -> str:
        return str(_wtforms_words.gettext(text))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        # WTForms fills in the placeholders itself, so the text is given as it stands in the catalogue.
        return str(_wtforms_words.get_translations().ungettext(singular, plural, number))


def _without_nul(sent: Any) -> Any:
    """PostgreSQL keeps no NUL in a text, and nobody types one."""
    if not sent or not any("\0" in value for _name, value in sent.items(multi=True) if isinstance(value, str)):
        return sent
    pairs = sent.items(multi=True)
    return MultiDict((name, value.replace("\0", "") if isinstance(value, str) else value) for name, value in pairs)


class Form(FlaskForm):
    """Every form of the product. `validate_on_submit()` reads it; errors stay beside their field."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            return _Words()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return _without_nul(super().wrap_formdata(form, formdata))


class CreatingForm(Form):
    """A form that makes something: its key makes pressing the button twice the same as once."""

    form_key = HiddenField(default=new_key)

    @property
    def key(self) -> str:
        """The key as sent, or a new one if the form came without a sound one (at most 40 characters)."""
        sent = self.form_key.data or ""
        return sent[:40] if sent and sent.isprintable() else new_key()


class Rows(FieldList):
    """Fields that are numbered in the form; what is no row's number is as good as not sent."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # WTForms takes every digit of Unicode for a number, and breaks on "²" and on numbers of 5,000 digits.
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0] if name.startswith(f"{prefix}-") else ""
            if number.isascii() and number.isdigit() and len(number) <= LONGEST_ROW_NUMBER:
                yield int(number)


def described_by(ids: list[str], errors: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The attributes that tie a field to its hint and its errors, for the template of a form row."""
    attributes = dict(given)
    if ids:
        attributes["aria-describedby"] = " ".join(ids)
    if errors:
        attributes["aria-invalid"] = "true"
    return attributes


def join(app: Flask) -> None:
    app.jinja_env.globals["described_by"] = described_by
