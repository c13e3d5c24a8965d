"""Writing to the ledger, signing it, and going on after a loss."""

from .appending import append_record
from .erasing import erase_secrets
from .keys import rotate_key
from .recovering import NotTheSameLog, Recovery, recover_ledger
from .signing import LedgerDamaged, sign_checkpoint

__all__ = [
    "LedgerDamaged",
    "NotTheSameLog",
    "Recovery",
    "append_record",
    "erase_secrets",
    "recover_ledger",
    "rotate_key",
    "sign_checkpoint",
]
