"""Who may dismiss a hint for good."""

from __future__ import annotations

from participation.accounts.models import Viewer
from participation.foundation.access import ALLOWED, Verdict, refused
from participation.foundation.language import _


def may_dismiss_hint(viewer: Viewer) -> Verdict:
    """For people with an account it is remembered with them; a visitor's browser remembers by itself."""
    if not viewer.is_authenticated:
        return refused(_("Sign in so that the hint stays away on all your devices."), sign_in_helps=True)
    return ALLOWED
