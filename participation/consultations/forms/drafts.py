"""Forms about the text of a draft."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from participation.foundation import clock
from participation.foundation.language import _
from participation.texts.markdown import one_line
from participation.texts.provisions import Kind
from participation.web.forms import CreatingForm, Form

from ..models.dates import EXPRESS
from ..models.imports import PASTED, Sent
from ..models.kinds import DEEPEST_LEVEL, label_of

LONGEST_PROVISION = 100_000
LONGEST_SOURCE = 500
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "pdf": "application/pdf",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "txt": "text/plain",
    "text": "text/plain",
}


def extension_of(filename: str) -> str:
    """The end of a file's name in small letters, without the dot."""
    return PurePath(filename.replace("\\", "/")).suffix.lower().removeprefix(".")


def given_name(filename: str | None) -> str:
    """The name of a file as people may read it: without folders, and without signs that turn the direction
    of writing, which would let a file look as if it were of another kind."""
    return one_line((filename or "").replace("\\", "/").rpartition("/")[2])


class VersionForm(CreatingForm):
    """A text as a file or as pasted words."""

    file = FileField(_("Draft as a file"))
    text = TextAreaField(_("Or its text"))

    def sent(self) -> Sent:
        """What came in. The file is read here, so this is called once."""
        is_pasted = not self.file.data
        filename = PASTED if is_pasted else given_name(self.file.data.filename)
        content = (self.text.data or "").encode("utf-8", "replace") if is_pasted else bytes(self.file.data.read())
        return Sent(
            content=content,
            filename=filename,
            media_type=MEDIA_TYPES.get(extension_of(filename), "application/octet-stream"),
            is_pasted=is_pasted,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if not self.file.data and not (self.text.data or "").strip():
            self.file.errors = [*self.file.errors, _("Choose a file, or paste the text.")]
            good = False
        if self.file.data and (self.text.data or "").strip():
            self.text.errors = [*self.text.errors, _("Give either a file or a text, not both.")]
            good = False
        return good


class UploadForm(VersionForm):
    """A draft as a file or as pasted text. With the express box it is published at once."""

    title = StringField(
        _("Title"), [Length(max=500, message=_("The title is longer than 500 characters."))], filters=[one_line]
    )
    internal_deadline_on = DateField(_("Comments until"), [Optional()])
    is_express = BooleanField(_("Express consultation: publish at once"))

    def sent(self) -> Sent:
        """What came in, and what was wished for."""
        return replace(
            super().sent(),
            title=self.title.data or "",
            internal_deadline_on=self.internal_deadline_on.data,
            is_express=self.is_express.data,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        return self._dates_make_sense() and good

    def _dates_make_sense(self) -> bool:
        closes, today = self.internal_deadline_on.data, clock.today()
        words = None
        if closes is not None and closes < today:
            words = _("This day has already passed.")
        elif self.is_express.data and closes is None and not self.internal_deadline_on.errors:
            words = _("An express consultation needs the day on which it ends.")
        elif self.is_express.data and closes is not None and closes > today + EXPRESS:
            words = _("An express consultation takes less than 48 hours: it ends today or tomorrow.")
        if words is None:
            return True
        self.internal_deadline_on.errors = [*self.internal_deadline_on.errors, words]
        return False


class ActForm(Form):
    """One press of a button beside a provision."""

    key = HiddenField(validators=[InputRequired()])
    revision = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class MatchForm(ActForm):
    """Which provision of the version before one is; empty: it is new."""

    old_key = SelectField(_("In the version before it was"), validate_choice=True)


class PublishVersionForm(Form):
    """The box about the file stands only where hardly any words are in both versions.

    The adopted text says on which day it was adopted and where that is published.
    """

    is_adopted = BooleanField(_("This is the adopted text"))
    adopted_on = DateField(_("Adopted on"), [Optional()])
    adopted_source = StringField(
        _("Where it is published"),
        [Length(max=LONGEST_SOURCE, message=_("The source is longer than 500 characters."))],
        filters=[one_line],
    )
    is_right_file = BooleanField(_("It is the right file: the whole text was written anew"))

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        return self._says_all_of_adoption() and good

    def _says_all_of_adoption(self) -> bool:
        day, source = self.adopted_on, self.adopted_source
        if not self.is_adopted.data:
            is_said = bool(day.data or source.data)
            if is_said:
                words = _("Say that it is the adopted text, or leave its day and source empty.")
                self.is_adopted.errors = [*self.is_adopted.errors, words]
            return not is_said
        if not day.data and not day.errors:
            day.errors = [_("Say on which day it was adopted.")]
        if not source.data:
            source.errors = [*source.errors, _("Say where the adopted text is published.")]
        return not day.errors and not source.errors


class ProvisionForm(Form):
    """One provision of the text. An empty level is the usual one of the kind."""

    key = HiddenField(validators=[InputRequired()])
    revision = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    kind = SelectField(_("Kind"), choices=[SelectChoice(kind.value, label_of(kind)) for kind in Kind])
    label = StringField(
        _("Printed number or mark"), [Length(max=200, message=_("The mark is longer than 200 characters."))]
    )
    level = IntegerField(
        _("Depth"),
        [
            Optional(),
            NumberRange(1, DEEPEST_LEVEL, _("The depth is a number from 1 (outermost) to 12.")),
        ],
    )
    text = TextAreaField(
        _("Text"), [Length(max=LONGEST_PROVISION, message=_("The text is longer than 100,000 characters."))]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if not (self.text.data or "").strip(" \r\n\t-") and not (self.label.data or "").strip():
            self.text.errors = [*self.text.errors, _("Nothing is left. To leave the provision out, drop it.")]
            return False
        return good
