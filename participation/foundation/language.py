"""Words in the reader's language.

`_` and `ngettext` are lazy: the language is chosen when the text is shown, so rules,
forms and enumerations can name their texts at import time.
"""

from __future__ import annotations

from flask_babel import force_locale, get_locale
from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext as ngettext

__all__ = ["_", "force_locale", "labels_of_changes", "language_now", "ngettext"]


def language_now() -> str:
    """The code of the language that texts are shown in at the moment, such as "sl"."""
    locale = get_locale()
    return locale.language if locale is not None else "en"


def labels_of_changes(language: str) -> tuple[str, str]:
    """What a screen reader says before inserted and deleted words; it belongs to the text and is in its language."""
    with force_locale(language):
        return str(_("inserted:")), str(_("deleted:"))
