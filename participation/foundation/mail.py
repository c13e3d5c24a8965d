"""A message to a person, queued in the transaction of the act it tells about."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from . import outbox

KIND = "mail"
# CR, LF and other line ends would let an address smuggle in further headers or recipients.
_PART = r"[^\s,;<>\"()\[\]\\@\x00-\x1f\x7f\u0085\u2028\u2029]+"
ADDRESS = re.compile(rf"{_PART}@{_PART}\Z")


class BadAddress(ValueError):
    """The address is not the address of exactly one mailbox."""


@dataclass(frozen=True)
class Message:
    """What a mail says: a template and its values.

    `about` names the fact ("membership-admitted-17"); with the recipient it keeps the mail
    from being queued twice. `template` is a text template with the blocks `subject` and
    `body`; `values` are JSON. The template makes links with `url_for(..., _external=True)`.
    `attachments` are the numbers of stored files, read when the mail leaves. `reply_to` is where
    the answer of a person is awaited; a mail without it says that a machine made it.
    """

    to: str
    language: str
    template: str
    about: str
    values: dict[str, Any] = field(default_factory=dict)
    attachments: tuple[int, ...] = ()
    reply_to: str = ""

    @property
    def key(self) -> str:
        """The key under which the outbox holds it."""
        return f"mail:{self.about}:{hashlib.sha256(self.to.lower().encode()).hexdigest()[:24]}"


def is_address(text: str) -> bool:
    """Whether it is the address of exactly one mailbox."""
    return bool(ADDRESS.match(text)) and len(text) <= 254


def send(message: Message) -> None:
    """Queue a message; raises BadAddress."""
    if not is_address(message.to):
        raise BadAddress(message.to)
    payload: dict[str, Any] = {
        "to": message.to,
        "language": message.language,
        "template": message.template,
        "values": message.values,
    }
    if message.attachments:
        payload["attachments"] = list(message.attachments)
    if message.reply_to:
        payload["reply_to"] = message.reply_to
    outbox.queue(KIND, key=message.key, payload=payload)
