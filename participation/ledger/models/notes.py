"""Checkpoints as signed notes that other programs can read.

C2SP tlog-checkpoint and signed-note: the text is origin, size and root (base64), one a line;
after an empty line come the signatures, each with the name and the four bytes of its key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
DASH = "\u2014"


class BadNote(ValueError):
    """This is not a checkpoint, or not one that this key signed."""


@dataclass(frozen=True)
class PublicKey:
    """`name` is the origin of the log; `key` are the 32 bytes of an Ed25519 public key."""

    name: str
    key: bytes

    @property
    def identifier(self) -> bytes:
        """Four bytes that say which key a signature belongs to."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        """As it is printed and kept: name+identifier+key."""
        return f"{self.name}+{self.identifier.hex()}+{base64.b64encode(ED25519 + self.key).decode()}"

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """The key that `str` wrote; raises BadNote."""
        name, _, rest = text.strip().partition("+")
        identifier, _, encoded = rest.partition("+")
        try:
            content = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise BadNote("The key is not base64.") from error
        key = cls(name, content[1:])
        if content[:1] != ED25519 or len(content) != 33 or key.identifier.hex() != identifier:
            raise BadNote("The key is not an Ed25519 key of this name.")
        return key


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: so many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def sign(head: Head, private: Ed25519PrivateKey) -> str:
    """The checkpoint with its signature, ending in a line end."""
    key = public_key_of(head.origin, private)
    signature = base64.b64encode(key.identifier + private.sign(str(head).encode())).decode()
    return f"{head}\n{DASH} {head.origin} {signature}\n"


def public_key_of(name: str, private: Ed25519PrivateKey) -> PublicKey:
    return PublicKey(name, private.public_key().public_bytes_raw())


def read_head(note: str) -> Head:
    """What a checkpoint says, whoever signed it; raises BadNote."""
    text, _, _ = note.partition("\n\n")
    lines = text.split("\n")
    if len(lines) < 3 or not lines[1].isascii() or not lines[1].isdigit():
        raise BadNote("A checkpoint has an origin, a size and a root.")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except binascii.Error as error:
        raise BadNote("The root is not base64.") from error
    if len(root) != 32 or (lines[1] != "0" and lines[1].startswith("0")):
        raise BadNote("The root or the size is not written as it should be.")
    return Head(lines[0], int(lines[1]), root)


def verify(note: str, key: PublicKey) -> Head:
    """What the checkpoint says, if this key signed it; raises BadNote. Other signatures are passed over."""
    text, parted, signatures = note.partition("\n\n")
    if not parted:
        raise BadNote("The checkpoint has no signature.")
    for line in signatures.splitlines():
        mark, name, encoded = [*line.split(" "), "", ""][:3]
        if mark != DASH or name != key.name:
            continue
        try:
            content = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            continue
        if content[:4] != key.identifier:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.key).verify(content[4:], f"{text}\n".encode())
        except InvalidSignature as error:
            raise BadNote("The signature does not belong to this checkpoint.") from error
        return read_head(note)
    raise BadNote("This key did not sign the checkpoint.")
