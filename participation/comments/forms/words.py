"""What was typed: how it is cleaned, how long it may be, and when a wording is one."""

from __future__ import annotations

from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.language import _, ngettext
from participation.texts.markdown import MAXIMUM_CHARACTERS, normalise

from ..models import WordingAction

# A text this long is given back with the reason; to clean it first would keep the server busy for seconds.
BEYOND_CLEANING = 10 * MAXIMUM_CHARACTERS


def clean(value: str | None) -> str:
    """The canonical form of what was typed, or a hopelessly long text as it is."""
    text = value or ""
    return text if len(text) > BEYOND_CLEANING else normalise(text)


def revision_in(sent: str | None) -> int:
    """The revision that was read; 0, which never matches, when the form does not say."""
    return int(sent) if sent and sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


def bounded(text: str, most: int) -> None:
    if len(text) > most:
        raise ValidationError(
            str(
                ngettext(
                    "This is %(num)s character long; %(most)s are possible. Shorten it, or send it in parts.",
                    "This is %(num)s characters long; %(most)s are possible. Shorten it, or send it in parts.",
                    len(text),
                    most=most,
                )
            )
        )


class Words:
    """The text of a comment and its proposed wording, for every form that takes them.

    `existing` is the text of the provision; the form that carries these fields sets it.
    """

    existing = ""

    def proposes_wording(self) -> bool:
        raise NotImplementedError

    def validate_source(self, field: Any) -> None:
        if not field.data.strip():
            raise ValidationError(
                str(_("Say why the wording should change."))
                if self.proposes_wording()
                else str(_("Write what you want to say."))
            )
        bounded(field.data, MAXIMUM_CHARACTERS)

    def validate_wording(self, field: Any) -> None:
        if not self.proposes_wording():
            self._keep_words(field, _("You also wrote a wording. Propose it, or put the present text back."))
            return
        action = self.wording_action.data  # type: ignore[attr-defined]
        if action == WordingAction.DELETE:
            self._keep_words(
                field,
                _("You delete the provision and also wrote a wording. Propose it, or put the present text back."),
            )
            return
        if not field.data.strip():
            raise ValidationError(str(_("Write the wording that you propose.")))
        if field.data.strip() == self.existing.strip():
            raise ValidationError(
                str(_("This is the present wording. Change it, or choose another kind of comment."))
            )
        bounded(field.data, MAXIMUM_CHARACTERS)

    def _keep_words(self, field: Any, why: Any) -> None:
        """What was typed into a field that does not count would be lost without a word."""
        if (field.data or "").strip() not in ("", self.existing.strip()):
            raise ValidationError(str(why))

    @property
    def proposed(self) -> tuple[WordingAction | None, str]:
        """What is to be done to the provision, and with which words; (None, "") if nothing is proposed."""
        if not self.proposes_wording():
            return None, ""
        action = WordingAction(self.wording_action.data)  # type: ignore[attr-defined]
        return action, "" if action is WordingAction.DELETE else self.wording.data  # type: ignore[attr-defined]
