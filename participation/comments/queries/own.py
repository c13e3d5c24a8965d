"""What one person said, wherever it was."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Viewer
from participation.consultations.models import Consultation, ConsultationState
from participation.foundation.paging import Page, page_of

from ..models import Comment


def own_comments(viewer: Viewer, number: int) -> Page[Comment]:
    """The comments that this person wrote, replies left out, the newest first. Two statements."""
    statement = (
        select(Comment)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(
            Comment.author_id == viewer.id,
            Comment.parent_id.is_(None),
            Consultation.state == ConsultationState.PUBLISHED,
        )
        .options(joinedload(Comment.consultation), joinedload(Comment.provision), joinedload(Comment.organisation))
        .order_by(Comment.posted_at.desc(), Comment.id.desc())
    )
    return page_of(statement, number)
