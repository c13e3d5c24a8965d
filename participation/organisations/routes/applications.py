"""Applying to join the network."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from participation.foundation.access import demand
from participation.foundation.language import _
from participation.organisations import operations, queries
from participation.organisations.forms import application_form
from participation.organisations.rules import (
    may_apply_for_admission,
    may_complete_application,
    may_see_application,
)
from participation.web.limits import limiter
from participation.web.signin import viewer

from .blueprint import blueprint


@blueprint.route("/organisations/apply", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
def apply() -> Any:
    applicant = viewer()
    demand(may_apply_for_admission(applicant))
    form = application_form()
    if request.method == "GET" or not form.validate():
        return render_template("organisations/apply.html", form=form), 422 if form.errors else 200
    sent_before = queries.application_by_form_key(applicant.id, form.key)
    form.refuse(queries.collisions(form.profile(), sent_before.id if sent_before else None))
    if form.errors:
        return render_template("organisations/apply.html", form=form), 422
    organisation = operations.apply_for_admission(applicant, form.profile(), form.key)
    flash(str(_("The application was sent. The office will read it, and you will get an email.")), "done")
    return redirect(url_for("organisations.complete", slug=organisation.slug), 303)


@blueprint.route("/organisations/<slug>/application", methods=["GET", "POST"])
def complete(slug: str) -> Any:
    """How the application stands; while it is asked back, the form to complete it."""
    applicant = viewer()
    organisation = queries.organisation_by_slug(slug)
    demand(may_see_application(applicant, organisation))
    verdict = may_complete_application(applicant, organisation)
    if not verdict and request.method == "GET":
        return render_template("organisations/application.html", organisation=organisation, verdict=verdict)
    demand(verdict)
    form = application_form(organisation)
    if request.method == "POST" and form.validate():
        form.refuse(queries.collisions(form.profile(), organisation.id))
        if not form.errors:
            operations.complete_application(applicant, organisation, form.profile())
            flash(str(_("The completed application was sent. The office will read it again.")), "done")
            return redirect(url_for("organisations.complete", slug=slug), 303)
    return (
        render_template("organisations/complete.html", organisation=organisation, form=form),
        422 if form.errors else 200,
    )
