"""What the ledger holds about a submission that was sent."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import undefer

from participation.foundation.database import session
from participation.ledger.models import Checkpoint, Kind, LedgerEntry
from participation.ledger.queries import entries_of, leaves, secrets_of
from participation.organisations.models import Organisation
from participation.positions.models import Position, PositionVersion, position_thread

from ..models import CarriedText, Evidence, Submission

# Beside what the submission is about: which key follows which, and what was erased.
ALWAYS = ("key", "erasures")


def submitted_record(submission: Submission) -> LedgerEntry | None:
    """The record that it was sent."""
    return session.scalar(
        select(LedgerEntry).where(LedgerEntry.thread == submission.thread, LedgerEntry.kind == str(Kind.SUBMITTED))
    )


def evidence_of(submission: Submission, checkpoint: Checkpoint) -> Evidence:
    """The records of the submission and its positions under a checkpoint, and what opens their words."""
    threads = [position_thread(position.id) for position in submission.positions]
    entries = [entry for entry in entries_of([*threads, submission.thread, *ALWAYS]) if entry.seq < checkpoint.size]
    records: dict[str, list[tuple[int, bytes]]] = {}
    for entry in entries:
        records.setdefault(entry.thread, []).append((entry.seq, entry.record))
    return Evidence(
        submission.thread,
        records,
        {secret.seq: (secret.salt, secret.said) for secret in secrets_of([e.seq for e in entries], "words")},
        leaves(checkpoint.size),
        checkpoint.note,
        checkpoint.key,
    )


def carried_texts(submission: Submission) -> list[CarriedText]:
    """The texts that were signed, in the order of the submission's positions."""
    versions = session.scalars(
        select(PositionVersion)
        .join(Position, Position.id == PositionVersion.position_id)
        .where(PositionVersion.position_id.in_([position.id for position in submission.positions]))
        .options(undefer(PositionVersion.canonical))
        .order_by(PositionVersion.position_id, PositionVersion.number)
    )
    newest = {version.position_id: version for version in versions}
    return [
        CarriedText(position_thread(number), version.position.slug, version.number, version.canonical)
        for number, version in newest.items()
    ]


def slugs_of_organisations(numbers: Sequence[str]) -> dict[str, str]:
    """Slugs by the names that records give organisations, "o-5"."""
    ids = [int(number.removeprefix("o-")) for number in numbers]
    rows = session.execute(select(Organisation.id, Organisation.slug).where(Organisation.id.in_(ids)))
    return {f"o-{number}": slug for number, slug in rows}
