"""How far a person who belongs to no member organisation has come on the way into the network."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from participation.accounts.models import User, Viewer
from participation.foundation.database import session
from participation.organisations.models import Membership, MembershipState, Organisation, OrganisationState
from participation.organisations.rules import belongs_to_network

CHOOSING, WAITING = 3, 4


@dataclass(frozen=True)
class Arrival:
    """What the person sent: an application for an organisation, or a request to belong to one."""

    application: Organisation | None
    request: Membership | None

    @property
    def step(self) -> int:
        """The number of the step that the person stands at (organisations/_steps.html)."""
        return WAITING if self.application or self.request else CHOOSING


def arrival_of(viewer: Viewer) -> Arrival | None:
    """None for visitors, members, and those with a role in the whole network: they have arrived."""
    if not isinstance(viewer, User) or viewer.roles or belongs_to_network(viewer):
        return None
    undecided = Organisation.state.in_([OrganisationState.APPLIED, OrganisationState.ASKED_BACK])
    application = session.scalar(
        select(Organisation)
        .where(Organisation.applicant_id == viewer.id, undecided)
        .order_by(Organisation.applied_at.desc(), Organisation.id.desc())
        .limit(1)
    )
    request = session.scalar(
        select(Membership)
        .where(Membership.user_id == viewer.id, Membership.state == MembershipState.REQUESTED)
        .order_by(Membership.id.desc())
        .limit(1)
    )
    return Arrival(application, request)
