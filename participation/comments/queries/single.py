"""Finding comments by their number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Viewer
from participation.consultations.models import Consultation, Provision
from participation.consultations.rules import may_see_consultation
from participation.foundation.database import NotFound, session

from ..models import Comment, CommentState, Support


def comment_by_id(comment_id: int, viewer: Viewer) -> Comment:
    """The comment with its place and its speaker; raises NotFound, also when its consultation
    is not the viewer's to see. A hidden comment is found: its rules and pages keep its words."""
    found = session.scalar(
        select(Comment)
        .where(Comment.id == comment_id)
        .options(
            joinedload(Comment.consultation),
            joinedload(Comment.version),
            joinedload(Comment.provision),
            joinedload(Comment.author),
            joinedload(Comment.organisation),
        )
    )
    if found is None or not may_see_consultation(viewer, found.consultation):
        raise NotFound(comment_id)
    return found


def comment_by_key(form_key: str) -> Comment | None:
    """The comment that this form has already made."""
    return session.scalar(select(Comment).where(Comment.form_key == form_key))


def chosen_comments(consultation: Consultation, ids: Sequence[int]) -> list[Comment]:
    """The visible comments of this consultation among those numbers, in reading order.

    Replies, hidden comments and comments of other consultations are left out."""
    wanted = {number for number in ids if 0 < number < 2**31}
    return [comment for comment in visible_comments(consultation) if comment.id in wanted] if wanted else []


def visible_comments(consultation: Consultation) -> list[Comment]:
    """All visible comments in reading order, those on the whole draft first; without replies."""
    return list(
        session.scalars(
            select(Comment)
            .outerjoin(Provision, Provision.id == Comment.provision_id)
            .where(
                Comment.consultation_id == consultation.id,
                Comment.parent_id.is_(None),
                Comment.state == CommentState.VISIBLE,
            )
            .options(joinedload(Comment.provision), joinedload(Comment.organisation), joinedload(Comment.author))
            .order_by(Provision.position.asc().nulls_first(), Comment.posted_at, Comment.id)
        )
    )


def support_by(comment: Comment, organisation_id: int) -> Support | None:
    """The support that this organisation gives to a comment."""
    return session.scalar(
        select(Support).where(Support.comment_id == comment.id, Support.organisation_id == organisation_id)
    )
