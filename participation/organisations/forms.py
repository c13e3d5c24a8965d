"""What an application, an invitation and a decision must look like."""

from __future__ import annotations

import re
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput

from participation.foundation import mail, region
from participation.foundation.language import _, language_now
from participation.texts.markdown import normalise, one_line
from participation.web.forms import CreatingForm, Form

from .models import MembershipRole, Organisation, PresenceKind, Presentation, Profile, skeleton_of
from .models.numbers import registration_number_of, tax_number_of

# Each sign can stand in one place of the pattern only, so that no text takes long to be judged.
WEB_ADDRESS = re.compile(r"https?://[^\s/?#@<>\".]+(?:\.[^\s/?#@<>\".]+)+\.?(?:[/?#][^\s<>\"]*)?\Z", re.IGNORECASE)
LONGEST_TEXT = 5000


def several_lines(typed: str | None) -> str:
    return normalise(typed or "").strip()


def web_address(typed: str | None) -> str:
    """People type addresses without the protocol."""
    address = one_line(typed)
    return f"https://{address}" if address and "://" not in address else address


def is_address(form: Any, field: Any) -> None:
    if field.data and (not mail.ADDRESS.match(field.data) or "." not in field.data.rpartition("@")[2]):
        raise ValidationError(_("This is not an email address. It should look like office@society.example."))


class _Checks(SelectMultipleField):
    """Several choices, as checkboxes."""

    option_widget = CheckboxInput()


# The classes stand in the order of the page, because that is the order in which what is wrong is listed.
class RegisterForm(Form):
    """What the public registers say of an organisation."""

    name = StringField(_("Full name of the organisation"), [DataRequired(), Length(max=200)], filters=[one_line])
    legal_form = SelectField(_("Legal form"), [DataRequired(_("Choose the legal form."))])
    presence = RadioField(_("What the organisation has in the region"), default=PresenceKind.SEAT.value)
    municipality = SelectField(_("Municipality"), [DataRequired(_("Choose the municipality."))])
    registration_number = StringField(_("Registration number"), [Length(max=20)], filters=[one_line])
    tax_number = StringField(_("Tax number"), [Length(max=20)], filters=[one_line])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legal_form.choices = [
            ("", str(_("Choose"))),
            *((form.key, form.name.in_language(language_now())) for form in region.current().legal_forms),
        ]
        self.municipality.choices = [("", str(_("Choose"))), *municipality_choices()]
        self.presence.choices = [(kind.value, kind.label) for kind in PresenceKind]

    def validate_name(self, field: Any) -> None:
        if not skeleton_of(field.data):
            raise ValidationError(_("A name needs letters."))

    def validate_registration_number(self, field: Any) -> None:
        if field.data and registration_number_of(field.data) is None:
            raise ValidationError(_("A registration number has 7 or 10 characters. Leave it empty if you have none."))

    def validate_tax_number(self, field: Any) -> None:
        if field.data and tax_number_of(field.data) is None:
            raise ValidationError(_("A tax number has 8 digits. Leave it empty if you have none."))


class PresentationForm(Form):
    """What the directory says of an organisation, and its members may mend."""

    short_name = StringField(_("Short name"), [Length(max=60)], filters=[one_line])
    address = StringField(_("Address"), [Length(max=200)], filters=[one_line])
    fields_of_work = _Checks(_("Fields of work"), [DataRequired(_("Choose at least one field of work."))])
    email = StringField(
        _("Email of the organisation"), [DataRequired(), Length(max=254), is_address], filters=[one_line]
    )
    phone = StringField(_("Telephone"), [Length(max=40)], filters=[one_line])
    contact_is_public = BooleanField(_("The public may see the email address and the telephone number"))
    website = StringField(_("Website"), [Length(max=300)], filters=[web_address])
    description = TextAreaField(_("What the organisation does"), [Length(max=LONGEST_TEXT)], filters=[several_lines])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields_of_work.choices = [
            (topic.key, topic.name.in_language(language_now())) for topic in region.current().topics
        ]

    def validate_website(self, field: Any) -> None:
        if field.data and not WEB_ADDRESS.match(field.data):
            raise ValidationError(
                _("This is not the address of a website. It should look like https://society.example.")
            )

    def presentation(self) -> Presentation:
        return Presentation(**self._presented())

    def _presented(self) -> dict[str, Any]:
        return {
            "short_name": self.short_name.data,
            "address": self.address.data,
            "fields_of_work": tuple(self.fields_of_work.data or ()),
            "email": self.email.data,
            "phone": self.phone.data,
            "contact_is_public": self.contact_is_public.data,
            "website": self.website.data,
            "description": self.description.data,
        }


class ApplicationForm(RegisterForm, PresentationForm, CreatingForm):
    """An application to join the network."""

    mandate_statement = TextAreaField(
        _("Your mandate"),
        [DataRequired(_("Say in what capacity you speak for the organisation.")), Length(max=LONGEST_TEXT)],
        filters=[several_lines],
    )

    def profile(self) -> Profile:
        return Profile(
            **self._presented(),
            name=self.name.data or "",
            legal_form=self.legal_form.data,
            presence=PresenceKind(self.presence.data),
            municipality=self.municipality.data,
            registration_number=self.registration_number.data or "",
            tax_number=self.tax_number.data or "",
            mandate_statement=self.mandate_statement.data or "",
        )

    def refuse(self, collisions: dict[str, Any]) -> None:
        """Put what belongs to another organisation beside its field."""
        for name, words in collisions.items():
            self[name].errors = [*self[name].errors, words]


def application_form(organisation: Organisation | None = None) -> ApplicationForm:
    """An empty application, or one with what was sent before."""
    return ApplicationForm(obj=organisation) if organisation else ApplicationForm(data={"contact_is_public": True})


def municipality_choices() -> list[tuple[str, str]]:
    """The municipalities of the installation in the order of their names."""
    return [(municipality.code, municipality.name) for municipality in region.current().municipalities_by_name]


class MandateForm(Form):
    """What the office saw that shows a mandate."""

    seen = StringField(
        _("What shows the mandate"),
        [DataRequired(_("Write what you saw, for example the entry in the register and its day.")), Length(max=500)],
        filters=[one_line],
    )


class ReasonForm(Form):
    """Why the office asks back, declines, or records a departure."""

    reason = TextAreaField(
        _("Reason"), [DataRequired(_("Write the reason: the applicant reads it.")), Length(max=LONGEST_TEXT)],
        filters=[several_lines],
    )  # fmt: skip


class InvitationForm(CreatingForm):
    email = StringField(_("Email address"), [DataRequired(), Length(max=254), is_address], filters=[one_line])
    role = RadioField(_("Role"), default=MembershipRole.CONTRIBUTOR.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [(role.value, role.label) for role in MembershipRole]


class RoleForm(Form):
    role = SelectField(_("Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [(role.value, role.label) for role in MembershipRole]
