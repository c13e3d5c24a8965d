"""Signing one exact text for an organisation, and taking the signature back."""

from __future__ import annotations

from participation.accounts.models import User
from participation.foundation import audit, clock, mail
from participation.foundation.access import Refused, demand, refused
from participation.foundation.database import Conflict, keep_first, session
from participation.foundation.language import _
from participation.ledger.models import Kind
from participation.ledger.operations import append_record
from participation.organisations.models import Membership, Organisation
from participation.texts.markdown import normalise

from .. import emails
from ..models import (
    Cosignature,
    CosignatureState,
    Decision,
    PositionVersion,
    ProposedDecision,
    held_by,
    parts_that_differ,
    position_thread,
    signature_facts,
    sound,
    who_acted,
    withdrawal_facts,
)
from ..queries import (
    cosignatures_before,
    hold,
    live_cosignature_of,
    live_mandate,
    representatives,
    version_by_fingerprint,
    waiting_decision_of,
)
from ..rules import may_cosign_position, may_withdraw_cosignature
from .proposed_decisions import settle_proposed_decision


def cosign_position(
    actor: User,
    version: PositionVersion,
    organisation: Organisation,
    *,
    sha256_seen: str,
    decision: Decision,
    form_key: str,
    standing_seen: int | None = None,
    proposal_seen: int | None = None,
) -> Cosignature:
    """Decide about the version for an organisation; all checks hold inside the one transaction.

    What says the same as the decision that stands changes nothing and gives that one back. Another
    one replaces it, if `standing_seen` is its number: nobody overrules a colleague unknowingly. So it is
    with what a contributor proposes and `proposal_seen`; a proposal ends when its organisation decides.
    Raises Conflict otherwise, and when another text was seen than the one that is open; TooLong for
    the statement or a wording, and UnsoundDecision.
    """
    position = version.position
    hold(position)
    version = position.versions[-1]
    demand(may_cosign_position(actor, position, organisation))
    mandate = _mandate(actor, organisation)
    _demand_same_text(version, sha256_seen)
    decision = sound(decision, version)
    standing, given = cosignatures_before(version, organisation, form_key)
    proposed = waiting_decision_of(version, organisation)
    if standing is not None and (standing.form_key == form_key or standing.decision == decision):
        if proposed is not None and proposed.id == proposal_seen:
            settle_proposed_decision(actor, proposed, standing)
        return standing
    _demand_seen(standing, standing_seen)
    _demand_proposal_seen(proposed, proposal_seen)
    if given is not None:
        raise Conflict(
            _("The signature that was given with this page has ended. Open the page anew to decide again.")
        )
    if standing is not None:
        standing.state, standing.withdrawn_at = CosignatureState.SUPERSEDED, clock.now()
        session.flush()
    cosignature = Cosignature(
        version=version,
        organisation=organisation,
        signer=actor,
        membership_id=mandate.id,
        sha256_seen=sha256_seen,
        stance=decision.stance,
        excepted=list(decision.excepted),
        conditions={str(number): wording for number, wording in decision.conditions.items()},
        statement=decision.statement,
        signed_at=clock.now(),
        form_key=form_key,
        level=mandate.mandate_level,
    )
    kept = keep_first(cosignature, lambda: live_cosignature_of(version, organisation))
    if kept is not cosignature:
        return kept
    audit.record(
        actor, "position.cosigned", cosignature, organisation=organisation.id, sha256=sha256_seen, version=version.id,
        stance=str(decision.stance), replaced=standing.id if standing else None,
    )  # fmt: skip
    if proposed is not None:
        settle_proposed_decision(actor, proposed, cosignature)
    for person in representatives(organisation):
        mail.send(emails.position_cosigned(person, cosignature))
    # Last, because everybody else who signs waits from here on.
    entry = append_record(
        Kind.COSIGN,
        position_thread(position.id),
        signature_facts(cosignature),
        held=held_by(cosignature),
        whose=actor,
    )
    cosignature.seq = entry.seq
    session.flush()
    return cosignature


def _demand_seen(standing: Cosignature | None, seen: int | None) -> None:
    """Two people of one organisation decided at once: the second learns of the first and decides knowingly."""
    if standing is None or standing.id == seen:
        return
    raise Conflict(
        _(
            "%(person)s has decided for your organisation: it %(stance)s. If you send this page once more, "
            "your decision replaces that one.",
            person=standing.signer.name,
            stance=standing.stance.label,
        ),
        stored=standing.statement,
        fresh={"standing_seen": standing.id},
    )


def _demand_proposal_seen(proposed: ProposedDecision | None, seen: int | None) -> None:
    if proposed is None or proposed.id == seen:
        return
    raise Conflict(
        _(
            "%(person)s proposes within your organisation that it %(stance)s. If you send this page once more, "
            "your decision is taken and the proposal ends with it.",
            person=proposed.author.name,
            stance=proposed.stance.label,
        ),
        stored=proposed.statement,
        fresh={"proposal_seen": proposed.id},
    )


def withdraw_cosignature(actor: User, cosignature: Cosignature, because: str = "") -> None:
    """Take the signature back; the row stays, and the organisation may sign again."""
    hold(cosignature.version.position)
    session.refresh(cosignature, ["state"])
    demand(may_withdraw_cosignature(actor, cosignature))
    _mandate(actor, cosignature.organisation)
    cosignature.state = CosignatureState.WITHDRAWN
    cosignature.withdrawn_at = clock.now()
    cosignature.withdrawn_because = normalise(because)
    audit.record(actor, "cosignature.withdrawn", cosignature, because=cosignature.withdrawn_because)
    for person in representatives(cosignature.organisation):
        mail.send(emails.cosignature_withdrawn(person, cosignature, actor))
    append_record(
        Kind.WITHDRAW,
        position_thread(cosignature.version.position_id),
        withdrawal_facts(cosignature),
        held=who_acted(actor),
        whose=actor,
    )


def _mandate(actor: User, organisation: Organisation) -> Membership:
    """What the rule knew may be a moment old; the mandate must stand now and until we are done."""
    mandate = live_mandate(actor, organisation)
    if mandate is None:
        raise Refused(refused(_("Your mandate to act for this organisation has ended.")))
    return mandate


def _demand_same_text(version: PositionVersion, sha256_seen: str) -> None:
    if sha256_seen == version.sha256:
        return
    seen = version_by_fingerprint(version.position, sha256_seen)
    raise Conflict(
        _("The text that you saw is not the text that is open for co-signing. Please read it again before you sign."),
        stored=parts_that_differ(seen.canonical if seen else None, version.canonical),
    )
