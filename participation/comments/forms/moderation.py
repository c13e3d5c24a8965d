"""Why a comment is hidden."""

from __future__ import annotations

from typing import Any

from wtforms import TextAreaField
from wtforms.validators import ValidationError

from participation.foundation.language import _
from participation.web.forms import Form

from .words import bounded, clean

LONGEST_REASON = 2_000


class HideForm(Form):
    because = TextAreaField(_("Reason, in words that the author and the public will read"), filters=[clean])

    def validate_because(self, field: Any) -> None:
        if not field.data.strip():
            raise ValidationError(str(_("Say why the comment is hidden.")))
        bounded(field.data, LONGEST_REASON)
