"""Dismissing a hint."""

from __future__ import annotations

from participation.accounts.models import User
from participation.foundation.access import demand
from participation.foundation.database import session

from .models import DismissedHint, Hint
from .queries import dismissed_hints
from .rules import may_dismiss_hint


def dismiss_hint(actor: User, hint: Hint) -> None:
    """Never show this hint to this person again; dismissing it twice changes nothing more."""
    demand(may_dismiss_hint(actor))
    if hint in dismissed_hints(actor):
        return
    session.add(DismissedHint(actor, hint))
