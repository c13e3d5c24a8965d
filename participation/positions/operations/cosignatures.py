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
from participation.texts.markdown import TooLong, normalise

from .. import emails
from ..models import (
    Cosignature,
    CosignatureState,
    Decision,
    PositionVersion,
    Stance,
    held_by,
    parts_that_differ,
    position_thread,
    signature_facts,
    whats_wrong,
    who_acted,
    withdrawal_facts,
    wordings_in,
)
from ..queries import (
    cosignature_by_form_key,
    hold,
    live_cosignature_of,
    live_mandate,
    representatives,
    version_by_fingerprint,
)
from ..rules import LONGEST_STATEMENT, may_cosign_position, may_withdraw_cosignature


def cosign_position(
    actor: User,
    version: PositionVersion,
    organisation: Organisation,
    *,
    sha256_seen: str,
    decision: Decision,
    form_key: str,
    standing_seen: int | None = None,
) -> Cosignature:
    """Decide about the version for an organisation; all checks hold inside the one transaction.

    What says the same as the decision that stands changes nothing and gives that one back. Another
    one replaces it, if `standing_seen` is its number: nobody overrules a colleague unknowingly.
    Raises Conflict otherwise, and when another text was seen than the one that is open; TooLong for
    the statement or a wording, and UnsoundDecision.
    """
    position = version.position
    hold(position)
    version = position.versions[-1]
    demand(may_cosign_position(actor, position, organisation))
    mandate = _mandate(actor, organisation)
    _demand_same_text(version, sha256_seen)
    decision = _sound(decision, version)
    standing = live_cosignature_of(version, organisation)
    if standing is not None and (standing.form_key == form_key or standing.decision == decision):
        return standing
    _demand_seen(standing, standing_seen)
    if cosignature_by_form_key(form_key) is not None:
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


class UnsoundDecision(ValueError):
    """The parts of a decision do not fit together; says what in words."""


def _sound(decision: Decision, version: PositionVersion) -> Decision:
    """The decision in its one normal form, with nothing in it that its stance does not need."""
    is_except, is_if = decision.stance == Stance.SIGNS_EXCEPT, decision.stance == Stance.SIGNS_IF
    conditions = {number: normalise(wording) for number, wording in decision.conditions.items()} if is_if else {}
    made = Decision(
        decision.stance,
        tuple(sorted(set(decision.excepted))) if is_except else (),
        dict(sorted(conditions.items())),
        normalise(decision.statement),
    )
    if len(made.statement) > LONGEST_STATEMENT:
        raise TooLong(len(made.statement))
    if is_except or is_if:
        wrong = whats_wrong(made, wordings_in(version.canonical))
        if wrong:
            raise UnsoundDecision(wrong)
    return made


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
