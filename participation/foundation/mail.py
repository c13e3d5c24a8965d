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
    """

    to: str
    language: str
    template: str
    about: str
    values: dict[str, Any] = field(default_factory=dict)


def send(message: Message) -> None:
    """Queue a message; raises BadAddress."""
    if not ADDRESS.match(message.to) or len(message.to) > 254:
        raise BadAddress(message.to)
    outbox.queue(
        KIND,
        key=f"mail:{message.about}:{hashlib.sha256(message.to.lower().encode()).hexdigest()[:24]}",
        payload={
            "to": message.to,
            "language": message.language,
            "template": message.template,
            "values": message.values,
        },
    )
