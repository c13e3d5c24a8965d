"""A table of answers that is loaded, and what was understood of it, to be corrected before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import wtforms
from flask_wtf.file import FileField
from wtforms import DateField, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from participation.foundation import clock
from participation.foundation.language import _
from participation.texts.markdown import MAXIMUM_CHARACTERS, one_line
from participation.web.forms import Form, Rows

from .replies import OFFERED
from .submissions import LONGEST_SOURCE, several_lines


class LoadTableForm(Form):
    file = FileField(_("Table with the answers"))

    def validate_file(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(str(_("Choose a file.")))


class TableRowForm(wtforms.Form):
    """One row: which point it answers (none: it is left out), how, and with which reasons."""

    point = SelectField(_("Answers point"), default="")
    outcome = SelectField(_("Answer"), default="")
    words = TextAreaField(_("Reasons"), [Length(max=MAXIMUM_CHARACTERS)], [several_lines])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.outcome.choices = [("", _("choose")), *((one.value, one.label) for one in OFFERED)]
        self.point.choices = [("", _("leave this row out"))]


class TableForm(Form):
    """What was understood. `seen` is the state of the answers before."""

    seen = HiddenField()
    rows = Rows(FormField(TableRowForm))

    def offer(self, points: Sequence[tuple[str, str]]) -> None:
        for entry in self.rows:
            entry.form.point.choices = [("", _("leave this row out")), *points]

    def validate_rows(self, field: Any) -> None:
        taken: set[str] = set()
        for entry in field:
            point, outcome = entry.form.point, entry.form.outcome
            if not point.data:
                continue
            if point.data in taken:
                point.errors = [*point.errors, _("Another row answers this point already.")]
            taken.add(point.data)
            if not outcome.data:
                outcome.errors = [*outcome.errors, _("Choose the answer, or leave the row out.")]
        if not taken:
            raise ValidationError(_("Choose for at least one row which point it answers."))

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        # Judging the whole adds complaints beside fields of its parts, which WTForms does not count.
        return bool(sound) and not any(field.errors for entry in self.rows for field in entry.form)

    @property
    def chosen(self) -> list[Any]:
        return [entry.form for entry in self.rows if entry.form.point.data]


class OfficeTableForm(TableForm):
    """The office says as well where the answers stand, and of which day they are."""

    source = StringField(_("Where the answer stands"), [DataRequired(), Length(max=LONGEST_SOURCE)], [one_line])
    answered_on = DateField(_("Date of the answer"), [InputRequired()])

    # The first day on which the body could have answered.
    sent_on: date | None = None

    def validate_answered_on(self, field: Any) -> None:
        if field.data is None:
            return
        if field.data > clock.today():
            raise ValidationError(_("This day is still to come."))
        if self.sent_on is not None and field.data < self.sent_on:
            raise ValidationError(_("The submission was sent after this day."))
