"""Flask-Security's forms of the second step of signing in, in our words."""

from __future__ import annotations

from flask_security import (
    MfRecoveryForm,
    TwoFactorRescueForm,
    TwoFactorSelectForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    WebAuthnDeleteForm,
    WebAuthnRegisterForm,
)
from flask_security.forms import IsString, IsStringOrInt, RequiredLocalize
from wtforms import RadioField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from participation.foundation.language import _

from .sign_in import OurWords


def tidy_code(code: str | None) -> str:
    """A code as people copy it: with spaces, in capitals."""
    return "".join((code or "").split()).lower()


class SecondStepForm(OurWords, TwoFactorSetupForm):
    """Its buttons choose: set the app up, or switch it off again."""

    setup = RadioField(
        _("Second step"),
        choices=[
            SelectChoice("authenticator", _("Set up the app")),
            SelectChoice("disable", _("Switch the second step off")),
        ],
        validate_choice=False,
    )


class CodeForm(OurWords, TwoFactorVerifyCodeForm):
    code = StringField(
        _("Code from the app"),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12"},
        filters=[tidy_code],
        validators=[IsStringOrInt(), InputRequired(_("Enter the six digits that the app shows."))],
    )
    submit = SubmitField(_("Confirm the code"), id="submit-code")


class RescueForm(OurWords, TwoFactorRescueForm):
    help_setup = RadioField(
        _("What helps you?"),
        # Flask-Security adds the recovery codes in words of its own when the account has some.
        choices=[SelectChoice("help", _("Write to the office that I cannot sign in"))],
    )
    submit = SubmitField(_("Continue"), id="rescue")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.help_setup.choices = list(self.help_setup.choices or [])


class StepChoiceForm(OurWords, TwoFactorSelectForm):
    which = RadioField(_("How do you wish to confirm?"))
    submit = SubmitField(_("Continue"))


class RecoveryCodeForm(OurWords, MfRecoveryForm):
    code = StringField(
        _("Recovery code"),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
        filters=[tidy_code],
        validators=[IsString(), InputRequired(_("Enter one of the codes that you put aside."))],
    )
    submit = SubmitField(_("Sign in"))


class PasskeyForm(OurWords, WebAuthnRegisterForm):
    name = StringField(
        _("A name by which you recognise it"),
        render_kw={"autocomplete": "off", "maxlength": "64"},
        validators=[IsString(), RequiredLocalize(message="WEBAUTHN_NAME_REQUIRED")],
    )
    usage = RadioField(
        _("What it is for"),
        choices=[
            SelectChoice("secondary", _("As the second step, after the password")),
            SelectChoice("first", _("To sign in without the password")),
        ],
        default="secondary",
    )
    submit = SubmitField(_("Add the passkey"), id="wan_register")


class ForgetPasskeyForm(OurWords, WebAuthnDeleteForm):
    submit = SubmitField(_("Remove"))
