"""The passages of a provision that comments are about."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, select

from participation.accounts.models import User
from participation.consultations.models import Provision
from participation.foundation.database import session
from participation.organisations.models import Organisation

from ..models import Comment, CommentPlace, CommentState
from .speakers import public_name, spoken_organisation
from .standing import read_at


class QuotedPassage(NamedTuple):
    """From the first character of the provision's text to the one after the last; `speaker` is empty for a person
    whose name is not public."""

    id: int
    start: int
    end: int
    speaker: str


def passages_in(provision: Provision) -> list[QuotedPassage]:
    """Those of all visible comments on its page, whichever version they were written on, the oldest first."""
    is_here = and_(
        CommentPlace.comment_id == Comment.id,
        CommentPlace.version_id == provision.version_id,
        CommentPlace.provision_id == provision.id,
    )
    is_own = Comment.provision_id == provision.id
    start = case((is_own, Comment.quote_start), else_=CommentPlace.quote_start)
    end = case((is_own, Comment.quote_end), else_=CommentPlace.quote_end)
    speaker = func.coalesce(spoken_organisation(), public_name())
    rows: Any = session.execute(
        select(Comment.id, start, end, speaker)
        .join(User, User.id == Comment.author_id)
        .outerjoin(CommentPlace, is_here)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(
            read_at(provision),
            Comment.parent_id.is_(None),
            Comment.state == CommentState.VISIBLE,
            end > start,
        )
        .order_by(Comment.posted_at, Comment.id)
    )
    return [QuotedPassage(*row) for row in rows]
