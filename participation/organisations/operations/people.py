"""Who belongs to an organisation, and with what mandate."""

from __future__ import annotations

import secrets

from sqlalchemy import select

from participation.accounts.models import User, Viewer
from participation.accounts.queries import user_by_email
from participation.foundation import audit, clock, mail
from participation.foundation.access import demand
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.organisations import emails, queries
from participation.organisations.events import mandate_changed
from participation.organisations.models import (
    INVITATION_LASTS,
    Invitation,
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
)
from participation.organisations.rules import (
    may_accept_invitation,
    may_accept_request,
    may_change_role,
    may_check_mandate,
    may_decline_request,
    may_invite_person,
    may_remove_person,
    may_request_membership,
    may_revoke_invitation,
)


def invite_person(
    actor: User, organisation: Organisation, email: str, role: MembershipRole, form_key: str
) -> Invitation:
    """Send an invitation by mail; an open one to the same address is void from now on.

    Raises Conflict when the person belongs to the organisation already.
    """
    demand(may_invite_person(actor, organisation))
    _hold(organisation)
    earlier = queries.invitation_by_form_key(organisation, form_key)
    if earlier is not None:
        return earlier
    invited = user_by_email(email)
    if invited is not None:
        place = queries.place_of(invited, organisation)
        if place is not None and place.state == MembershipState.LIVE:
            raise Conflict(_("%(email)s belongs to this organisation already.", email=email))
    for older in queries.open_invitations(organisation):
        if older.email.lower() == email.lower():
            older.revoked_at = clock.now()
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        role=role,
        token_sha256=queries.hash_of(token),
        invited_by=actor,
        invited_at=clock.now(),
        expires_at=clock.now() + INVITATION_LASTS,
        form_key=form_key,
    )
    session.add(invitation)
    audit.record(actor, "invitation.sent", invitation, organisation=organisation.id, role=role.value)
    mail.send(emails.invitation(invitation, token, invited))
    return invitation


def revoke_invitation(actor: Viewer, invitation: Invitation) -> None:
    demand(may_revoke_invitation(actor, invitation))
    if invitation.revoked_at is not None:
        return
    invitation.revoked_at = clock.now()
    audit.record(actor, "invitation.revoked", invitation)


def accept_invitation(actor: User, invitation: Invitation) -> Membership:
    """Take the offered place; single use. A request or lower role that is there already is raised to it."""
    _hold(invitation.organisation)
    session.refresh(invitation)
    demand(may_accept_invitation(actor, invitation))
    invitation.accepted_at = clock.now()
    place = queries.place_of(actor, invitation.organisation)
    if place is None:
        place = Membership(user=actor, organisation=invitation.organisation, role=MembershipRole.CONTRIBUTOR)
        session.add(place)
    if place.state != MembershipState.LIVE:
        place.began_at = clock.now()
    place.state = MembershipState.LIVE
    if invitation.role == MembershipRole.REPRESENTATIVE:
        place.role = MembershipRole.REPRESENTATIVE
    audit.record(actor, "invitation.accepted", invitation, role=str(place.role))
    _forget_places(actor)
    mandate_changed.send(place)
    return place


def request_membership(actor: User, organisation: Organisation) -> Membership:
    """Ask to belong to an organisation; its representatives decide. Asking twice is asking once."""
    demand(may_request_membership(actor, organisation))
    place = queries.place_of(actor, organisation)
    if place is not None:
        return place
    place = Membership(
        user=actor, organisation=organisation, state=MembershipState.REQUESTED, requested_at=clock.now()
    )
    kept = keep_first(place, lambda: queries.place_of(actor, organisation))
    if kept is not place:
        return kept
    audit.record(actor, "membership.requested", place)
    for representative in queries.representatives_of(organisation):
        mail.send(emails.membership_requested(place, representative))
    return place


def accept_request(actor: Viewer, membership: Membership) -> None:
    """The person becomes a contributor."""
    session.refresh(membership, with_for_update={"of": Membership})
    demand(may_accept_request(actor, membership))
    membership.state, membership.began_at = MembershipState.LIVE, clock.now()
    audit.record(actor, "membership.accepted", membership)
    mail.send(emails.membership_accepted(membership))
    _forget_places(membership.user)


def decline_request(actor: Viewer, membership: Membership) -> None:
    session.refresh(membership, with_for_update={"of": Membership})
    demand(may_decline_request(actor, membership))
    membership.state, membership.ended_at = MembershipState.DECLINED, clock.now()
    audit.record(actor, "membership.declined", membership)
    mail.send(emails.membership_declined(membership))


def remove_person(actor: Viewer, membership: Membership) -> None:
    """End a place; the person can no longer act for the organisation from the next request on."""
    _hold(membership.organisation)
    session.refresh(membership)
    demand(may_remove_person(actor, membership, queries.number_of_representatives(membership.organisation)))
    membership.state, membership.ended_at = MembershipState.ENDED, clock.now()
    audit.record(actor, "membership.ended", membership)
    _forget_places(membership.user)
    if membership.user_id != actor.id:
        mail.send(emails.membership_ended(membership))
    mandate_changed.send(membership)


def change_role(actor: Viewer, membership: Membership, role: MembershipRole) -> None:
    _hold(membership.organisation)
    session.refresh(membership)
    demand(may_change_role(actor, membership, role, queries.number_of_representatives(membership.organisation)))
    if membership.role == role:
        return
    membership.role = role
    audit.record(actor, "membership.role-changed", membership, role=role.value)
    _forget_places(membership.user)
    mandate_changed.send(membership)


def check_mandate(actor: User, membership: Membership, seen: str) -> None:
    """Record what the office saw that shows the mandate: signatures given from now on say so."""
    _hold(membership.organisation)
    session.refresh(membership)
    demand(may_check_mandate(actor, membership))
    if membership.mandate_seen == seen:
        return
    membership.mandate_checked_at, membership.mandate_checked_by_id = clock.now(), actor.id
    membership.mandate_seen = seen
    audit.record(actor, "mandate.checked", membership, because=seen)
    session.flush()
    mandate_changed.send(membership)


def _hold(organisation: Organisation) -> None:
    """Let others wait: two representatives who remove each other must not leave nobody."""
    session.execute(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())


def _forget_places(user: User) -> None:
    """What was loaded of the person's places is no longer true."""
    session.flush()
    session.expire(user, ["memberships"])
