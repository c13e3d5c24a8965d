"""The form that opens an account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_security.forms import (
    EmailValidation,
    IsString,
    RegisterFormV2,
    email_required,
    unique_user_email,
)
from wtforms import BooleanField, EmailField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from participation.foundation.language import _
from participation.texts.markdown import normalise

from .sign_in import OurWords, new_password, repeated_password

SHORTEST_NAME, LONGEST_NAME = 2, 120
NEW_ORGANISATION = "new"


def one_line(text: str | None) -> str:
    """A name as it is stored: no control characters, no line ends, single spaces."""
    return " ".join(normalise(text or "").split())


def name_of_person(label: object) -> StringField:
    return StringField(
        label,
        render_kw={"autocomplete": "name"},
        filters=[one_line],
        validators=[
            DataRequired(_("Enter your name.")),
            Length(
                SHORTEST_NAME,
                LONGEST_NAME,
                _("A name has %(least)s to %(most)s characters.", least=SHORTEST_NAME, most=LONGEST_NAME),
            ),
            # A name stands in mails to others: it must not carry an address that people might follow.
            Regexp(r"^[^<>@/\\:]*$", message=_("A name has no signs such as @, / or <.")),
        ],
    )


class RegistrationForm(OurWords, RegisterFormV2):
    name = name_of_person(_("Name and surname"))
    email = EmailField(
        _("Email address"),
        render_kw={"autocomplete": "email"},
        validators=[IsString(), email_required, EmailValidation(verify=True), unique_user_email],
    )
    password = new_password(_("Password"))
    password_confirm = repeated_password("password")
    language = SelectField(_("Language of emails and pages"), validators=[InputRequired()])
    joining = SelectField(_("Which organisation do you belong to?"))
    privacy = BooleanField(
        _("I have read how my data is handled."),
        validators=[InputRequired(_("Please confirm that you have read how your data is handled."))],
    )
    submit = SubmitField(_("Register"))


def registration_form(
    languages: Callable[[], Mapping[str, str]],
    language_now: Callable[[], str],
    organisations: Callable[[], Iterable[tuple[int, str]]],
    aim: Callable[[], str],
) -> Callable[..., RegistrationForm]:
    """Makes registration forms that offer these languages and member organisations.

    `aim` is what the person came for, one of the choices of `joining`; any other value asks for nothing.
    """

    def make(name: str, form: type[RegistrationForm], **values: Any) -> RegistrationForm:
        made = form(**values)
        made.language.choices = [SelectChoice(code, word) for code, word in languages().items()]
        made.joining.choices = [
            SelectChoice("", _("None yet")),
            SelectChoice(NEW_ORGANISATION, _("One that is not a member yet: I will register it")),
            *(SelectChoice(str(number), title) for number, title in organisations()),
        ]
        if not made.is_submitted():
            made.language.data = language_now()
            if aim() in {choice.value for choice in made.joining.choices}:
                made.joining.data = aim()
        return made

    return make
