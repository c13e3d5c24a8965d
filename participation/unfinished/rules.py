"""Who may do what with texts that were not sent: only the person who began them."""

from __future__ import annotations

from participation.accounts.models import User, Viewer
from participation.foundation.access import ALLOWED, Verdict, refused
from participation.foundation.language import _

from .models import MOST_TEXTS, UnfinishedText


def may_see_unfinished_texts(viewer: Viewer) -> Verdict:
    """One's own: the queries give nobody another person's."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to see what you began to write."), sign_in_helps=True)
    return ALLOWED


def may_save_unfinished_text(actor: Viewer, writer_id: int | None, others: int) -> Verdict:
    """`writer_id` is the person whom the open page was made for; `others` counts the texts that
    the person keeps at other places."""
    if not actor.is_authenticated:
        return refused(_("You have been signed out."), sign_in_helps=True)
    if actor.id is None or actor.id != writer_id:
        return refused(_("Somebody else has signed in on this device meanwhile."))
    if others >= MOST_TEXTS:
        return refused(_("You keep so many unfinished texts already that there is no room for another."))
    return ALLOWED


def may_discard_unfinished_text(actor: Viewer, text: UnfinishedText) -> Verdict:
    if not actor.is_authenticated:
        return refused(_("Sign in to discard what you began to write."), sign_in_helps=True)
    if actor.id != text.user_id:
        return refused(_("An unfinished text is seen and discarded only by the person who began it."))
    return ALLOWED


def may_forget_person(user: User) -> Verdict:
    """Discard all that somebody began to write: when the account is closed."""
    if user.active:
        return refused(_("This account is open: what was begun in it may still be finished."))
    return ALLOWED
