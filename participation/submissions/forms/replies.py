"""What a body writes at its private address."""

from __future__ import annotations

from typing import Any

import wtforms
from wtforms import FormField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from participation.foundation.language import _
from participation.texts.markdown import MAXIMUM_CHARACTERS, one_line
from participation.web.forms import CreatingForm, Form, Rows

from ..models import Outcome
from .deliveries import LONGEST_FUNCTION, LONGEST_NAME
from .submissions import several_lines

# What a body can say; that it said nothing is not for it to say.
OFFERED = [outcome for outcome in Outcome if outcome is not Outcome.NO_REPLY]


class ReplyForm(wtforms.Form):
    """The answer to one point; a part of the form of all. `revision` says what it was written from."""

    point_id = IntegerField(widget=HiddenInput())
    revision = IntegerField(widget=HiddenInput(), validators=[Optional()])
    outcome = SelectField(_("Your answer"), default="")
    words = TextAreaField(_("Your reasons"), [Length(max=MAXIMUM_CHARACTERS)], [several_lines])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        outcomes = [(outcome.value, outcome.label) for outcome in OFFERED]
        self.outcome.choices = [("", _("not answered yet")), *outcomes]


class RepliesForm(Form):
    """All answers of one body; `at` is the point whose button was pressed."""

    points = Rows(FormField(ReplyForm))
    at = HiddenField()


class ReceiptForm(Form):
    name = StringField(_("Your name"), [DataRequired(), Length(max=LONGEST_NAME)], [one_line])


class ConfirmForm(CreatingForm):
    seen = HiddenField()
    name = StringField(_("Your name"), [DataRequired(), Length(max=LONGEST_NAME)], [one_line])
    function = StringField(_("Your function"), [DataRequired(), Length(max=LONGEST_FUNCTION)], [one_line])
