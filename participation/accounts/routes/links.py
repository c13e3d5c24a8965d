"""Links in mails: looking at one changes nothing, pressing its button does.

Mail programs and their scanners open links before the person does; Flask-Security's own
pages would let them use the link up.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_security.change_email import _verify_token_status
from flask_security.confirmable import confirm_email_token_status

from participation.foundation.language import _


def confirmation_page(confirm: Any) -> Any:
    """Wraps Flask-Security's view that confirms the address of a new account."""

    def confirm_email(token: str) -> Any:
        expired, invalid, user = confirm_email_token_status(token)
        if user is None or invalid or expired:
            return confirm(token)
        if user.confirmed_at is not None:
            flash(str(_("Your email address has been confirmed already. You can sign in.")), "note")
            return redirect(url_for("security.login"), 303)
        if request.method == "POST":
            return confirm(token)
        return render_template("security/confirm_email.html", token=token, email=user.email)

    return confirm_email


def new_address_page(confirm: Any) -> Any:
    """Wraps Flask-Security's view that puts a new address in the place of the old one."""

    def change_email_confirm(token: str) -> Any:
        expired, invalid, user, address = _verify_token_status(token)
        if expired or invalid or request.method == "POST":
            return confirm(token)
        return render_template("security/change_email_confirm.html", token=token, new=address, old=user.email)

    return change_email_confirm


def code_page(validate: Any) -> Any:
    """Wraps the view that takes the code at sign-in: a person who is signed in already has nothing to do there."""

    def two_factor_token_validation() -> Any:
        if current_user.is_authenticated and session.get("tf_state") != "validating_profile":
            return redirect(url_for("accounts.profile"), 303)
        return validate()

    return two_factor_token_validation


def join(app: Flask) -> None:
    views = app.view_functions
    for name, wrap in (
        ("confirm_email", confirmation_page),
        ("change_email_confirm", new_address_page),
        ("two_factor_token_validation", code_page),
    ):
        views[f"security.{name}"] = wrap(views[f"security.{name}"])
    # Flask-Security lets a link be only looked at; its page has the button that takes effect.
    endpoint = "security.change_email_confirm"
    app.add_url_rule("/change-email/<token>", endpoint, views[endpoint], methods=["POST"])
