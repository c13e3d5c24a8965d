"""The comments on one version of a text, by provision, as the comparison of versions shows them."""

from __future__ import annotations

from sqlalchemy import select

from participation.accounts.models import User
from participation.consultations.models import Provision
from participation.foundation.database import session
from participation.organisations.models import Organisation

from ..models import Comment, CommentState
from .beside import Excerpt, excerpt_columns


def comments_on_version(version_id: int) -> dict[str, list[Excerpt]]:
    """The visible comments by the key of their provision, "" for the whole draft; replies are left out."""
    rows = session.execute(
        select(Provision.key, *excerpt_columns())
        .join(User, User.id == Comment.author_id)
        .outerjoin(Provision, Provision.id == Comment.provision_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(
            Comment.version_id == version_id,
            Comment.parent_id.is_(None),
            Comment.state == CommentState.VISIBLE,
        )
        .order_by(Comment.posted_at, Comment.id)
    )
    found: dict[str, list[Excerpt]] = {}
    for key, *excerpt in rows:
        found.setdefault(key or "", []).append(Excerpt(*excerpt))
    return found
