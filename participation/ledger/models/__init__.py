"""Entries of the ledger, the tree over them, and its signed checkpoints."""

from .entries import Checkpoint, LedgerEntry, LedgerSecret
from .log import Log, current, use
from .notes import BadNote, Head, PublicKey, public_key_of, read_head, sign, verify
from .records import MOMENT, Kind, commitment, moment_of, new_salt, read_record, record_bytes
from .tree import EMPTY_ROOT, Tree, is_consistent, leaf_hash, node_hash, root_from_inclusion

__all__ = [
    "EMPTY_ROOT",
    "MOMENT",
    "BadNote",
    "Checkpoint",
    "Head",
    "Kind",
    "LedgerEntry",
    "LedgerSecret",
    "Log",
    "PublicKey",
    "Tree",
    "commitment",
    "current",
    "is_consistent",
    "leaf_hash",
    "moment_of",
    "new_salt",
    "node_hash",
    "public_key_of",
    "read_head",
    "read_record",
    "record_bytes",
    "root_from_inclusion",
    "sign",
    "use",
    "verify",
]
