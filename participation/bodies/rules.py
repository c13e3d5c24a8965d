"""Who keeps the address book. Everybody reads it."""

from __future__ import annotations

from participation.accounts.models import Viewer
from participation.foundation.access import ALLOWED, Verdict, refused
from participation.foundation.language import _


def may_add_body(viewer: Viewer) -> Verdict:
    return _may_keep_address_book(viewer)


def may_edit_body(viewer: Viewer) -> Verdict:
    return _may_keep_address_book(viewer)


def may_load_bodies(viewer: Viewer) -> Verdict:
    """Take over the bodies of the installation's data."""
    return _may_keep_address_book(viewer)


def _may_keep_address_book(viewer: Viewer) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to keep the address book."), sign_in_helps=True)
    if not viewer.is_coordinator:
        return refused(_("The address book is kept by the coordinator."))
    return ALLOWED
