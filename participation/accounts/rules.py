"""Who may do what with accounts."""

from __future__ import annotations

from participation.foundation.access import ALLOWED, Verdict, refused
from participation.foundation.language import _

from .models import User, Viewer


def may_see_profile(viewer: Viewer) -> Verdict:
    """One's own profile: nobody sees another person's."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to see your profile."), sign_in_helps=True)
    return ALLOWED


def may_change_profile(actor: Viewer, user: User) -> Verdict:
    if not actor.is_authenticated:
        return refused(_("Sign in to change your profile."), sign_in_helps=True)
    if actor.id != user.id:
        return refused(_("A profile is changed only by the person whose it is."))
    return ALLOWED


def may_open_account(actor: Viewer | None) -> Verdict:
    """An account opened for somebody else, without the email that asks to confirm the address."""
    return _is_for_administrators(actor, _("Sign in to open an account for somebody else."))


def may_grant_role(actor: Viewer | None) -> Verdict:
    """Roles in the whole network are given and taken by the same people."""
    return _is_for_administrators(actor, _("Sign in to give roles in the network."))


def may_close_account(actor: Viewer | None) -> Verdict:
    return _is_for_administrators(actor, _("Sign in to close an account."))


def may_drop_second_step(actor: Viewer | None) -> Verdict:
    return _is_for_administrators(actor, _("Sign in to help somebody who cannot."))


def _is_for_administrators(actor: Viewer | None, ask_to_sign_in: object) -> Verdict:
    if actor is None or not actor.is_authenticated:
        return refused(ask_to_sign_in, sign_in_helps=True)
    if not actor.is_administrator:
        return refused(_("Only an administrator may do this."))
    return ALLOWED


def may_welcome_user(user: User) -> Verdict:
    """Act upon what the person chose at registration: only when the address proved to be theirs."""
    if user.confirmed_at is None:
        return refused(_("The email address has not been confirmed yet."))
    return ALLOWED


def may_end_sign_in(actor: Viewer) -> Verdict:
    if not actor.is_authenticated:
        return refused(_("You are signed out already."))
    return ALLOWED
