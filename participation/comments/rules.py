"""Who may do what with comments, and why not."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from participation.accounts.models import Viewer
from participation.consultations.models import Audience, Consultation, Phase
from participation.consultations.rules import may_lead_consultation
from participation.foundation import clock
from participation.foundation.access import ALLOWED, Verdict, refused
from participation.foundation.language import _
from participation.organisations.models import Organisation
from participation.organisations.rules import acts_for, belongs_to_network, represents


class CommentLike(Protocol):
    """What the rules ask of a comment, whether it is a model or a line of a page."""

    @property
    def author_id(self) -> Any: ...

    @property
    def organisation_id(self) -> Any: ...

    @property
    def parent_id(self) -> Any: ...

    @property
    def is_hidden(self) -> bool: ...

    @property
    def is_taken_up(self) -> bool: ...

    @property
    def editable_until(self) -> datetime: ...


def may_post_comment(viewer: Viewer, consultation: Consultation, organisation: Organisation | None) -> Verdict:
    """`organisation` is the one the person acts for; None is a person who speaks for nobody else."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to comment."), sign_in_helps=True)
    if viewer.id is None:
        return refused(_("A comment has a person as its author. Give the address of one."))
    takes_comments = _takes_comments(consultation)
    if not takes_comments:
        return takes_comments
    if organisation is not None:
        return _acts_for(viewer, organisation)
    if belongs_to_network(viewer):
        return refused(_("Choose at the top of the page which organisation you act for."))
    if consultation.audience == Audience.MEMBERS:
        if viewer.leads_consultations:
            return refused(_("You act for the network here. Its member organisations comment on this draft."))
        return refused(
            _("Only member organisations comment on this draft. Join one of them, or apply with your organisation.")
        )
    return ALLOWED


def may_reply_to_comment(
    viewer: Viewer, comment: CommentLike, consultation: Consultation, organisation: Organisation | None
) -> Verdict:
    may_post = may_post_comment(viewer, consultation, organisation)
    if not may_post:
        return may_post
    if comment.parent_id is not None:
        return refused(_("Replies go one level deep. Reply to the comment itself."))
    if comment.is_hidden:
        return _hidden()
    return ALLOWED


def may_support_comment(
    viewer: Viewer, comment: CommentLike, consultation: Consultation, organisation: Organisation | None
) -> Verdict:
    """Support is an organisation's, and never for its own words."""
    may_give = may_give_support(viewer, consultation, organisation)
    if not may_give:
        return may_give
    if comment.parent_id is not None:
        return refused(_("Replies are not supported. Support the comment itself."))
    if comment.is_hidden:
        return _hidden()
    if organisation is not None and comment.organisation_id == organisation.id:
        return refused(_("This is your organisation's own comment."))
    if comment.author_id == viewer.id:
        return refused(_("You wrote this comment yourself."))
    return ALLOWED


def may_give_support(viewer: Viewer, consultation: Consultation, organisation: Organisation | None) -> Verdict:
    """Whether the organisation may support comments of this consultation at all."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to support a comment."), sign_in_helps=True)
    takes_comments = _takes_comments(consultation)
    if not takes_comments:
        return takes_comments
    if organisation is None:
        return refused(_("Support is given by member organisations, and you do not act for one."))
    return _acts_for(viewer, organisation)


def may_withdraw_support(viewer: Viewer, consultation: Consultation, organisation: Organisation | None) -> Verdict:
    return may_give_support(viewer, consultation, organisation)


def may_give_nil_return(
    viewer: Viewer, consultation: Consultation, organisation: Organisation | None, *, has_commented: bool
) -> Verdict:
    """Its mandate is needed, for it is the organisation's answer; one that has commented has comments."""
    may_withdraw = may_withdraw_nil_return(viewer, consultation, organisation)
    if not may_withdraw:
        return may_withdraw
    if has_commented:
        return refused(_("Your organisation has commented on this draft, so it cannot say that it has no comments."))
    return ALLOWED


def may_withdraw_nil_return(viewer: Viewer, consultation: Consultation, organisation: Organisation | None) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to answer for your organisation."), sign_in_helps=True)
    takes_comments = _takes_comments(consultation)
    if not takes_comments:
        return takes_comments
    if organisation is None:
        return refused(_("Member organisations say whether they have comments, and you do not act for one."))
    if not represents(viewer, organisation):
        return refused(_("Only a person with the mandate of the organisation says that it has no comments."))
    return ALLOWED


def may_edit_comment(viewer: Viewer, comment: CommentLike, consultation: Consultation) -> Verdict:
    """The author, for a quarter of an hour, while nobody has built on the words yet."""
    if not viewer.is_authenticated:
        return refused(_("Sign in to edit your comment."), sign_in_helps=True)
    if comment.author_id != viewer.id:
        return refused(_("Only its author may edit a comment."))
    if comment.is_hidden:
        return _hidden()
    takes_comments = _takes_comments(consultation)
    if not takes_comments:
        return takes_comments
    if clock.now() > comment.editable_until:
        return refused(
            _("A comment can be edited for 15 minutes after it was posted. Reply to it to say what should differ.")
        )
    if comment.is_taken_up:
        return refused(
            _("Others have supported this comment or replied to it, so its words stay. Add a reply of your own.")
        )
    return ALLOWED


def may_hide_comment(viewer: Viewer) -> Verdict:
    if viewer.is_coordinator:
        return ALLOWED
    if not viewer.is_authenticated:
        return refused(_("Sign in to moderate comments."), sign_in_helps=True)
    return refused(_("Comments are moderated by the network's office."))


def may_unhide_comment(viewer: Viewer) -> Verdict:
    return may_hide_comment(viewer)


def may_read_hidden_comment(viewer: Viewer) -> Verdict:
    """The words of a hidden comment reach the office and nobody else."""
    return may_hide_comment(viewer)


def may_carry_comments(actor: Viewer) -> Verdict:
    """Whoever publishes a version of a text carries the comments over to it."""
    return may_lead_consultation(actor)


def _takes_comments(consultation: Consultation) -> Verdict:
    """The deadline is inclusive: the last moment of its day in the region still counts."""
    phase = consultation.phase
    if phase is Phase.OPEN:
        return ALLOWED
    if phase is Phase.PREPARING:
        return refused(_("This consultation is still being prepared."))
    if phase is Phase.ANNOUNCED:
        return refused(_("Comments are not open yet. The page of the consultation says from when."))
    return refused(_("The deadline for comments has passed. What was said stays here to be read."))


def _acts_for(viewer: Viewer, organisation: Organisation) -> Verdict:
    if acts_for(viewer, organisation):
        return ALLOWED
    return refused(_("You do not act for this organisation, or it is not a member of the network."))


def _hidden() -> Verdict:
    return refused(_("The office has hidden this comment."))


def may_see_own_comments(viewer: Viewer) -> Verdict:
    if not viewer.is_authenticated:
        return refused(_("Sign in to see your comments."), sign_in_helps=True)
    return ALLOWED
