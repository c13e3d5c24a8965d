"""Verdicts: whether somebody may do something, and why not.

A rule answers with a `Verdict`. The same verdict shows a button, explains its absence,
guards the operation and fills the 403 page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """The answer of a rule; true when the act is allowed, else it carries the reason."""

    allowed: bool
    # A lazy translation, so that the reader gets it in the reader's language.
    reason: Any = ""
    # The reason would go away if the person signed in.
    sign_in_helps: bool = False

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: Any, *, sign_in_helps: bool = False) -> Verdict:
    """A verdict against, with the reason in words that the person can act on."""
    return Verdict(False, reason, sign_in_helps)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first verdict against, or ALLOWED when there is none."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


class Refused(Exception):
    """An act was demanded that its rule refuses."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict


def demand(verdict: Verdict) -> None:
    """Go on if the verdict allows it; raises `Refused` with the reason otherwise."""
    if not verdict:
        raise Refused(verdict)
