"""The profile: what a person's account has, and what the person can choose about it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from participation.foundation import region
from participation.foundation.access import demand
from participation.foundation.language import _, force_locale
from participation.web.preferences import NAMES
from participation.web.signin import viewer

from .. import operations
from ..forms import ProfileForm
from ..forms.registration import NEW_ORGANISATION
from ..models import NetworkRole, User
from ..rules import may_change_profile, may_see_profile

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/profile")
def profile() -> str:
    person = viewer()
    demand(may_see_profile(person))
    return page(person, form_for(person))


@blueprint.post("/profile")
def change_profile() -> Any:
    person = viewer()
    demand(may_change_profile(person, person))
    form = form_for(person)
    if not form.validate_on_submit():
        return page(person, form), 422
    operations.change_profile(person, person, form.name.data, form.language.data, form.name_is_public.data)
    session["language"] = form.language.data
    with force_locale(form.language.data):
        flash(str(_("Your profile is saved. It applies at once, also to your earlier comments.")), "done")
    return redirect(url_for("accounts.profile"), 303)


@blueprint.get("/register/mail")
def look_at_mail() -> str:
    """What to do when an account has been opened; it says nothing about whose."""
    settings = current_app.config["SETTINGS"]
    return render_template(
        "accounts/look_at_mail.html", mails_stay_here=settings.demonstration and not settings.mail_server
    )


@blueprint.get("/welcome")
def arrive() -> Response:
    """Where a sign-in ends that was not on the way to a page."""
    demand(may_see_profile(viewer()))
    if session.pop("arriving_with", "") == NEW_ORGANISATION:
        return redirect(url_for("organisations.apply"), 303)
    return redirect(url_for("lobby_desk.index"), 303)


def form_for(person: User) -> ProfileForm:
    form = ProfileForm(obj=person)
    form.language.choices = [SelectChoice(code, NAMES.get(code, code)) for code in region.current().languages]
    return form


def page(person: User, form: ProfileForm) -> str:
    return render_template(
        "accounts/profile.html",
        form=form,
        person=person,
        places=[membership for membership in person.memberships if membership.is_live],
        network_roles=[role for role in NetworkRole if person.has_network_role(role)],
    )
