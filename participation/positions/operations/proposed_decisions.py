"""Proposing inside an organisation what it should decide, and what becomes of such proposals."""

from __future__ import annotations

from participation.accounts.models import User
from participation.foundation import audit, mail
from participation.foundation.access import Refused, demand, refused
from participation.foundation.database import Conflict, session
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.texts.markdown import normalise

from .. import emails
from ..models import (
    Cosignature,
    Decision,
    Position,
    PositionVersion,
    ProposedDecision,
    ProposedDecisionState,
    parts_that_differ,
    sound,
)
from ..queries import (
    hold,
    live_place,
    proposed_decision_by_form_key,
    representatives,
    version_by_fingerprint,
    waiting_decision_of,
)
from ..rules import (
    may_cosign_position,
    may_propose_decision,
    may_send_back_proposed_decision,
    may_withdraw_proposed_decision,
)


def propose_decision(
    actor: User,
    position: Position,
    organisation: Organisation,
    *,
    sha256_seen: str,
    decision: Decision,
    form_key: str,
) -> ProposedDecision:
    """Ask the representatives to decide so; another proposal that waits is replaced, and its author told.

    Raises Conflict when another text was seen than the one that is open; TooLong and UnsoundDecision.
    """
    hold(position)
    demand(may_propose_decision(actor, position, organisation))
    if live_place(actor, organisation) is None:
        raise Refused(refused(_("You do not act for this organisation any more.")))
    version = position.versions[-1]
    if sha256_seen != version.sha256:
        raise _another_text(version, sha256_seen)
    known = proposed_decision_by_form_key(form_key)
    if known is not None:
        return _own(known, actor)
    decision = sound(decision, version)
    standing = waiting_decision_of(version, organisation)
    if standing is not None and standing.author_id == actor.id and standing.decision == decision:
        return standing
    if standing is not None:
        _end(standing, ProposedDecisionState.REPLACED, actor)
    proposed = ProposedDecision(
        version=version,
        organisation=organisation,
        author=actor,
        sha256_seen=sha256_seen,
        stance=decision.stance,
        excepted=list(decision.excepted),
        conditions={str(number): wording for number, wording in decision.conditions.items()},
        statement=decision.statement,
        form_key=form_key,
    )
    session.add(proposed)
    session.flush()
    audit.record(actor, "decision.proposed", proposed, organisation=organisation.id, version=version.id)
    for person in representatives(organisation):
        mail.send(emails.decision_proposed(person, proposed))
    return proposed


def send_back_proposed_decision(actor: User, proposed: ProposedDecision, because: str) -> None:
    """Give it back to its author with a reason."""
    _hold(proposed)
    demand(may_send_back_proposed_decision(actor, proposed))
    proposed.because = normalise(because)
    _end(proposed, ProposedDecisionState.SENT_BACK, actor)
    mail.send(emails.proposed_decision_sent_back(proposed))


def withdraw_proposed_decision(actor: User, proposed: ProposedDecision) -> None:
    """Its author no longer proposes it."""
    _hold(proposed)
    demand(may_withdraw_proposed_decision(actor, proposed))
    _end(proposed, ProposedDecisionState.WITHDRAWN, actor)


def settle_proposed_decision(actor: User, proposed: ProposedDecision, cosignature: Cosignature) -> None:
    """The organisation has decided: as it was proposed, or otherwise."""
    demand(may_cosign_position(actor, proposed.version.position, proposed.organisation))
    is_same = proposed.decision == cosignature.decision
    proposed.cosignature = cosignature
    _end(proposed, ProposedDecisionState.APPROVED if is_same else ProposedDecisionState.REPLACED, actor)


def _end(proposed: ProposedDecision, state: ProposedDecisionState, actor: User) -> None:
    proposed.end(state, actor)
    session.flush()
    audit.record(actor, f"proposed_decision.{state.name.lower()}", proposed, because=proposed.because)
    is_told = state not in (ProposedDecisionState.SENT_BACK, ProposedDecisionState.WITHDRAWN)
    if is_told and proposed.author_id != actor.id:
        mail.send(emails.proposed_decision_ended(proposed))


def _hold(proposed: ProposedDecision) -> None:
    hold(proposed.version.position)
    session.refresh(proposed, ["state"])


def _own(known: ProposedDecision, actor: User) -> ProposedDecision:
    """The same press of the button again, unless somebody else's key was sent or the proposal has ended."""
    if known.author_id == actor.id and known.waits:
        return known
    raise Conflict(_("The proposal that was made with this page has ended. Send it once more to propose anew."))


def _another_text(version: PositionVersion, sha256_seen: str) -> Conflict:
    seen = version_by_fingerprint(version.position, sha256_seen)
    return Conflict(
        _("The text that you saw is not the text that is open for co-signing. Please read it again first."),
        stored=parts_that_differ(seen.canonical if seen else None, version.canonical),
    )
