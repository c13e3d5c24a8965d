"""What a submission and the answers that the office records must look like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import wtforms
from wtforms import (
    DateField,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput

from participation.foundation import clock
from participation.foundation.days import day_in
from participation.foundation.language import _
from participation.texts.markdown import MAXIMUM_CHARACTERS, normalise, one_line
from participation.web.forms import CreatingForm, Form, Rows

from ..models import Outcome

LONGEST_TITLE = 500
LONGEST_SUMMARY = 5_000
LONGEST_SOURCE = 500


def several_lines(typed: str | None) -> str:
    """The text in its one normal form, so that lengths are counted as they will be stored."""
    return normalise(typed or "")


class Checks(SelectMultipleField):
    """Several choices, as checkboxes."""

    option_widget = CheckboxInput()


class SubmissionForm(CreatingForm):
    """`revision` says which text an edit was made from; a new submission has none."""

    revision = IntegerField(widget=HiddenInput(), validators=[Optional()])
    title = StringField(_("Title"), [DataRequired(), Length(max=LONGEST_TITLE)], [one_line])
    language = SelectField(_("Language of the submission"))
    positions = Checks(_("Joint positions"), coerce=int)
    comments = Checks(_("Comments of single organisations"), coerce=int)
    addressees = Checks(_("Addressees"), coerce=int)
    copies = Checks(_("For information"), coerce=int)
    summary = TextAreaField(_("Key demands"), [Length(max=LONGEST_SUMMARY)], [several_lines])
    cover = TextAreaField(_("Cover letter"), [Length(max=MAXIMUM_CHARACTERS)], [several_lines])

    def offer(
        self,
        *,
        languages: Sequence[tuple[str, str]],
        positions: Sequence[tuple[int, Any]],
        comments: Sequence[tuple[int, Any]],
        bodies: Sequence[tuple[int, str]],
    ) -> None:
        self.language.choices = list(languages)
        self.positions.choices = list(positions)
        self.comments.choices = list(comments)
        self.addressees.choices = list(bodies)
        self.copies.choices = list(bodies)

    def validate_addressees(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one addressee."))

    def validate_positions(self, field: Any) -> None:
        if not field.data and not self.comments.data:
            raise ValidationError(_("Choose at least one position or comment."))


class PressedForm(Form):
    """A form that is only a button."""


class FreezeForm(Form):
    """`sha256_seen` is the fingerprint of the preview that the page showed."""

    sha256_seen = HiddenField()


class PointAnswerForm(wtforms.Form):
    """What a body said to one point; a part of the form of all its answers."""

    point_id = IntegerField(widget=HiddenInput())
    outcome = SelectField(_("Answer"), default="")
    words = TextAreaField(_("The body's own words"), [Length(max=MAXIMUM_CHARACTERS)], [several_lines])
    source = StringField(_("Source, if it is another one"), [Length(max=LONGEST_SOURCE)], [one_line])
    answered_on = DateField(_("Date, if it is another one"), [Optional()])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        outcomes = [(outcome.value, outcome.label) for outcome in Outcome]
        self.outcome.choices = [("", _("no answer recorded")), *outcomes]


class AnswersForm(Form):
    """The answers of one body. Source and date stand once for all points, or beside a point."""

    seen = HiddenField()
    source = StringField(_("Where the answer stands"), [Length(max=LONGEST_SOURCE)], [one_line])
    answered_on = DateField(_("Date of the answer"), [Optional()])
    points = Rows(FormField(PointAnswerForm))

    # The first day on which the body could have answered.
    sent_on: date | None = None

    def validate_points(self, field: Any) -> None:
        for entry in field:
            self._judge(entry.form)

    def validate_answered_on(self, field: Any) -> None:
        self._judge_day(field)

    def _judge(self, point: Any) -> None:
        self._judge_day(point.answered_on)
        if point.outcome.data in ("", Outcome.NO_REPLY.value):
            if point.words.data:
                _complain(point.outcome, _("Say how the body answered, since its words are here."))
            return
        if not (point.source.data or self.source.data):
            _complain(point.source, _("Say where the answer stands, here or once for all points above."))
        if not self.day_of(point):
            _complain(point.answered_on, _("Say when the body answered, here or once for all points above."))

    def source_of(self, point: Any) -> str:
        """Where the answer to this point stands: what is said beside it, else what is said for all."""
        return str(point.source.data or self.source.data or "")

    def day_of(self, point: Any) -> date | None:
        """When the body answered this point: what is said beside it, else for all; a source may name its day."""
        beside: date | None = point.answered_on.data or self._named_in(point.source.data)
        for_all: date | None = self.answered_on.data
        return beside or for_all or (None if point.source.data else self._named_in(self.source.data))

    def _named_in(self, source: str | None) -> date | None:
        """The day of an answer that its source names; a day that cannot be is that of something else."""
        day = day_in(source or "")
        return day if day and not any(self._wrong_with(day)) else None

    def _judge_day(self, field: Any) -> None:
        for complaint in self._wrong_with(field.data) if field.data else ():
            _complain(field, complaint)

    def _wrong_with(self, day: date) -> Iterator[Any]:
        if day > clock.today():
            yield _("This day is still to come.")
        if self.sent_on is not None and day < self.sent_on:
            yield _("The submission was sent after this day.")

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        # Judging the whole adds complaints beside fields of its parts, which WTForms does not count.
        return bool(sound) and not any(field.errors for entry in self.points for field in entry.form)


def _complain(field: Any, words: Any) -> None:
    field.errors = [*field.errors, words]
