"""Who may see the desk and the outbox."""

from __future__ import annotations

from participation.accounts.models import Viewer
from participation.foundation.access import ALLOWED, Verdict, refused
from participation.foundation.language import _


def may_see_desk(viewer: Viewer) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to see what waits for you."), sign_in_helps=True)
    return ALLOWED


def may_read_mails(viewer: Viewer, *, demonstration_without_mail: bool) -> Verdict:
    """Mails carry confirmation links, so their words are for everybody only in a demonstration
    that has no mail server, and otherwise for nobody."""
    if demonstration_without_mail:
        return ALLOWED
    return refused(_("Mails are private. They can be read here only in a demonstration without a mail server."))


def may_mind_outbox(viewer: Viewer) -> Verdict:
    """See what could not be delivered, and try it again; without the words of the mails."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to see the outbox."), sign_in_helps=True)
    if not (viewer.is_administrator or viewer.is_coordinator):
        return refused(_("The outbox is minded by the office."))
    return ALLOWED


def may_retry_item(viewer: Viewer) -> Verdict:
    return may_mind_outbox(viewer)
