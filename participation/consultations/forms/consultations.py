"""Forms about the consultation itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from participation.bodies.models import Level, PublicBody
from participation.foundation import region
from participation.foundation.language import _, language_now
from participation.texts.markdown import normalise, one_line
from participation.web.forms import CreatingForm, Form

from ..models import Audience, Consultation, Dates, Deadline, StageKey, brought_forward, timetable_of
from .drafts import MEDIA_TYPES, extension_of, given_name

LONGEST_SUMMARY = 30_000
ATTACHED_TYPES = MEDIA_TYPES | {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "zip": "application/zip",
}
_LANGUAGES = {
    "sl": _("Slovenian"),
    "en": _("English"),
    "de": _("German"),
    "hr": _("Croatian"),
    "it": _("Italian"),
    "hu": _("Hungarian"),
    "fr": _("French"),
}
_ADDRESS = re.compile(r"https?://\S")


class Checkboxes(SelectMultipleField):
    """Several of a list, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def at_most(number: int, words: Any) -> Length:
    return Length(max=number, message=words)


class DescribeForm(Form):
    """All fields of a consultation. The dates are there only until it is published."""

    revision = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    title = StringField(
        _("Title"),
        [
            DataRequired(_("Give the consultation a title.")),
            at_most(500, _("The title is longer than 500 characters.")),
        ],
        filters=[one_line],
    )
    summary = TextAreaField(
        _("Summary in plain words"), [at_most(LONGEST_SUMMARY, _("This is longer than 30,000 characters."))]
    )
    why_it_matters = TextAreaField(
        _("Why it matters"), [at_most(LONGEST_SUMMARY, _("This is longer than 30,000 characters."))]
    )
    opens_on = DateField(_("Comments from"), [InputRequired(_("Choose the first day for comments."))])
    internal_deadline_on = DateField(_("Comments until"), [Optional()])
    cosigning_from_on = DateField(_("Co-signing from"), [Optional()])
    official_deadline_on = DateField(_("Official deadline of the body"), [Optional()])
    audience = RadioField(_("Who may comment"), choices=[SelectChoice(one.value, one.label) for one in Audience])
    is_express = BooleanField(_("Express consultation (less than 48 hours)"))
    body_id = SelectField(_("Public body that prepares the draft"), coerce=int)
    level = SelectField(_("Level"), choices=[SelectChoice(level.value, level.label) for level in Level])
    municipalities = Checkboxes(_("Municipalities concerned"))
    topics = Checkboxes(_("Topics"))
    language = SelectField(_("Language of the draft"), choices=[SelectChoice(*item) for item in _LANGUAGES.items()])
    act_kind = StringField(
        _("Kind of act"), [at_most(120, _("This is longer than 120 characters."))], filters=[one_line]
    )
    published_at_address = StringField(
        _("Where the body published it"),
        [at_most(500, _("This is longer than 500 characters."))],
        filters=[one_line],
    )
    published_by_body_on = DateField(_("When the body published it"), [Optional()])
    period_rule = SelectField(_("Rule for the official period"))
    eva = StringField(_("EVA number"), [at_most(60, _("This is longer than 60 characters."))], filters=[one_line])
    epa = StringField(_("EPA number"), [at_most(60, _("This is longer than 60 characters."))], filters=[one_line])
    gazette = StringField(
        _("Official gazette"), [at_most(60, _("This is longer than 60 characters."))], filters=[one_line]
    )
    contact = StringField(_("Contact"), [at_most(300, _("This is longer than 300 characters."))], filters=[one_line])
    links = TextAreaField(_("Links"), [at_most(5_000, _("This is longer than 5,000 characters."))])

    def __init__(self, consultation: Consultation, bodies: Sequence[PublicBody], **values: Any) -> None:
        super().__init__(data=_as_typed(consultation), **values)
        installation, language = region.current(), language_now()
        self.body_id.choices = [
            SelectChoice(0, _("not chosen")),
            *(SelectChoice(body.id, body.name) for body in bodies),
        ]
        self.municipalities.choices = [
            SelectChoice(one.code, one.name) for one in installation.municipalities_by_name
        ]
        self.topics.choices = [
            SelectChoice(topic.key, topic.name.in_language(language)) for topic in installation.topics
        ]
        self.period_rule.choices = [
            SelectChoice("", _("not chosen")),
            *(SelectChoice(rule.key, rule.name.in_language(language)) for rule in installation.period_rules),
        ]
        if consultation.is_public:
            for name in ("opens_on", "internal_deadline_on", "cosigning_from_on", "official_deadline_on"):
                delattr(self, name)

    def validate_links(self, field: TextAreaField) -> None:
        for line in _lines(field.data):
            if not _link(line)["address"]:
                raise ValidationError(
                    _("Write a title and then an address that begins with https://. Not so: %(line)s", line=line)
                )

    def validate_published_at_address(self, field: StringField) -> None:
        address = (field.data or "").strip()
        if "://" in address and not address.startswith(("https://", "http://")):
            raise ValidationError(_("An address on the web begins with https://."))

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if "opens_on" in self and self.internal_deadline_on.data is None and not self.internal_deadline_on.errors:
            good = self._fill_in_dates() and good
        if self.errors or "opens_on" not in self:
            return good
        return _note_contradictions(self, _chosen_dates(self)) and good

    def _fill_in_dates(self) -> bool:
        """From the official deadline backwards; without one somebody has to choose the last day for comments."""
        opens_on, official = self.opens_on.data, self.official_deadline_on.data
        own = region.current().own_periods
        timetable = timetable_of(own, opens_on, official) if opens_on is not None else None
        if timetable is None:
            self.internal_deadline_on.errors = [_("Choose the last day for comments.")]
            return False
        self.internal_deadline_on.data = timetable.stage(StageKey.COMMENTING).last
        cosigning = timetable.stage(StageKey.COSIGNING).first
        if self.cosigning_from_on.data is None and cosigning > self.internal_deadline_on.data:
            self.cosigning_from_on.data = cosigning
        return True

    def description(self) -> dict[str, Any]:
        """What was filled in, under the names of `operations.Description`."""
        values = {name: field.data for name, field in self._fields.items() if name not in ("csrf_token", "revision")}
        for name in ("summary", "why_it_matters"):
            values[name] = normalise(values[name] or "")
        identifiers = {name: values.pop(name) for name in _IDENTIFIERS}
        values["identifiers"] = {name: value for name, value in identifiers.items() if value}
        values["links"] = [_link(line) for line in _lines(values["links"])]
        values["body_id"] = values["body_id"] or None
        values["level"], values["audience"] = Level(values["level"]), Audience(values["audience"])
        return values


