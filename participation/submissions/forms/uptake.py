"""What a person says of what became of the points in the adopted text."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from participation.foundation.language import _
from participation.texts.uptake import Verdict
from participation.web.forms import Form

from ..models import verdict_label
from .submissions import several_lines

LONGEST_REASON = 5_000


class ConfirmUptakeForm(Form):
    """The numbers of the uptakes' rows that the person saw, and confirms as they were found."""

    uptakes = SelectMultipleField(coerce=int, validate_choice=False)
    # The number of the point whose button was pressed.
    at = IntegerField(validators=[Optional()])

    def validate_uptakes(self, field: Any) -> None:
        # Larger than any number that the database could hold.
        field.data = [number for number in field.data or [] if 0 < number < 2**31]


class CorrectUptakeForm(Form):
    """`seen` is the number of the row of what was said of the point so far, 0 for nothing."""

    seen = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    verdict = SelectField(_("What became of it"))
    reason = TextAreaField(
        _("Reason"),
        [Length(max=LONGEST_REASON, message=_("The reason is longer than 5,000 characters."))],
        [several_lines],
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.verdict.choices = [(verdict.value, verdict_label(verdict)) for verdict in Verdict]
