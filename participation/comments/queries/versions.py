"""The comments that stand in one version of a text, by provision, as the comparison of versions shows them."""

from __future__ import annotations

from sqlalchemy import and_, case, or_, select

from participation.accounts.models import User
from participation.consultations.models import Provision
from participation.foundation.database import session
from participation.organisations.models import Organisation

from ..models import Comment, CommentPlace, CommentState
from .beside import Excerpt, excerpt_columns, has_a_place


def comments_on_version(version_id: int) -> dict[str, list[Excerpt]]:
    """The visible comments, written on it or carried to it, by the key of their provision, "" for the whole draft.

    Replies are left out.
    """
    is_carried = and_(CommentPlace.comment_id == Comment.id, CommentPlace.version_id == version_id)
    rows = session.execute(
        select(Provision.key, *excerpt_columns())
        .join(User, User.id == Comment.author_id)
        .outerjoin(CommentPlace, is_carried)
        .outerjoin(
            Provision,
            Provision.id
            == case((Comment.version_id == version_id, Comment.provision_id), else_=CommentPlace.provision_id),
        )
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(
            or_(Comment.version_id == version_id, and_(CommentPlace.version_id == version_id, has_a_place())),
            Comment.parent_id.is_(None),
            Comment.state == CommentState.VISIBLE,
        )
        .order_by(Comment.posted_at, Comment.id)
    )
    found: dict[str, list[Excerpt]] = {}
    for key, *excerpt in rows:
        found.setdefault(key or "", []).append(Excerpt(*excerpt))
    return found
