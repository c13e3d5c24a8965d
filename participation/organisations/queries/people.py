"""Finding the people of organisations, and what waits for them."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from participation.accounts.models import User, Viewer
from participation.foundation import clock
from participation.foundation.collation import collation_key
from participation.foundation.database import NotFound, session
from participation.foundation.language import _
from participation.foundation.tasks import Task
from participation.organisations.models import (
    Invitation,
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
    OrganisationState,
)


def live_memberships(organisation: Organisation) -> list[Membership]:
    """The people of an organisation: representatives first, then by name."""
    found = _memberships(organisation, MembershipState.LIVE)
    return sorted(found, key=lambda place: (not place.is_representative, collation_key(place.user.name)))


def requested_memberships(organisation: Organisation) -> list[Membership]:
    """Those who ask to belong to an organisation, in the order in which they asked."""
    return _memberships(organisation, MembershipState.REQUESTED)


def _memberships(organisation: Organisation, state: MembershipState) -> list[Membership]:
    return list(
        session.scalars(
            select(Membership)
            .where(Membership.organisation_id == organisation.id, Membership.state == state)
            .options(joinedload(Membership.user))
            .order_by(Membership.id)
        )
    )


def membership_by_id(organisation: Organisation, membership_id: int) -> Membership:
    """Only of this organisation; raises NotFound."""
    membership = session.scalar(
        select(Membership)
        .where(Membership.id == membership_id, Membership.organisation_id == organisation.id)
        .options(joinedload(Membership.user))
    )
    if membership is None:
        raise NotFound(str(membership_id))
    return membership


def place_of(user: Any, organisation: Organisation) -> Membership | None:
    """The live or requested place of a person in an organisation."""
    if user.id is None:
        return None
    return session.scalar(
        select(Membership).where(
            Membership.user_id == user.id,
            Membership.organisation_id == organisation.id,
            Membership.state.in_([MembershipState.LIVE, MembershipState.REQUESTED]),
        )
    )


def places_of_representatives(organisation: Organisation) -> list[Membership]:
    """The places whose people hold its mandate, or did until it left the network."""
    return list(
        session.scalars(
            select(Membership)
            .where(
                Membership.organisation_id == organisation.id,
                Membership.state == MembershipState.LIVE,
                Membership.role == MembershipRole.REPRESENTATIVE,
            )
            .order_by(Membership.id)
        )
    )


def representatives_of(organisation: Organisation) -> list[User]:
    """The people with its mandate who can sign in: a closed account represents nobody."""
    return list(
        session.scalars(
            select(User)
            .join(Membership, Membership.user_id == User.id)
            .where(
                Membership.organisation_id == organisation.id,
                Membership.state == MembershipState.LIVE,
                Membership.role == MembershipRole.REPRESENTATIVE,
                User.active.is_(True),
            )
            .order_by(User.id)
        )
    )


def number_of_representatives(organisation: Organisation) -> int:
    return len(representatives_of(organisation))


def hash_of(token: str) -> str:
    """What is kept of the token of an invitation: whoever reads the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str) -> Invitation:
    """An invitation in whatever state; raises NotFound."""
    return _invitation(Invitation.token_sha256 == hash_of(token), token)


def invitation_by_id(invitation_id: int, organisation: Organisation | None = None) -> Invitation:
    """An invitation, of this organisation if one is named; raises NotFound."""
    invitation = _invitation(Invitation.id == invitation_id, str(invitation_id))
    if organisation is not None and invitation.organisation_id != organisation.id:
        raise NotFound(str(invitation_id))
    return invitation


def _invitation(condition: Any, sought: str) -> Invitation:
    invitation = session.scalar(
        select(Invitation)
        .where(condition)
        .options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))
    )
    if invitation is None:
        raise NotFound(sought)
    return invitation


def invitation_by_form_key(organisation: Organisation, form_key: str) -> Invitation | None:
    return session.scalar(
        select(Invitation).where(Invitation.organisation_id == organisation.id, Invitation.form_key == form_key)
    )


def open_invitations(organisation: Organisation) -> list[Invitation]:
    """Those that can still be accepted, the oldest first."""
    statement = _open().where(Invitation.organisation_id == organisation.id)
    return list(session.scalars(statement.options(joinedload(Invitation.invited_by))))


def invitations_for(viewer: Viewer) -> list[Invitation]:
    """Open invitations to the confirmed address of this person."""
    if not isinstance(viewer, User) or viewer.confirmed_at is None:
        return []
    statement = _open().where(func.lower(Invitation.email) == viewer.email.lower())
    return list(
        session.scalars(statement.options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by)))
    )


def _open() -> Any:
    return (
        select(Invitation)
        .where(
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
        .order_by(Invitation.id)
    )


def waiting_for(viewer: Viewer, acting: Membership | None) -> list[Task]:
    """Applications for coordinators, requests for representatives, and what applicants and invited people can do."""
    if not viewer.is_authenticated or viewer.id is None:
        return []
    return [*_applications_waiting_for(viewer), *_requests_waiting_for(viewer), *_invitations_waiting_for(viewer)]


def _applications_waiting_for(viewer: Viewer) -> list[Task]:
    asked_back = (Organisation.state == OrganisationState.ASKED_BACK) & (Organisation.applicant_id == viewer.id)
    waits = Organisation.state == OrganisationState.APPLIED
    condition = or_(asked_back, waits) if viewer.is_coordinator else asked_back
    found = session.scalars(select(Organisation).where(condition).order_by(Organisation.applied_at, Organisation.id))
    return [
        Task(
            organisation.name,
            _("The application to join the network waits for your decision."),
            "organisations_desk.application",
            {"slug": organisation.slug},
            is_pressing=True,
            act=_("Decide on the application"),
        )
        if organisation.state == OrganisationState.APPLIED
        else Task(
            organisation.name,
            _("The office asks you to complete the application."),
            "organisations.complete",
            {"slug": organisation.slug},
            is_pressing=True,
            act=_("Complete the application"),
        )
        for organisation in found
    ]


def _requests_waiting_for(viewer: Viewer) -> list[Task]:
    represented = [place for place in viewer.memberships if place.is_live and place.is_representative]
    if not represented:
        return []
    requests = session.scalars(
        select(Membership)
        .where(
            Membership.organisation_id.in_([place.organisation_id for place in represented]),
            Membership.state == MembershipState.REQUESTED,
        )
        .options(joinedload(Membership.user))
        .order_by(Membership.id)
    )
    return [
        Task(
            place.user.name,
            _("Asks to belong to %(organisation)s.", organisation=place.organisation.name),
            "organisations.people",
            {"slug": place.organisation.slug},
            is_pressing=True,
            act=_("Accept or decline the request"),
        )
        for place in requests
    ]


def _invitations_waiting_for(viewer: Viewer) -> list[Task]:
    return [
        Task(
            invitation.organisation.name,
            _("Invites you to join as %(role)s.", role=invitation.role_label),
            "organisations.invitations",
            due_on=clock.local(invitation.expires_at).date(),
            is_pressing=True,
            act=_("Accept this invitation"),
        )
        for invitation in invitations_for(viewer)
    ]
