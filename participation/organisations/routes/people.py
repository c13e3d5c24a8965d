"""The people of an organisation: inviting, removing, roles, requests."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from participation.foundation.access import demand
from participation.foundation.language import _
from participation.organisations import operations, queries
from participation.organisations.forms import InvitationForm, MandateForm, RoleForm
from participation.organisations.models import Membership, MembershipRole, Organisation
from participation.organisations.rules import (
    may_accept_request,
    may_change_role,
    may_check_mandate,
    may_decline_request,
    may_invite_person,
    may_remove_person,
    may_revoke_invitation,
    may_see_people,
)
from participation.web.limits import limiter
from participation.web.paging import page_number
from participation.web.signin import viewer

from .blueprint import blueprint


@blueprint.get("/organisations/<slug>/people")
def people(slug: str) -> str:
    organisation = queries.organisation_by_slug(slug)
    demand(may_see_people(viewer(), organisation))
    return _page(organisation, InvitationForm())


def _page(organisation: Organisation, form: InvitationForm, mandate_form: MandateForm | None = None) -> str:
    person = viewer()
    people = queries.people_of(organisation, page_number())
    may_invite = may_invite_person(person, organisation)
    requests, more_requests = queries.first_requests(organisation) if may_invite else ([], 0)
    return render_template(
        "organisations/people.html",
        organisation=organisation,
        form=form,
        mandate_form=mandate_form or MandateForm(formdata=None),
        roles=list(MembershipRole),
        places=[
            (
                place,
                may_remove_person(person, place, people.representatives),
                may_change_role(person, place, _other_role(place), people.representatives),
                may_check_mandate(person, place),
            )
            for place in people.page.items
        ],
        page=people.page,
        requests=requests,
        more_requests=more_requests,
        invitations=queries.open_invitations(organisation) if may_invite else [],
        may_invite=may_invite,
    )


def _other_role(place: Membership) -> MembershipRole:
    return MembershipRole.CONTRIBUTOR if place.is_representative else MembershipRole.REPRESENTATIVE


@blueprint.post("/organisations/<slug>/people")
@limiter.limit("60 per hour")
def invite(slug: str) -> Any:
    person = viewer()
    organisation = queries.organisation_by_slug(slug)
    demand(may_invite_person(person, organisation))
    form = InvitationForm()
    if not form.validate():
        return _page(organisation, form), 422
    invitation = operations.invite_person(
        person, organisation, form.email.data or "", MembershipRole(form.role.data), form.key
    )
    words = _("The invitation was sent to %(email)s. The link in it works for 14 days.", email=invitation.email)
    flash(str(words), "done")
    return _back(slug)


@blueprint.post("/organisations/<slug>/people/<int:membership_id>/remove")
def remove(slug: str, membership_id: int) -> Response:
    person = viewer()
    organisation = queries.organisation_by_slug(slug)
    membership = queries.membership_by_id(organisation, membership_id)
    demand(may_remove_person(person, membership, queries.number_of_representatives(organisation)))
    operations.remove_person(person, membership)
    if membership.user_id == person.id:
        flash(
            str(
                _(
                    "You left %(organisation)s and no longer act for it. What you wrote for it stays.",
                    organisation=organisation.name,
                )
            ),
            "done",
        )
        return redirect(url_for("organisations.show", slug=slug), 303)
    name = membership.user.name
    words = _("%(person)s can no longer act for the organisation and was told by email.", person=name)
    flash(str(words), "done")
    return _back(slug)


@blueprint.post("/organisations/<slug>/people/<int:membership_id>/role")
def change_role(slug: str, membership_id: int) -> Any:
    person = viewer()
    organisation = queries.organisation_by_slug(slug)
    membership = queries.membership_by_id(organisation, membership_id)
    form = RoleForm()
    if not form.validate():
        demand(may_see_people(person, organisation))
        flash(str(_("Choose one of the roles.")), "error")
        return _page(organisation, InvitationForm(formdata=None)), 422
    role = MembershipRole(form.role.data)
    demand(may_change_role(person, membership, role, queries.number_of_representatives(organisation)))
    operations.change_role(person, membership, role)
    flash(
        str(
            _(
                "The role of %(person)s is now: %(role)s. It holds at once.",
                person=membership.user.name,
                role=role.label,
            )
        ),
        "done",
    )
    return _back(slug)


@blueprint.post("/organisations/<slug>/people/<int:membership_id>/mandate")
def check_mandate(slug: str, membership_id: int) -> Any:
    person = viewer()
    organisation = queries.organisation_by_slug(slug)
    membership = queries.membership_by_id(organisation, membership_id)
    demand(may_check_mandate(person, membership))
    form = MandateForm()
    if not form.validate():
        return _page(organisation, InvitationForm(formdata=None), form), 422
    operations.check_mandate(person, membership, form.seen.data)
    words = _("The mandate of %(person)s counts as checked from now on.", person=membership.user.name)
    flash(str(words), "done")
    return _back(slug)


@blueprint.post("/organisations/<slug>/requests/<int:membership_id>/accept")
def accept_request(slug: str, membership_id: int) -> Response:
    person = viewer()
    membership = queries.membership_by_id(queries.organisation_by_slug(slug), membership_id)
    demand(may_accept_request(person, membership))
    operations.accept_request(person, membership)
    flash(
        str(_("%(person)s now belongs to the organisation and was told by email.", person=membership.user.name)),
        "done",
    )
    return _back(slug)


@blueprint.post("/organisations/<slug>/requests/<int:membership_id>/decline")
def decline_request(slug: str, membership_id: int) -> Response:
    person = viewer()
    membership = queries.membership_by_id(queries.organisation_by_slug(slug), membership_id)
    demand(may_decline_request(person, membership))
    operations.decline_request(person, membership)
    flash(str(_("The request was declined. %(person)s was told by email.", person=membership.user.name)), "done")
    return _back(slug)


@blueprint.post("/organisations/<slug>/invitations/<int:invitation_id>/revoke")
def revoke_invitation(slug: str, invitation_id: int) -> Response:
    person = viewer()
    invitation = queries.invitation_by_id(invitation_id, queries.organisation_by_slug(slug))
    demand(may_revoke_invitation(person, invitation))
    operations.revoke_invitation(person, invitation)
    flash(
        str(
            _(
                "The invitation to %(email)s no longer works. Nobody is told; you can send a new one.",
                email=invitation.email,
            )
        ),
        "done",
    )
    return _back(slug)


def _back(slug: str) -> Response:
    """To the page of the list on which the act was chosen."""
    number = page_number()
    return redirect(url_for("organisations.people", slug=slug, page=number if number > 1 else None), 303)
