"""How a submission goes to each body, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import wtforms
from flask_wtf.file import FileField
from wtforms import DateField, FormField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from participation.foundation import clock
from participation.foundation.language import _
from participation.foundation.mail import is_address
from participation.texts.markdown import one_line
from participation.web.forms import CreatingForm, Form, Rows

from ..models import Channel
from .submissions import several_lines

LONGEST_REGISTER_NUMBER = 120
LONGEST_NOTE = 3_000
LONGEST_ERRATUM = 10_000
LONGEST_NAME = 160
LONGEST_FUNCTION = 200
MEGABYTE = 1024 * 1024
LARGEST_SCAN = 10
# What a scan begins with, and what it then is. Nothing else is believed.
SCANS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n": "image/png"}

DOCUMENTS, LINK, OTHERWISE = "documents", "link", "otherwise"


class WayForm(wtforms.Form):
    """The way to one body; a part of the form of all."""

    body_id = IntegerField(widget=HiddenInput())
    way = RadioField(_("How it goes there"), default=DOCUMENTS)
    email = StringField(_("Email address"), [Length(max=254)], [one_line])
    channel = SelectField(_("How it was handed over"), default=Channel.POST.value)
    handed_over_on = DateField(_("On which day"), [Optional()])
    register_number = StringField(
        _("Number in the body's register"), [Length(max=LONGEST_REGISTER_NUMBER)], [one_line]
    )
    scan = FileField(_("Scan of the receipt"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.way.choices = [
            (DOCUMENTS, _("by email, with the documents")),
            (LINK, _("by email, with a link only")),
            (OTHERWISE, _("it was handed over otherwise")),
        ]
        self.channel.choices = [(one.value, one.label) for one in Channel if one is not Channel.EMAIL]
        self.scan_content = b""
        self.scan_media_type = ""

    @property
    def is_mail(self) -> bool:
        return self.way.data != OTHERWISE

    @property
    def scan_name(self) -> str:
        return one_line(getattr(self.scan.data, "filename", "") or "")

    def judge(self) -> bool:
        """Whether what this way needs is there; complains beside the fields."""
        if self.is_mail:
            if not is_address(self.email.data or ""):
                _complain(self.email, _("Give the address of one mailbox, such as info@town.example."))
        else:
            self._judge_day()
            self._judge_scan()
        return not any(field.errors for field in self)

    def _judge_day(self) -> None:
        day: date | None = self.handed_over_on.data
        if day is None:
            _complain(self.handed_over_on, _("Say on which day it was handed over."))
        elif day > clock.today():
            _complain(self.handed_over_on, _("This day is still to come. Record it when it has been handed over."))

    def _judge_scan(self) -> None:
        if not self.scan_name:
            return
        self.scan_content = self.scan.data.read(LARGEST_SCAN * MEGABYTE + 1)
        if len(self.scan_content) > LARGEST_SCAN * MEGABYTE:
            _complain(self.scan, _("The file is larger than %(limit)s MB.", limit=LARGEST_SCAN))
            return
        kind = next((kind for start, kind in SCANS.items() if self.scan_content.startswith(start)), None)
        if kind is None:
            _complain(self.scan, _("This is no scan. Choose a PDF file or a picture (JPEG, PNG)."))
            return
        self.scan_media_type = kind


class DeliverForm(CreatingForm):
    """One way for each body; the note stands in every letter."""

    ways = Rows(FormField(WayForm))
    note = TextAreaField(_("A few words of your own"), [Length(max=LONGEST_NOTE)], [several_lines])
    answer_due_on = DateField(_("Answer expected until"), [Optional()])

    def validate_answer_due_on(self, field: Any) -> None:
        if field.data and field.data < clock.today():
            raise wtforms.ValidationError(_("This day has passed. Choose one that is still to come."))

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        # All are judged, so that everything is said at once.
        return all([entry.form.judge() for entry in self.ways]) and bool(sound)


class DeliverAgainForm(CreatingForm):
    """A second try to one body."""

    way = FormField(WayForm)
    note = TextAreaField(_("A few words of your own"), [Length(max=LONGEST_NOTE)], [several_lines])

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        return self.way.form.judge() and bool(sound)


class AcknowledgeForm(Form):
    """Who of the body confirmed that it came, and how the office knows."""

    name = StringField(_("Who confirmed it"), [DataRequired(), Length(max=LONGEST_NAME)], [one_line])
    how = StringField(_("How"), [DataRequired(), Length(max=500)], [one_line])


class ReturnForm(Form):
    because = StringField(_("What came back"), [DataRequired(), Length(max=500)], [one_line])


class RevokeForm(Form):
    because = StringField(_("Why"), [DataRequired(), Length(max=500)], [one_line])


class IssueForm(CreatingForm):
    """A new private address, by mail."""

    email = StringField(_("Email address"), [DataRequired(), Length(max=254)], [one_line])

    def validate_email(self, field: Any) -> None:
        if not is_address(field.data or ""):
            raise wtforms.ValidationError(_("Give the address of one mailbox, such as info@town.example."))


class ReminderForm(IssueForm):
    """A letter that was drafted, as the person wants it."""

    subject = StringField(_("Subject"), [DataRequired(), Length(max=500)], [one_line])
    text = TextAreaField(_("Letter"), [DataRequired(), Length(max=LONGEST_ERRATUM)], [several_lines])


class ReopenForm(Form):
    because = StringField(_("Why"), [DataRequired(), Length(max=500)], [one_line])


class ErratumForm(CreatingForm):
    text = TextAreaField(
        _("What is wrong, and how it should read"), [DataRequired(), Length(max=LONGEST_ERRATUM)], [several_lines]
    )


def _complain(field: Any, words: Any) -> None:
    field.errors = [*field.errors, words]
