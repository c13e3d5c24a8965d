"""What Flask-Security says, where its own English is too terse for the people of a network.

Its other messages are translated in translations/*/LC_MESSAGES/flask_security.po.
"""

from __future__ import annotations

from typing import Any

from flask_security.core import _default_messages

from participation.foundation.language import _

OUR_WORDS: dict[str, Any] = {
    "ALREADY_CONFIRMED": _("Your email address has been confirmed already. You can sign in."),
    "CHANGE_EMAIL_CONFIRMED": _("Your new email address is confirmed. Sign in with it."),
    "CHANGE_EMAIL_EXPIRED": _("The link was valid for %(within)s only. Please begin again."),
    "CHANGE_EMAIL_SENT": _("We have sent a link to %(email)s. The address changes when you follow it."),
    "API_ERROR": _("This link is not valid, or it has been used already."),
    "CONFIRMATION_EXPIRED": _("The link was valid for %(within)s only. Here you can ask for a new one."),
    "CONFIRMATION_REQUEST": _("If an account waits for it, a new link is on its way to %(email)s."),
    "CONFIRM_REGISTRATION": _(
        "Thank you. We have sent an email to %(email)s. Follow the link in it to confirm the address, then sign in."
    ),
    "EMAIL_CONFIRMED": _("Thank you. Your email address is confirmed. You can sign in now."),
    "EMAIL_NOT_PROVIDED": _("Enter your email address."),
    "GENERIC_AUTHN_FAILED": _(
        "The address or the password is not right, or the address has not been confirmed yet. "
        "Please check both and try again."
    ),
    "INVALID_CONFIRMATION_TOKEN": _("This link is not valid, or it has been used already."),
    "INVALID_EMAIL_ADDRESS": _("This is not an email address, such as name@example.org."),
    # Flask-Security's own text has a broken placeholder.
    "INVALID_INPUT_LENGTH": _("This is too long: at most %(length)s characters."),
    "INVALID_PASSWORD": _("The password is not right."),
    "INVALID_RECOVERY_CODE": _("This code is not right, or it has been used already."),
    "INVALID_REDIRECT": _("The page you were to go on to is not on this site."),
    "INVALID_RESET_PASSWORD_TOKEN": _("This link is not valid, or it has been used already."),
    "NO_RECOVERY_CODES_SETUP": _("You have no recovery codes yet."),
    "PASSWORD_CHANGE": _("Your password is changed. You have been signed out on all other devices."),
    "PASSWORD_IS_THE_SAME": _("The new password is the same as the present one."),
    "PASSWORD_NOT_PROVIDED": _("Enter the password."),
    "PASSWORD_RESET_EXPIRED": _("The link was valid for %(within)s only. Here you can ask for a new one."),
    "PASSWORD_RESET_NO_LOGIN": _("Your new password is saved. Sign in with it."),
    "PASSWORD_RESET_REQUEST": _("If there is an account with the address %(email)s, a link is on its way there."),
    "REAUTHENTICATION_REQUIRED": _("For this page we ask for your password or passkey once more."),
    "REAUTHENTICATION_SUCCESSFUL": _("Thank you. You can go on."),
    "RETYPE_PASSWORD_MISMATCH": _("The two passwords are not the same."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": _(
        "The second step is set up. From now on we ask for a code when you sign in."
    ),
    "TWO_FACTOR_DISABLED": _("The second step is switched off."),
    "TWO_FACTOR_INVALID_TOKEN": _("The code is not right or no longer valid. Enter the one that the app shows now."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": _("You are signed in."),
    "TWO_FACTOR_PERMISSION_DENIED": _("Please begin with your email address and password."),
    "UNAUTHENTICATED": _("Sign in to see this page."),
    "WEBAUTHN_NAME_REQUIRED": _("Give the passkey a name."),
}
# Flask-Security's kinds of messages and the ones of our pages.
KINDS = {"success": "done", "info": "note", "error": "error", "warning": "warning"}


def settings() -> dict[str, Any]:
    """All messages, each with the kind under which our pages show it."""
    return {
        f"SECURITY_MSG_{key}": (OUR_WORDS.get(key, words), KINDS.get(kind, kind))
        for key, (words, kind) in _default_messages.items()
    }
