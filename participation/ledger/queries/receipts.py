"""What proves one entry to whoever holds it."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..models import Checkpoint, LedgerEntry, LedgerSecret
from .checkpoints import first_checkpoint_over
from .entries import secrets_of, tree_of

FORMAT = "soglasje-receipt/1"


@dataclass(frozen=True)
class Receipt:
    """An entry, the checkpoint that covers it, and the proof between the two."""

    entry: LedgerEntry
    checkpoint: Checkpoint
    proof: list[bytes]
    secrets: list[LedgerSecret]

    def as_file(self) -> bytes:
        return (json.dumps(self.as_data(), ensure_ascii=False, indent=2) + "\n").encode()

    def as_data(self) -> dict[str, Any]:
        """For a file, as verify.py takes it with --against."""
        opened = {secret.purpose: {"salt": secret.salt.hex(), "said": secret.said} for secret in self.secrets}
        return {
            "format": FORMAT,
            "seq": self.entry.seq,
            "record": self.entry.record.decode(),
            "held": opened,
            "proof": [base64.b64encode(step).decode() for step in self.proof],
            "checkpoint": self.checkpoint.note,
            "key": self.checkpoint.key,
        }


def receipts_under(checkpoint: Checkpoint, entries: Sequence[LedgerEntry]) -> list[Receipt]:
    """The proofs of records that this checkpoint is the first to cover; nothing of them is opened."""
    tree = tree_of(checkpoint.size) if entries else None
    return [Receipt(entry, checkpoint, tree.inclusion_proof(entry.seq), []) for entry in entries] if tree else []


def receipt_of(entry: LedgerEntry, *, opened: bool = False) -> Receipt | None:
    """The proof of a record, with what is behind its commitments when they are `opened`.

    None until a checkpoint covers the record; that takes a minute at most.
    """
    checkpoint = first_checkpoint_over(entry.seq)
    if checkpoint is None:
        return None
    proof = tree_of(checkpoint.size).inclusion_proof(entry.seq)
    return Receipt(entry, checkpoint, proof, secrets_of([entry.seq]) if opened else [])
