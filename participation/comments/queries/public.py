"""What everybody may read, whoever asks: what goes into files that leave the site."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_

from ..models import Comment, CommentState


def everybody_may_read(parent: Any) -> Any:
    """The condition on comments and replies, `parent` being joined (outer) to Comment as what a reply answers.

    What a moderator has hidden is left out with the replies to it.
    """
    return and_(
        Comment.state == CommentState.VISIBLE,
        or_(Comment.parent_id.is_(None), parent.state == CommentState.VISIBLE),
    )
