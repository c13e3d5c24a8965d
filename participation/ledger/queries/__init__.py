"""Finding records, proofs and checkpoints."""

from .checkpoints import first_checkpoint_over, last_head, latest_checkpoint
from .entries import (
    End,
    end_of_log,
    entries_between,
    entries_of,
    entries_of_person,
    entries_page,
    entry_at,
    hold_log,
    last_kind_of,
    last_records,
    leaves,
    origin_in_use,
    secrets_of,
    secrets_of_person,
    size_of_log,
    tree_of,
)
from .receipts import Receipt, receipt_of, receipts_under
from .threads import titles_of_positions

__all__ = [
    "End",
    "Receipt",
    "end_of_log",
    "entries_between",
    "entries_of",
    "entries_of_person",
    "entries_page",
    "entry_at",
    "first_checkpoint_over",
    "hold_log",
    "last_head",
    "last_kind_of",
    "last_records",
    "latest_checkpoint",
    "leaves",
    "origin_in_use",
    "receipt_of",
    "receipts_under",
    "secrets_of",
    "secrets_of_person",
    "size_of_log",
    "titles_of_positions",
    "tree_of",
]
