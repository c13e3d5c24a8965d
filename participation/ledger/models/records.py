"""What an entry says, and how it names a person without naming them.

A record is RFC 8785 JSON of strings, whole numbers and lists. It holds no personal data: a
person is a salted commitment, which erasing the salt makes unlinkable (EDPB Guidelines
02/2025: nothing personal in a structure that cannot be changed).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import rfc8785

from participation.texts.markdown import normalise

VERSION = 1
SALT_BYTES = 32
MOMENT = "%Y-%m-%dT%H:%M:%SZ"


class Kind(StrEnum):
    """What can happen to what the ledger keeps."""

    MANDATE_GRANTED = "mandate-granted"
    MANDATE_REVOKED = "mandate-revoked"
    VERSION_OPENED = "version-opened"
    COSIGN = "cosign"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    CLOSED = "closed"
    SUBMITTED = "submitted"
    DELIVERED = "delivered"
    ERRATUM = "erratum"
    PERSONAL_DATA_ERASED = "personal-data-erased"
    KEY_ROTATED = "key-rotated"
    RECOVERED = "recovered"
    RESTARTED = "restarted"
    LOST = "lost"


def record_bytes(*, log: str, kind: Kind, thread: str, number: int, at: datetime, facts: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed. `number` counts the records of the thread from 1, without gaps.

    `facts` are names with strings, whole numbers below 2**53, lists and dictionaries of them.
    """
    taken = {"v", "log", "kind", "thread", "number", "at"} & facts.keys()
    if taken:
        raise ValueError(f"These names belong to every record: {sorted(taken)}")
    said = {
        "v": VERSION, "log": log, "kind": str(kind), "thread": thread, "number": number,
        "at": at.strftime(MOMENT),
    }  # fmt: skip
    return rfc8785.dumps(said | _plain(dict(facts)))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(str(value))
    if isinstance(value, bool) or not isinstance(value, int | Mapping | list | tuple):
        raise TypeError(f"A record holds strings, whole numbers and lists, not {value!r}.")
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return value if isinstance(value, int) else [_plain(inner) for inner in value]


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def commitment(purpose: str, salt: bytes, said: Mapping[str, Any]) -> str:
    """SHA-256 in hexadecimal of the purpose, a salt of its own and what was said.

    Without the salt nobody can try out who it might be.
    """
    content = purpose.encode() + b"\0" + salt + rfc8785.dumps(_plain(dict(said)))
    return hashlib.sha256(content).hexdigest()


def moment_of(said: Mapping[str, Any]) -> datetime:
    """When a record was written, to the second."""
    return datetime.strptime(said["at"], MOMENT).replace(tzinfo=UTC)


def read_record(record: bytes) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(record)
    return said
