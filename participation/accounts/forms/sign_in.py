"""Flask-Security's forms around sign-in, in our words."""

from __future__ import annotations

from flask_security import (
    ChangePasswordForm as BaseChangePasswordForm,
)
from flask_security import (
    ForgotPasswordForm,
    LoginForm,
    SendConfirmationForm,
)
from flask_security import (
    ResetPasswordForm as BaseResetPasswordForm,
)
from flask_security import (
    VerifyForm as BaseVerifyForm,
)
from flask_security.change_email import ChangeEmailForm as BaseChangeEmailForm
from flask_security.forms import (
    EmailValidation,
    EqualToLocalize,
    IsString,
    email_required,
    password_required,
    unique_user_email,
    valid_user_email,
)
from wtforms import EmailField, PasswordField, SubmitField

from participation.foundation.language import _
from participation.web.forms import Form


class OurWords:
    """Gives a form of Flask-Security the messages of our catalogue."""

    Meta = Form.Meta


def address_of_account(label: object) -> EmailField:
    """A field for the address of an account that exists; the form does not tell whether it does."""
    return EmailField(
        label,
        render_kw={"autocomplete": "email"},
        validators=[IsString(), email_required, EmailValidation(verify=False), valid_user_email],
    )


def new_password(label: object) -> PasswordField:
    return PasswordField(
        label, render_kw={"autocomplete": "new-password"}, validators=[IsString(), password_required]
    )


def repeated_password(first: str) -> PasswordField:
    return PasswordField(
        _("The same password once more"),
        render_kw={"autocomplete": "new-password"},
        validators=[IsString(), EqualToLocalize(first, message="RETYPE_PASSWORD_MISMATCH"), password_required],
    )


def present_password(label: object) -> PasswordField:
    return PasswordField(
        label, render_kw={"autocomplete": "current-password"}, validators=[IsString(), password_required]
    )


class SignInForm(OurWords, LoginForm):
    email = EmailField(
        _("Email address"),
        render_kw={"autocomplete": "username"},
        validators=[IsString(), email_required, EmailValidation(verify=False)],
    )
    password = present_password(_("Password"))
    # A sign-in lasts two weeks from the last visit; there is no second, longer-lived cookie.
    remember = None
    submit = SubmitField(_("Sign in"))


class VerifyForm(OurWords, BaseVerifyForm):
    password = present_password(_("Your password"))
    submit = SubmitField(_("Confirm"))


class ForgottenPasswordForm(OurWords, ForgotPasswordForm):
    email = address_of_account(_("Email address of your account"))
    submit = SubmitField(_("Send the link"))


class ConfirmAgainForm(OurWords, SendConfirmationForm):
    email = address_of_account(_("Email address of your account"))
    submit = SubmitField(_("Send the link again"))


class ResetPasswordForm(OurWords, BaseResetPasswordForm):
    password = new_password(_("New password"))
    password_confirm = repeated_password("password")
    submit = SubmitField(_("Save the new password"))


class ChangePasswordForm(OurWords, BaseChangePasswordForm):
    password = PasswordField(_("Present password"), render_kw={"autocomplete": "current-password"})
    new_password = new_password(_("New password"))
    new_password_confirm = repeated_password("new_password")
    submit = SubmitField(_("Change the password"))


class ChangeEmailForm(OurWords, BaseChangeEmailForm):
    email = EmailField(
        _("New email address"),
        render_kw={"autocomplete": "email"},
        validators=[IsString(), email_required, EmailValidation(verify=True), unique_user_email],
    )
    submit = SubmitField(_("Send the link to the new address"))
