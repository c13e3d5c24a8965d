"""Giving the log a new key."""

from __future__ import annotations

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from participation.accounts.models import Operator
from participation.foundation import clock
from participation.foundation.access import demand

from ..models import Kind, LedgerEntry, current, public_key_of
from ..models.keys import NoKey, make_key, read_key, rotation_message
from ..queries import latest_checkpoint, origin_in_use
from ..rules import may_sign_checkpoint
from .appending import append_record


def rotate_key(actor: Operator) -> LedgerEntry:
    """Make a new key and record it, signed by both; the old file stays beside it under its moment.

    Where the old key is lost the record says so: it is signed by the new one alone. What the
    old one signed stays valid.
    """
    demand(may_sign_checkpoint(actor))
    log = current()
    origin = origin_in_use(log.origin)
    old = _old_key(log.key_file)
    if log.key_file.exists():
        log.key_file.rename(log.key_file.with_name(f"key-until-{clock.now():%Y%m%dT%H%M%S%f}"))
    new = make_key(log.key_file)
    checkpoint = latest_checkpoint()
    before = str(public_key_of(origin, old)) if old else (checkpoint.key if checkpoint else "")
    after = str(public_key_of(origin, new))
    message = rotation_message(before, after)
    return append_record(
        Kind.KEY_ROTATED,
        "key",
        {
            "old": before,
            "new": after,
            "by_old": _signed(old, message) if old else "",
            "by_new": _signed(new, message),
        },
    )


def _old_key(file: Path) -> Ed25519PrivateKey | None:
    try:
        return read_key(file)
    except NoKey:
        return None


def _signed(private: Ed25519PrivateKey, message: bytes) -> str:
    return base64.b64encode(private.sign(message)).decode()
