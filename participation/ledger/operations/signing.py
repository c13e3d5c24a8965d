"""Signing a checkpoint, after everything that it covers was read and hashed anew."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from participation.accounts.models import Operator
from participation.foundation import clock
from participation.foundation.access import demand, first_refusal
from participation.foundation.database import session

from ..events import checkpoint_signed
from ..models import (
    Checkpoint,
    Head,
    LedgerEntry,
    Log,
    Tree,
    current,
    leaf_hash,
    public_key_of,
    sign,
)
from ..models.keys import make_key, read_key
from ..queries import entries_between, hold_log, last_head, latest_checkpoint, origin_in_use, size_of_log
from ..rules import may_append_record, may_sign_checkpoint


class LedgerDamaged(Exception):
    """The records are not those that were signed before: nothing more is signed until a person has looked."""


def sign_checkpoint(actor: Operator) -> Checkpoint | None:
    """Sign the log as it stands, if it grew; None when there is nothing new.

    Every record is read and hashed anew, and the last checkpoint must be the beginning of
    what they give: raises LedgerDamaged otherwise, NoKey when the key is gone, and Refused on
    a database that was set back.
    """
    hold_log()
    log = current()
    size, signed = size_of_log(), last_head()
    demand(first_refusal(may_sign_checkpoint(actor), may_append_record(size, signed.size if signed else 0)))
    standing = latest_checkpoint()
    covered = standing.size if standing else 0
    if size == covered:
        return None
    leaves = _leaves_from_records(size)
    origin = origin_in_use(log.origin)
    # A log that was started anew continues no earlier one.
    if signed is not None and signed.origin == origin and Tree(leaves[: signed.size]).root != signed.root:
        raise LedgerDamaged(f"The first {signed.size} records are not those of the last checkpoint.")
    private = _key(log, is_first=signed is None)
    head = Head(origin, size, Tree(leaves).root)
    checkpoint = Checkpoint(
        size=size, note=sign(head, private), key=str(public_key_of(head.origin, private)), signed_at=clock.now()
    )
    session.add(checkpoint)
    session.flush()
    # The file before the commit: a checkpoint that somebody could have seen is never forgotten.
    log.keep((entry.record for entry in entries_between(log.kept_size(), size)), checkpoint.note)
    checkpoint_signed.send(checkpoint, first=covered)
    return checkpoint


def _leaves_from_records(size: int) -> list[bytes]:
    leaves: list[bytes] = []
    numbers: dict[str, int] = {}
    for entry in entries_between(0, size):
        _demand_whole(entry, len(leaves), numbers)
        leaves.append(entry.leaf)
    if len(leaves) != size:
        raise LedgerDamaged(f"{size} records were expected and {len(leaves)} found.")
    return leaves


def _demand_whole(entry: LedgerEntry, seq: int, numbers: dict[str, int]) -> None:
    """The record hashes to its leaf, and no number of the log or of its thread is left out."""
    if leaf_hash(entry.record) != entry.leaf:
        raise LedgerDamaged(f"Record {entry.seq} is not the one that was written.")
    if entry.seq != seq:
        raise LedgerDamaged(f"Record {seq} is missing.")
    numbers[entry.thread] = numbers.get(entry.thread, 0) + 1
    if entry.number != numbers[entry.thread]:
        raise LedgerDamaged(f"Record {entry.seq} is not the next one of {entry.thread}.")


def _key(log: Log, *, is_first: bool) -> Ed25519PrivateKey:
    """A log makes its key with its first checkpoint; later a missing key is a matter for the operator (NoKey)."""
    if is_first and not log.key_file.exists():
        return make_key(log.key_file)
    return read_key(log.key_file)