class ExtendForm(Form):
    """Other days for the deadlines, with a public reason."""

    revision = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    internal_deadline_on = DateField(_("Comments until"), [InputRequired(_("Choose the last day for comments."))])
    cosigning_from_on = DateField(_("Co-signing from"), [Optional()])
    official_deadline_on = DateField(_("Official deadline of the body"), [Optional()])
    because = TextAreaField(
        _("Why the deadline moves"),
        [
            DataRequired(_("Say why: the reason is published beside the new date.")),
            at_most(2_000, _("The reason is longer than 2,000 characters.")),
        ],
    )

    def __init__(self, consultation: Consultation, **values: Any) -> None:
        super().__init__(data={name: getattr(consultation, name) for name in _EXTENDED}, **values)
        self.consultation = consultation

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if self.errors:
            return good
        for name, words in brought_forward(
            self.consultation, {name: self[name].data for name in ("internal_deadline_on", "official_deadline_on")}
        ):
            self[name].errors = [*self[name].errors, words]
        if self.cosigning_from_on.data is None and self.consultation.cosigning_from_on is not None:
            self.cosigning_from_on.errors = [_("Choose the day on which co-signing begins.")]
        dates = Dates(
            self.consultation.opens_on,
            self.internal_deadline_on.data,
            self.cosigning_from_on.data,
            self.official_deadline_on.data,
        )
        good = _note_contradictions(self, dates)
        if self.errors:
            return False
        # Pressing the button twice is no mistake: then the form is older than the change it has made.
        is_fresh = self.revision.data == self.consultation.revision
        if is_fresh and all(getattr(self.consultation, name) == self[name].data for name in _EXTENDED[1:]):
            self.internal_deadline_on.errors = [_("No date is different from the present one.")]
            return False
        return good

    def dates(self) -> dict[Deadline, date]:
        chosen = {
            Deadline.INTERNAL: self.internal_deadline_on.data,
            Deadline.COSIGNING: self.cosigning_from_on.data,
            Deadline.OFFICIAL: self.official_deadline_on.data,
        }
        return {deadline: day for deadline, day in chosen.items() if day is not None}


class PublishForm(Form):
    """One press of a button."""


class ConcludeForm(Form):
    """One press of a button."""


class AttachForm(CreatingForm):
    file = FileField(_("File"), [FileRequired(_("Choose a file."))])
    title = StringField(_("Title"), [at_most(300, _("The title is longer than 300 characters."))], filters=[one_line])

    @property
    def filename(self) -> str:
        return given_name(self.file.data.filename)

    @property
    def media_type(self) -> str:
        return ATTACHED_TYPES[extension_of(self.filename)]

    def validate_file(self, field: FileField) -> None:
        if extension_of(self.filename) not in ATTACHED_TYPES:
            raise ValidationError(_("Files of this kind cannot be attached: choose a document, table or picture."))


_IDENTIFIERS = ("eva", "epa", "gazette")
_EXTENDED = ("revision", "internal_deadline_on", "cosigning_from_on", "official_deadline_on")


def _chosen_dates(form: Any) -> Dates:
    return Dates(
        form.opens_on.data,
        form.internal_deadline_on.data,
        form.cosigning_from_on.data,
        form.official_deadline_on.data,
    )


def _note_contradictions(form: Any, dates: Dates) -> bool:
    """Put what contradicts beside its field; true when nothing does."""
    good = True
    for name, words in dates.contradictions():
        form[name].errors = [*form[name].errors, words]
        good = False
    return good


def _as_typed(consultation: Consultation) -> dict[str, Any]:
    """The stored values as the form shows them."""
    columns = [name for name in DescribeForm.__dict__ if hasattr(Consultation, name)]
    return {
        **{name: getattr(consultation, name) for name in columns},
        **{name: consultation.identifiers.get(name, "") for name in _IDENTIFIERS},
        "body_id": consultation.body_id or 0,
        "links": "\n".join(f"{link['title']} {link['address']}".strip() for link in consultation.links),
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in normalise(text or "").split("\n") if line.strip()]


def _link(line: str) -> dict[str, str]:
    """The address that ends a line, and the title before it; the address is empty where there is none."""
    *words, last = line.split() or [""]
    found = _ADDRESS.search(last)
    if found is None:
        return {"title": line, "address": ""}
    title, address = " ".join([*words, last[: found.start()]]).strip(), last[found.start() :]
    return {"title": title or address, "address": address}
