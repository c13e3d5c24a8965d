"""When the ledger takes a record, and who may read what is behind one."""

from __future__ import annotations

from collections.abc import Collection

from participation.accounts.models import Viewer
from participation.foundation.access import ALLOWED, Verdict, refused
from participation.foundation.language import _


def may_append_record(size: int, size_outside: int) -> Verdict:
    """Not on a database that was set back: a number in the log is never given twice.

    `size_outside` is that of the last checkpoint which was written outside the database.
    """
    if size < size_outside:
        return refused(
            _(
                "The database was set back to an earlier state, so nothing can be signed, withdrawn or sent until "
                "the operator of this site has recovered the record of signatures. Please try again later."
            )
        )
    return ALLOWED


def may_sign_checkpoint(viewer: Viewer) -> Verdict:
    """Only the worker and the operator: they alone can read the key."""
    if viewer.is_authenticated and viewer.id is None:
        return ALLOWED
    return refused(_("Checkpoints are signed by the worker of this site."))


def may_recover_ledger(viewer: Viewer, size: int, size_outside: int) -> Verdict:
    signs = may_sign_checkpoint(viewer)
    if signs and size >= size_outside:
        return refused(_("Nothing is missing: the database has every record that was signed."))
    return signs


def may_erase_secrets(viewer: Viewer, user_id: int) -> Verdict:
    if viewer.is_authenticated and (viewer.is_administrator or viewer.id == user_id):
        return ALLOWED
    return refused(_("Personal data are erased by an administrator, or by the person."))


def may_see_own_records(viewer: Viewer) -> Verdict:
    if viewer.is_authenticated and viewer.id is not None:
        return ALLOWED
    return refused(_("Sign in to see the records that you stand behind."), sign_in_helps=True)


def may_open_commitment(viewer: Viewer, owners: Collection[int | None]) -> Verdict:
    """The proof of a record is for everybody; who stands behind it only for that person (`owners` of its secrets)."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to get your receipt."), sign_in_helps=True)
    if viewer.id not in owners:
        return refused(_("Only the person who signed can show with the receipt that it was they."))
    return ALLOWED
