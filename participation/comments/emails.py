"""What the authors of comments are told."""

from __future__ import annotations

from participation.foundation.mail import Message

from .models import Comment


def comment_hidden(comment: Comment) -> Message:
    """To the author: your comment is hidden, why, and what can be done."""
    return Message(
        comment.author.email,
        comment.author.language,
        template="comments/emails/hidden.txt",
        about=f"comment-hidden-{comment.id}-{comment.revision}",
        values=_values(comment) | {"because": comment.hidden_because},
    )


def comment_shown_again(comment: Comment) -> Message:
    """To the author: your comment can be read again."""
    return Message(
        comment.author.email,
        comment.author.language,
        template="comments/emails/shown_again.txt",
        about=f"comment-shown-again-{comment.id}-{comment.revision}",
        values=_values(comment),
    )


def _values(comment: Comment) -> dict[str, object]:
    return {
        "comment_id": comment.id,
        "title": comment.consultation.title,
        "place": comment.provision.path if comment.provision else "",
    }
