"""Flask-Security, set up for a network of NGOs: its settings, and the parts we put in their place."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_security import FormInfo, MailUtil, Security, SQLAlchemyUserDatastore, WebauthnUtil, hash_password
from flask_security.totp import Totp
from flask_wtf import FlaskForm
from itsdangerous import TimestampSigner
from passlib.totp import TOTP
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from participation.foundation import clock, mail, region
from participation.foundation.database import db
from participation.foundation.language import language_now
from participation.organisations.queries import member_organisations
from participation.web.preferences import NAMES

from .. import emails, forms
from ..models import Passkey, Role, User, Visitor
from . import messages

TRANSLATIONS = "participation/translations"
# Pages that answer a form by sending a mail: the person goes on to the page named here.
AFTER_MAIL = {
    "security/forgot_password.html": "security.login",
    "security/send_confirmation.html": "accounts.look_at_mail",
    "security/change_email.html": "accounts.profile",
}
# The sign-in page, which then says what comes next.
CONFIRMED = "/login?confirmed=yes"
SERIALIZERS = ("remember_token", "login", "reset", "change_email", "confirm", "tf_setup", "tf_validity", "wan")


class Datastore(SQLAlchemyUserDatastore):
    """Flask-Security's view of our people; the request commits, not the datastore."""

    def commit(self) -> None:
        self.db.session.flush()


class OutboxMail(MailUtil):
    """Mails leave through the outbox, in our words and in the language of their reader."""

    def normalize(self, email: str) -> str:
        return str(super().normalize(email.strip())).lower()

    def validate(self, email: str) -> str:
        return str(super().validate(email.strip())).lower()

    def send_mail(
        self, template: str, subject: Any, recipient: Any, sender: Any, body: Any, html: Any, **values: Any
    ) -> None:
        name = template.rpartition("/")[2]
        if name == "reset_instructions":
            # Flask-Security hashes something when the address is unknown; both must take the same time.
            hash_password("")
        mail.send(message_for(name, str(recipient), values))


def message_for(template: str, recipient: str, values: dict[str, Any]) -> mail.Message:
    """Our message for what Flask-Security would say with one of its templates."""
    user = values["user"]
    if template == "welcome_existing":
        token = values.get("confirmation_token")
        return emails.confirmation(user, token) if token else emails.already_registered(user)
    if template in ("welcome", "confirmation_instructions"):
        return emails.confirmation(user, values["confirmation_token"])
    if template == "reset_instructions":
        return emails.reset(user, values["reset_token"])
    if template == "change_email_instructions":
        return emails.new_address(user, recipient, values["token"])
    if template == "two_factor_rescue":
        return emails.help_wanted(user, recipient)
    if template in ("reset_notice", "change_notice"):
        return emails.password_changed(user)
    raise LookupError(f"there is no message for {template}")


class OneTimeCodes(Totp):
    """Codes by our clock; each counts once, so that one read over a shoulder is worth nothing."""

    def __init__(self, secrets: dict[int, str], issuer: str) -> None:
        super().__init__(secrets, issuer)
        self._totp = TOTP.using(issuer=issuer, secrets=secrets, now=lambda: clock.now().timestamp())

    def get_last_counter(self, user: Any) -> int | None:
        return user.tf_last_step

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.tf_last_step = tmatch.counter


class Passkeys(WebauthnUtil):
    """A passkey that replaces the password must know its owner; one beside the password need not."""

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        if usage == "first":
            return AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            )
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.DISCOURAGED,
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        if "secondary" in usage:
            return UserVerificationRequirement.DISCOURAGED
        return UserVerificationRequirement.REQUIRED


