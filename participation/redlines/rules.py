"""Who may bring back an edited file, and why not."""

from __future__ import annotations

from typing import Any, Protocol

from participation.accounts.models import Viewer
from participation.comments.rules import may_post_comment
from participation.consultations.models import Consultation
from participation.consultations.rules import may_report_import
from participation.foundation.access import Verdict, refused
from participation.foundation.language import _
from participation.organisations.models import Organisation


class EditedLike(Protocol):
    @property
    def consultation(self) -> Any: ...

    @property
    def created_by_id(self) -> Any: ...

    @property
    def organisation_id(self) -> Any: ...

    @property
    def posted_at(self) -> Any: ...


def may_load_redline(viewer: Viewer, consultation: Consultation, organisation: Organisation | None) -> Verdict:
    """Who may comment may do so by a Word file."""
    return may_post_comment(viewer, consultation, organisation)


def may_report_redline(actor: Viewer) -> Verdict:
    """The worker reads in the name of whoever sent the file, who is judged again at the end."""
    return may_report_import(actor)


def may_post_redline(viewer: Viewer, edited: EditedLike, organisation: Organisation | None) -> Verdict:
    """The person who loaded it, for the organisation for which it was loaded."""
    may_post = may_post_comment(viewer, edited.consultation, organisation)
    if not may_post:
        return may_post
    if edited.created_by_id != viewer.id:
        return refused(_("Only who loaded the file may post what is in it."))
    if edited.organisation_id != (organisation.id if organisation else None):
        return refused(
            _("The file was loaded for another organisation than the one you act for now. Choose that one above.")
        )
    return may_post
