"""Words in the reader's language.

`_` and `ngettext` are lazy: the language is chosen when the text is shown, so rules,
forms and enumerations can name their texts at import time.
"""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString, force_locale, format_decimal, get_domain, get_locale
from flask_babel import lazy_gettext as _

__all__ = [
    "_",
    "force_locale",
    "labels_of_changes",
    "language_now",
    "ngettext",
    "with_written_numbers",
    "written_number",
]


def language_now() -> str:
    """The code of the language that texts are shown in at the moment, such as "sl"."""
    locale = get_locale()
    return locale.language if locale is not None else "en"


def written_number(value: int) -> str:
    """12.000 in Slovenian, 12,000 in English."""
    return str(value) if -1000 < value < 1000 else str(format_decimal(value))


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> LazyString:
    """The text for this number, `%(num)s`; it and what else is counted is written as the reader's language does."""
    return LazyString(_counted, singular, plural, num, **variables)


def _counted(singular: str, plural: str, number: int, **variables: Any) -> str:
    words = get_domain().get_translations().ungettext(singular, plural, number)
    return str(words % with_written_numbers({"num": number} | variables))


def with_written_numbers(variables: dict[str, Any]) -> dict[str, Any]:
    """What a text of counts is filled with."""
    return {name: written_number(one) if isinstance(one, int) else one for name, one in variables.items()}


def labels_of_changes(language: str) -> tuple[str, str]:
    """What a screen reader says before inserted and deleted words; it belongs to the text and is in its language."""
    with force_locale(language):
        return str(_("inserted:")), str(_("deleted:"))
