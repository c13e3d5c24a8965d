"""What happens to positions when a submission is sent, and to signers when their record is covered."""

from __future__ import annotations

from typing import Any

from participation.foundation import audit, clock, files, mail
from participation.foundation.database import session
from participation.ledger.events import checkpoint_signed, ledger_recovered
from participation.ledger.models import Checkpoint, Kind
from participation.ledger.operations import LedgerDamaged, append_record
from participation.ledger.queries import entries_between, entries_of, receipts_under
from participation.organisations.events import organisation_left
from participation.organisations.models import Organisation
from participation.submissions.events import submission_sent

from . import emails
from .models import (
    CosignatureState,
    Position,
    PositionState,
    PositionVersion,
    ProposedDecisionState,
    closing_facts,
    live_facts,
    opened_facts,
    position_thread,
    standing_signatures,
)
from .queries import (
    live_cosignatures,
    position_of_thread,
    recorded_signatures,
    signatures_recorded_between,
    undelivered_decisions_of,
    waiting_decisions,
)


@submission_sent.connect
def deliver_positions(submission: Any, **facts: Any) -> None:
    """From now on no signature is added or withdrawn; a position that was delivered before stays as it is."""
    for position in submission.positions:
        if position.state not in (PositionState.OPENED, PositionState.REVISED):
            continue
        position.state = PositionState.DELIVERED
        position.delivered_at = clock.now()
        audit.record(None, "position.delivered", position, submission=submission.id)
    for position in submission.positions:
        _close(position, submission.thread)


def _close(position: Position, thread: str) -> None:
    """Record who stands by the text at the end; the records and the rows must say the same."""
    version = position.frozen
    if version is None:
        return
    standing = standing_signatures((entry.seq, entry.said) for entry in entries_of([position_thread(position.id)]))
    if {seq for seq, _ in standing} != recorded_signatures(version.id):
        raise LedgerDamaged(f"The records of position {position.id} and its signatures do not agree.")
    append_record(Kind.CLOSED, position_thread(position.id), closing_facts(version, thread) | live_facts(standing))


@checkpoint_signed.connect
def send_receipts(checkpoint: Checkpoint, first: int, **facts: Any) -> None:
    """To everybody whose signature this checkpoint is the first to cover."""
    found = signatures_recorded_between(first, checkpoint.size)
    receipts = receipts_under(checkpoint, [entry for _, entry in found])
    for (cosignature, entry), receipt in zip(found, receipts, strict=True):
        # Without what shows who signed: the file is kept, and a person can be erased.
        file = files.store(receipt.as_file(), f"receipt-{entry.seq}.json", "application/json")
        session.flush()
        mail.send(emails.signature_receipt(cosignature.signer, cosignature, entry, checkpoint, file.id))


@organisation_left.connect
def let_decisions_lapse(organisation: Organisation, **facts: Any) -> None:
    """Who is no longer a member signs nothing that has not been sent; what was sent stays as it was."""
    for proposed in waiting_decisions(organisation=organisation):
        proposed.end(ProposedDecisionState.LAPSED)
        mail.send(emails.proposed_decision_ended(proposed))
    for cosignature in undelivered_decisions_of(organisation):
        cosignature.state, cosignature.withdrawn_at = CosignatureState.LAPSED, clock.now()
        audit.record(None, "cosignature.lapsed", cosignature, because="the organisation left the network")
        said = {"org": f"o-{organisation.id}", "org_name": organisation.name}
        append_record(Kind.LAPSE, position_thread(cosignature.version.position_id), said)


@ledger_recovered.connect
def agree_with_the_ledger(log: Any, first: int, end: int, **facts: Any) -> None:
    """The database was set back: what it lost of signatures stands in the ledger alone.

    A decision without its row lapses, a row whose withdrawal was lost is withdrawn; where the opening
    of a text was lost, everything under that position lapses. The organisations are asked again.
    """
    lost: dict[str, list[str]] = {}
    for entry in entries_between(first, end):
        lost.setdefault(entry.thread, []).append(entry.kind)
    for thread, kinds in lost.items():
        position = position_of_thread(thread)
        if position is not None and position.frozen is not None:
            _settle(position, position.frozen, is_text_lost=Kind.VERSION_OPENED in kinds)


def _settle(position: Position, version: PositionVersion, *, is_text_lost: bool) -> None:
    thread = position_thread(position.id)
    rows = live_cosignatures(version.id)
    if is_text_lost:
        for row in rows:
            row.state, row.withdrawn_at = CosignatureState.LAPSED, clock.now()
        append_record(Kind.VERSION_OPENED, thread, opened_facts(version))
        return
    standing = dict(standing_signatures((entry.seq, entry.said) for entry in entries_of([thread])))
    for row in rows:
        if row.seq not in standing:
            row.state, row.withdrawn_at = CosignatureState.WITHDRAWN, clock.now()
    known = {row.seq for row in rows}
    for seq, said in standing.items():
        if seq not in known:
            append_record(Kind.LAPSE, thread, {"org": said["org"], "org_name": said["org_name"]})
