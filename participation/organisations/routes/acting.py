"""For whom the person acts: chosen in the header, kept in the session."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, request, session
from werkzeug.wrappers import Response

from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.organisations.models import Membership
from participation.organisations.queries import organisation_by_id
from participation.organisations.rules import may_act_for_organisation
from participation.web.redirects import safe_address
from participation.web.signin import viewer

from .blueprint import blueprint

CHOSEN = "acting_for"


def acting_choices() -> list[Membership]:
    """The places in member organisations that the person can act from; no query of its own."""
    return [membership for membership in viewer().memberships if membership.is_live]


def acting_membership() -> Membership | None:
    """The place the person acts from: the chosen one while it lives, else the first; None for all others."""
    if "acting_membership" not in g:
        choices = acting_choices()
        chosen = session.get(CHOSEN)
        g.acting_membership = next(
            (place for place in choices if place.organisation_id == chosen), choices[0] if choices else None
        )
    place: Membership | None = g.acting_membership
    return place


def add_acting() -> dict[str, Any]:
    return {"acting": acting_membership(), "acting_choices": acting_choices()}


@blueprint.post("/acting")
def act() -> Response:
    asked = request.form.get("organisation_id", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise NotFound(asked)
    organisation = organisation_by_id(int(asked))
    demand(may_act_for_organisation(viewer(), organisation))
    session[CHOSEN] = organisation.id
    flash(str(_("You now act for %(organisation)s.", organisation=organisation.name)), "done")
    return redirect(safe_address(request.form.get("next", "")), 303)