class OurSigner(TimestampSigner):
    """Links that expire do so by our clock."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


def render(template: str, **values: Any) -> Response:
    """A page of Flask-Security: 422 when a form on it was refused, a redirect when a mail was sent."""
    form_errors = [form.errors for form in values.values() if isinstance(form, FlaskForm)]
    if request.method != "POST":
        return make_response(render_template(template, **values))
    if any(form_errors):
        return make_response(render_template(template, **values), 422)
    if template in AFTER_MAIL:
        return make_response(redirect(url_for(AFTER_MAIL[template]), 303))
    return make_response(render_template(template, **values))


def key_for(app: Flask, purpose: str) -> bytes:
    """A key of its own for one purpose, made from the secret key (32 bytes)."""
    return hmac.new(str(app.config["SECRET_KEY"]).encode(), f"soglasje {purpose}".encode(), hashlib.sha256).digest()


def settings(app: Flask) -> dict[str, Any]:
    chosen = app.config["SETTINGS"]
    name = region.current().short_name.in_language(region.current().languages[0])
    secure = app.config["SESSION_COOKIE_SECURE"]
    quick = {"argon2__rounds": 1, "argon2__memory_cost": 1024, "argon2__parallelism": 1}
    # The second of the settings that OWASP calls equally strong: 19 MiB, two rounds, one thread.
    slow = {"argon2__rounds": 2, "argon2__memory_cost": 19456, "argon2__parallelism": 1}
    features = {
        feature: True
        for feature in (
            "REGISTERABLE",
            "CONFIRMABLE",
            "RECOVERABLE",
            "CHANGEABLE",
            "CHANGE_EMAIL",
            "TWO_FACTOR",
            "WEBAUTHN",
            "MULTI_FACTOR_RECOVERY_CODES",
            "RETURN_GENERIC_RESPONSES",
        )
    }
    return {
        f"SECURITY_{key}": value
        for key, value in {
            **features,
            "STATIC_FOLDER": None,
            # Flask-Security's own default comes out as "no-store=True", which no cache understands.
            "CACHE_CONTROL": {"no-store": None},
            "CLI_USERS_NAME": None,
            "CLI_ROLES_NAME": None,
            "API_ENABLED_METHODS": ["session"],
            "JOIN_USER_ROLES": False,
            "I18N_DIRNAME": ["builtin", TRANSLATIONS],
            "EMAIL_PLAINTEXT": False,
            "EMAIL_HTML": False,
            "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "allow_smtputf8": False},
            "USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": _address}}],
            "DATETIME_FACTORY": clock.now,
            "PASSWORD_HASH": "argon2",
            "PASSWORD_SCHEMES": ["argon2"],
            # No second secret is mixed in: a lost secret key must not cost everybody the password.
            "PASSWORD_SINGLE_HASH": {"argon2"},
            "PASSWORD_HASH_PASSLIB_OPTIONS": quick if app.testing else slow,
            # For digests inside signed links. A slow one would tell by its time that an account exists.
            "HASHING_SCHEMES": ["hex_sha256"],
            "CONFIRM_EMAIL_WITHIN": timedelta(days=2),
            "RESET_PASSWORD_WITHIN": timedelta(hours=1),
            "CHANGE_EMAIL_WITHIN": timedelta(hours=2),
            "FRESHNESS": timedelta(minutes=10),
            # No grace: ten minutes are ten minutes on every page that asks for them.
            "FRESHNESS_GRACE_PERIOD": timedelta(0),
            "POST_LOGIN_VIEW": "accounts.arrive",
            "POST_LOGOUT_VIEW": "lobby.index",
            "POST_REGISTER_VIEW": "accounts.look_at_mail",
            "POST_CONFIRM_VIEW": CONFIRMED,
            "POST_CHANGE_VIEW": "accounts.profile",
            "POST_CHANGE_EMAIL_VIEW": "security.login",
            "POST_VERIFY_VIEW": "accounts.profile",
            # Only of those whose role asks for it (User.needs_second_factor), and not where everybody looks around.
            "TWO_FACTOR_REQUIRED": not chosen.demonstration,
            "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
            "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
            # A code by mail would make the mailbox the only factor there is.
            "TWO_FACTOR_RESCUE_EMAIL": False,
            "TWO_FACTOR_RESCUE_MAIL": region.current().email,
            "TWO_FACTOR_POST_SETUP_VIEW": "accounts.profile",
            "MULTI_FACTOR_RECOVERY_CODES_N": 10,
            "MULTI_FACTOR_RECOVERY_CODES_KEYS": [base64.urlsafe_b64encode(key_for(app, "recovery codes"))],
            "TOTP_SECRETS": {1: key_for(app, "one-time codes").hex()},
            "TOTP_ISSUER": name,
            "WAN_RP_NAME": name,
            "WAN_ALLOW_USER_HINTS": False,
            "WAN_POST_REGISTER_VIEW": "accounts.profile",
            "TWO_FACTOR_VALIDITY_COOKIE": {"httponly": True, "secure": secure, "samesite": "Strict"},
        }.items()
    } | messages.settings()


def _address(identity: str) -> str | None:
    return identity.strip().lower() if "@" in identity else None


def _languages() -> dict[str, str]:
    return {code: NAMES.get(code, code) for code in region.current().languages}


def _aim() -> str:
    """What the visitor came for: `?joining=` has the number of an organisation, or "new"."""
    return request.args.get("joining", "")


def _organisations() -> list[tuple[int, str]]:
    return [(organisation.id, organisation.name) for organisation in member_organisations()]


def join(app: Flask) -> None:
    app.config.update(settings(app))
    security = Security(
        login_form=forms.SignInForm,
        verify_form=forms.VerifyForm,
        forgot_password_form=forms.ForgottenPasswordForm,
        reset_password_form=forms.ResetPasswordForm,
        change_password_form=forms.ChangePasswordForm,
        change_email_form=forms.ChangeEmailForm,
        send_confirmation_form=forms.ConfirmAgainForm,
        register_form=forms.RegistrationForm,
        two_factor_setup_form=forms.SecondStepForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_rescue_form=forms.RescueForm,
        two_factor_select_form=forms.StepChoiceForm,
        mf_recovery_form=forms.RecoveryCodeForm,
        wan_register_form=forms.PasskeyForm,
        wan_delete_form=forms.ForgetPasskeyForm,
        mail_util_cls=OutboxMail,
        password_util_cls=forms.PasswordRules,
        totp_cls=OneTimeCodes,
        webauthn_util_cls=Passkeys,
        render_template=render,
    )
    make = forms.registration_form(_languages, language_now, _organisations, _aim)
    security.set_form_info("register_form", FormInfo(instantiator=make, cls=forms.RegistrationForm))
    security.init_app(app, Datastore(db, User, Role, Passkey))
    security.want_json(lambda asked: False)
    security.login_manager.anonymous_user = Visitor
    for name in SERIALIZERS:
        getattr(security, f"{name}_serializer").signer = OurSigner
