"""What the authors of comments are told."""

from __future__ import annotations

from collections.abc import Sequence

from participation.accounts.models import User
from participation.consultations.models import TextVersion
from participation.foundation.mail import Message

from .models import Comment
from .queries import Carried

# So many comments are named one by one in a mail; the others are counted.
MOST_NAMED = 30


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


def comments_carried(author: User, version: TextVersion, carried: Sequence[Carried]) -> Message:
    """To an author: what became of your comments in a new version of the draft."""
    return Message(
        author.email,
        author.language,
        template="comments/emails/carried.txt",
        about=f"comments-carried-{version.id}",
        values={
            "slug": version.consultation.slug,
            "title": version.consultation.title,
            "number": version.number,
            "comments": [
                {"comment_id": one.comment.id, "state": one.state.value, "place": _path(one.comment)}
                for one in carried[:MOST_NAMED]
            ],
            "more": max(0, len(carried) - MOST_NAMED),
        },
    )


def _path(comment: Comment) -> str:
    return comment.provision.path if comment.provision else ""


def _values(comment: Comment) -> dict[str, object]:
    return {
        "comment_id": comment.id,
        "title": comment.consultation.title,
        "place": _path(comment),
    }
