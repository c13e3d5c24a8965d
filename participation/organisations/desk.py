"""The office decides about applications, and records who leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from participation.foundation.access import Verdict, demand
from participation.foundation.language import _
from participation.web.signin import viewer

from . import operations, queries
from .forms import ReasonForm
from .models import Doubt, Organisation, OrganisationState
from .rules import (
    may_admit_organisation,
    may_ask_back_organisation,
    may_decline_organisation,
    may_release_organisation,
    may_see_applications,
)

blueprint = Blueprint("organisations_desk", __name__, url_prefix="/desk")


@blueprint.get("/applications")
def applications() -> str:
    """Those that wait, the oldest first; `?state=` shows those that were decided."""
    demand(may_see_applications(viewer()))
    asked = request.args.get("state", "")
    state = OrganisationState(asked) if asked in set(OrganisationState) else None
    return render_template(
        "organisations/desk/applications.html",
        applications=queries.applications(state),
        state=state,
        states=[OrganisationState.ADMITTED, OrganisationState.DECLINED, OrganisationState.LEFT],
    )


@blueprint.get("/applications/<slug>")
def application(slug: str) -> str:
    demand(may_see_applications(viewer()))
    return _page(queries.organisation_by_slug(slug), ReasonForm())


def _page(organisation: Organisation, form: ReasonForm, act: str = "") -> str:
    actor = viewer()
    return render_template(
        "organisations/desk/application.html",
        organisation=organisation,
        doubts=[Doubt(value).label for value in organisation.warnings if value in set(Doubt)],
        form=form,
        wrong_act=act,
        may_admit=may_admit_organisation(actor, organisation),
        may_ask_back=may_ask_back_organisation(actor, organisation),
        may_decline=may_decline_organisation(actor, organisation),
        may_release=may_release_organisation(actor, organisation),
    )


@blueprint.post("/applications/<slug>/admit")
def admit(slug: str) -> Response:
    actor = viewer()
    organisation = queries.organisation_by_slug(slug)
    demand(may_admit_organisation(actor, organisation))
    operations.admit_organisation(actor, organisation)
    flash(
        str(
            _(
                "%(organisation)s is a member now. %(person)s was told by email and can act for it.",
                organisation=organisation.name,
                person=organisation.applicant.name,
            )
        ),
        "done",
    )
    return redirect(url_for("organisations_desk.applications"), 303)


@blueprint.post("/applications/<slug>/ask-back")
def ask_back(slug: str) -> Any:
    words = _(
        "The applicant was asked by email to complete the application. "
        "It comes back to this list when it is sent again."
    )
    return _decide(slug, "ask_back", may_ask_back_organisation, operations.ask_back_organisation, words)


@blueprint.post("/applications/<slug>/decline")
def decline(slug: str) -> Any:
    words = _("The application was declined and the applicant told by email. Its name and numbers are free again.")
    return _decide(slug, "decline", may_decline_organisation, operations.decline_organisation, words)


@blueprint.post("/applications/<slug>/release")
def release(slug: str) -> Any:
    words = _(
        "It is recorded that the organisation left. "
        "Its people can no longer act for it and its representatives were told."
    )
    return _decide(slug, "release", may_release_organisation, operations.release_organisation, words)


def _decide(
    slug: str,
    act: str,
    rule: Callable[[Any, Organisation], Verdict],
    operation: Callable[[Any, Organisation, str], None],
    words: Any,
) -> Any:
    actor = viewer()
    organisation = queries.organisation_by_slug(slug)
    demand(rule(actor, organisation))
    form = ReasonForm()
    if not form.validate():
        return _page(organisation, form, act), 422
    operation(actor, organisation, form.reason.data or "")
    flash(str(words), "done")
    return redirect(url_for("organisations_desk.applications"), 303)
