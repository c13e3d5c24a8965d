"""What the person typed into the form of this request, to be given back on a page of ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import HTTPException

from participation.foundation.language import _

from .redirects import safe_address

# Never shown again: secrets, and what only the machine put into the form.
SECRETS = ("password", "code", "credential")
NOT_KEPT = (*SECRETS, "csrf_token", "form_key", "submit", "next")
# Sent back with the rest, but nothing that a person would want to read.
MACHINE_MADE = ("key", "seen", "revision", "_id", "unfinished_")
LONG_FIELD = 70
LINE_ON_A_PHONE, MOST_ROWS = 40, 16
LABELS = {
    "title": _("Title"),
    "summary": _("Summary"),
    "why_it_matters": _("Why it matters"),
    "general": _("General part"),
    "cover": _("Cover letter"),
    "demanded": _("Demanded wording"),
    "existing": _("Existing wording"),
    "reasons": _("Reasons"),
    "wording": _("Proposed wording"),
    "because": _("Reason"),
    "reason": _("Reason"),
    "statement": _("Statement"),
    "label": _("Printed number or mark"),
    "name": _("Name"),
    "email": _("Email address"),
}


@dataclass(frozen=True)
class Field:
    """`is_machine_made`: no person would want to read it. `is_long`: a person reads it in a box of several lines."""

    name: str
    value: str

    @property
    def is_machine_made(self) -> bool:
        return any(word in self.name for word in MACHINE_MADE)

    @property
    def is_long(self) -> bool:
        return not self.is_machine_made and (len(self.value) > LONG_FIELD or "\n" in self.value)

    @property
    def rows(self) -> int:
        """How high the box is that holds it."""
        lines = sum(1 + len(line) // LINE_ON_A_PHONE for line in self.value.split("\n"))
        return min(max(lines + 1, 2), MOST_ROWS)

    @property
    def label(self) -> Any:
        return LABELS.get(self.name.rpartition("-")[2], _("Your text"))


def typed() -> list[Field]:
    """What was typed or chosen, in the order of the form; empty when the form could not be read."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return []
    try:
        fields: Iterable[tuple[str, str]] = list(request.form.items(multi=True))
    except HTTPException:  # The body was too large to be read at all.
        return []
    return [Field(name, value) for name, value in fields if not _is_secret(name) and value.strip()]


def holds_secret() -> bool:
    """The form had a password or a code in it, which is never given back: it cannot be sent again as it was."""
    try:
        return any(word in name for name in request.form for word in SECRETS)
    except HTTPException:
        return False


def came_from_here() -> bool:
    """Whether a page of this site sent the form. When the browser does not say so, it counts as foreign.

    What a foreign page has filled in is shown, but never offered to be sent with one press of a
    button: the person would do what somebody else chose.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == "same-origin"
    return _is_own(request.headers.get("Origin") or request.headers.get("Referer") or "")


def way_back() -> str:
    """The page of this site that the person came from, if there is one and it is not this very address."""
    referrer = request.headers.get("Referer", "")
    if not _is_own(referrer):
        return ""
    parts = urlsplit(referrer)
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    return address if address == safe_address(address) and parts.path != request.path else ""


def _is_own(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == request.host


def _is_secret(name: str) -> bool:
    return any(word in name for word in NOT_KEPT)
