"""What waits for a decision, or for its author."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Viewer
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.language import _
from participation.foundation.tasks import Task
from participation.organisations.models import Membership, Organisation

from ..models import (
    Cosignature,
    Position,
    PositionState,
    PositionVersion,
    ProposedDecision,
    ProposedDecisionState,
)
from .cosignatures import is_newest_version


def waiting_for(viewer: Viewer, acting: Membership | None) -> list[Task]:
    """For a representative what was proposed, and positions that the organisation has neither signed nor withdrawn
    from; for a contributor what was sent back."""
    if acting is None or not acting.is_live:
        return []
    proposals = _proposals(acting)
    if not acting.is_representative:
        return [_task_of_proposal(proposed) for proposed in proposals]
    proposed_to = {proposed.version_id for proposed in proposals}
    undecided = [version for version in _undecided(acting.organisation_id) if version.id not in proposed_to]
    tasks = [_task_of_proposal(proposed) for proposed in proposals]
    return [*tasks, *(_task(version, acting.organisation) for version in undecided)]


def _undecided(organisation_id: int) -> Sequence[PositionVersion]:
    decided = select(Cosignature.version_id).where(Cosignature.organisation_id == organisation_id)
    return session.scalars(
        select(PositionVersion)
        .join(Position, Position.id == PositionVersion.position_id)
        .where(_takes_decisions(), PositionVersion.id.not_in(decided))
        .options(joinedload(PositionVersion.position))
        .order_by(PositionVersion.cosigning_until, PositionVersion.id)
    ).all()


def _proposals(acting: Membership) -> list[ProposedDecision]:
    """Those that wait for a representative; for anybody else their own last one, where it was sent back."""
    wanted = (
        ProposedDecision.state == ProposedDecisionState.PROPOSED
        if acting.is_representative
        else ProposedDecision.author_id == acting.user_id
    )
    found = session.scalars(
        select(ProposedDecision)
        .join(PositionVersion, PositionVersion.id == ProposedDecision.version_id)
        .join(Position, Position.id == PositionVersion.position_id)
        .where(wanted, ProposedDecision.organisation_id == acting.organisation_id, _takes_decisions())
        .options(
            joinedload(ProposedDecision.author),
            joinedload(ProposedDecision.version).joinedload(PositionVersion.position),
        )
        .order_by(PositionVersion.cosigning_until, ProposedDecision.id)
    )
    newest = {proposed.version_id: proposed for proposed in found}.values()
    if acting.is_representative:
        return list(newest)
    return [proposed for proposed in newest if proposed.state == ProposedDecisionState.SENT_BACK]


def _takes_decisions() -> ColumnElement[bool]:
    return (
        Position.state.in_((PositionState.OPENED, PositionState.REVISED))
        & is_newest_version()
        & (PositionVersion.cosigning_until >= clock.now())
    )


def _task(version: PositionVersion, organisation: Organisation) -> Task:
    return Task(
        title=version.position.title,
        why=_("Waits for the decision of %(organisation)s: co-sign it or leave it.", organisation=organisation.name),
        endpoint="positions.cosign",
        values={"slug": version.position.slug},
        due_on=clock.local(version.cosigning_until).date(),
        act=_("Co-sign the position or leave it"),
    )


def _task_of_proposal(proposed: ProposedDecision) -> Task:
    position, due_on = proposed.version.position, clock.local(proposed.version.cosigning_until).date()
    if proposed.waits:
        why = _("%(person)s proposes what your organisation should decide.", person=proposed.author.name)
        values = {"slug": position.slug, "proposal": proposed.id}
        act = _("Look at the proposal and decide")
        return Task(title=position.title, why=why, endpoint="positions.cosign", values=values, due_on=due_on, act=act)
    return Task(
        title=position.title,
        why=_("A representative has sent your proposal back: %(because)s", because=proposed.because),
        endpoint="positions.propose_decision",
        values={"slug": position.slug},
        due_on=due_on,
        act=_("Edit the proposal and propose again"),
    )
