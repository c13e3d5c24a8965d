"""The private key of the log: a file that the worker alone can read.

Losing it loses nothing that can be checked: what was signed stays valid, and a new key goes on.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


class NoKey(Exception):
    """The file of the key is missing or holds none."""


def make_key(file: Path) -> Ed25519PrivateKey:
    """A new key in a file that must not be there yet: raises FileExistsError."""
    private = Ed25519PrivateKey.generate()
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as end:
        end.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        end.flush()
        os.fsync(end.fileno())
    return private


def read_key(file: Path) -> Ed25519PrivateKey:
    """Raises NoKey."""
    try:
        private = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise NoKey(str(file)) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise NoKey(str(file))
    return private


def rotation_message(old: str, new: str) -> bytes:
    """What both keys sign when the one follows the other: the keys as they are printed."""
    return f"key-rotated\n{old}\n{new}\n".encode()
