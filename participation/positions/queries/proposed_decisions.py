"""What people of an organisation propose that it decide; nobody else finds it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.accounts.models import User, Viewer
from participation.foundation.database import NotFound, session
from participation.organisations.models import Membership, MembershipState, Organisation, OrganisationState
from participation.organisations.rules import acts_for

from ..models import Position, PositionVersion, ProposedDecision, ProposedDecisionState


def proposed_decision_by_id(number: int, viewer: Viewer) -> ProposedDecision:
    """NotFound for everybody who does not act for its organisation now."""
    found = session.scalar(
        select(ProposedDecision)
        .where(ProposedDecision.id == number)
        .options(
            joinedload(ProposedDecision.organisation),
            joinedload(ProposedDecision.author),
            joinedload(ProposedDecision.version).joinedload(PositionVersion.position),
        )
    )
    if found is None or not acts_for(viewer, found.organisation):
        raise NotFound(number)
    return found


def proposed_decision_by_form_key(form_key: str) -> ProposedDecision | None:
    return session.scalar(select(ProposedDecision).where(ProposedDecision.form_key == form_key))


def proposed_decisions_of(position: Position, organisation: Organisation) -> list[ProposedDecision]:
    """All that was ever proposed in this organisation about the position, the newest first."""
    return list(
        session.scalars(
            select(ProposedDecision)
            .join(PositionVersion, PositionVersion.id == ProposedDecision.version_id)
            .where(
                PositionVersion.position_id == position.id,
                ProposedDecision.organisation_id == organisation.id,
            )
            .options(joinedload(ProposedDecision.author), joinedload(ProposedDecision.ended_by))
            .order_by(ProposedDecision.id.desc())
        )
    )


def waiting_decision_of(
    version: PositionVersion | None, organisation: Organisation | None
) -> ProposedDecision | None:
    """What waits for a representative of this organisation under this text."""
    if version is None or organisation is None:
        return None
    return session.scalar(
        select(ProposedDecision)
        .where(
            ProposedDecision.version_id == version.id,
            ProposedDecision.organisation_id == organisation.id,
            ProposedDecision.state == ProposedDecisionState.PROPOSED,
        )
        .options(joinedload(ProposedDecision.author), joinedload(ProposedDecision.organisation))
    )


def waiting_decisions(
    version: PositionVersion | None = None, organisation: Organisation | None = None
) -> list[ProposedDecision]:
    """Whatever waits under this text, or in this organisation."""
    statement = select(ProposedDecision).where(ProposedDecision.state == ProposedDecisionState.PROPOSED)
    if version is not None:
        statement = statement.where(ProposedDecision.version_id == version.id)
    if organisation is not None:
        statement = statement.where(ProposedDecision.organisation_id == organisation.id)
    return list(session.scalars(statement.order_by(ProposedDecision.id)))


def live_place(actor: User, organisation: Organisation) -> Membership | None:
    """The person's place in the member organisation at this very moment, kept from ending meanwhile."""
    return session.scalar(
        select(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.user_id == actor.id,
            Membership.organisation_id == organisation.id,
            Membership.state == MembershipState.LIVE,
            Organisation.state == OrganisationState.ADMITTED,
        )
        .with_for_update(read=True, of=Membership)
        .execution_options(populate_existing=True)
    )
