"""Accepting an invitation. Looking never accepts: mail scanners open links."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.organisations import operations, queries
from participation.organisations.models import Invitation
from participation.organisations.rules import may_accept_invitation
from participation.web.limits import limiter
from participation.web.signin import viewer

from .blueprint import blueprint

OPENED = "opened_invitation"


@blueprint.get("/invitations/<token>")
@limiter.limit("60 per hour")
def open_invitation(token: str) -> Response:
    """Remember which invitation was opened and go on to an address without the secret."""
    session[OPENED] = queries.invitation_by_token(token).id
    return redirect(url_for("organisations.invitations"), 303)


@blueprint.get("/invitations")
def invitations() -> str:
    """The invitation whose link was opened, and all to the person's own confirmed address."""
    person = viewer()
    found = {invitation.id: invitation for invitation in [*_opened(), *queries.invitations_for(person)]}
    return render_template(
        "organisations/invitations.html",
        invitations=[(invitation, may_accept_invitation(person, invitation)) for invitation in found.values()],
    )


def _opened() -> list[Invitation]:
    if OPENED not in session:
        return []
    try:
        return [queries.invitation_by_id(session[OPENED])]
    except NotFound:
        return []


@blueprint.post("/invitations/<int:invitation_id>/accept")
def accept_invitation(invitation_id: int) -> Response:
    person = viewer()
    invitation = queries.invitation_by_id(invitation_id)
    demand(may_accept_invitation(person, invitation))
    place = operations.accept_invitation(person, invitation)
    session.pop(OPENED, None)
    flash(
        str(
            _(
                "You now belong to %(organisation)s. Your role: %(role)s.",
                organisation=place.organisation.name,
                role=place.role_label,
            )
        ),
        "done",
    )
    return redirect(url_for("organisations.show", slug=place.organisation.slug), 303)
