"""Hiding comments, and showing them again."""

from __future__ import annotations

from participation.accounts.models import User
from participation.foundation import audit, mail
from participation.foundation.access import demand
from participation.texts.markdown import normalise

from .. import emails
from ..models import Comment, CommentState
from ..rules import may_hide_comment, may_unhide_comment


def hide_comment(actor: User, comment: Comment, because: str) -> None:
    """Take the words out of sight and tell the author why; hiding again changes nothing."""
    demand(may_hide_comment(actor))
    if comment.is_hidden:
        return
    comment.state = CommentState.HIDDEN
    comment.hidden_because = normalise(because)
    comment.hidden_by_id = actor.id
    audit.record(actor, "comment.hidden", comment, because=comment.hidden_because)
    mail.send(emails.comment_hidden(comment))


def unhide_comment(actor: User, comment: Comment) -> None:
    """Let the words be read again; the log keeps that and why they were hidden."""
    demand(may_unhide_comment(actor))
    if not comment.is_hidden:
        return
    comment.state = CommentState.VISIBLE
    comment.hidden_because = ""
    comment.hidden_by_id = None
    audit.record(actor, "comment.shown_again", comment)
    mail.send(emails.comment_shown_again(comment))
