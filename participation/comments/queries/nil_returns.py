"""Organisations that said they have no comments on a draft."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select

from participation.consultations.models import Consultation
from participation.foundation.database import session
from participation.organisations.models import Organisation

from ..models import Comment, CommentState, NilReturn


def nil_return_of(consultation: Consultation, organisation_id: int) -> NilReturn | None:
    """The one that stands."""
    return session.scalar(
        select(NilReturn).where(
            NilReturn.consultation_id == consultation.id,
            NilReturn.organisation_id == organisation_id,
            NilReturn.withdrawn_at.is_(None),
        )
    )


def nil_returns_on(consultation: Consultation) -> Sequence[NilReturn]:
    """Those that stand, in the order in which they were given, with their organisations."""
    rows = session.execute(
        select(NilReturn, Organisation)
        .join(Organisation, Organisation.id == NilReturn.organisation_id)
        .where(NilReturn.consultation_id == consultation.id, NilReturn.withdrawn_at.is_(None))
        .order_by(NilReturn.given_at, NilReturn.id)
    )
    return [row.NilReturn for row in rows]


def organisations_without_comments(consultation_id: int) -> set[int]:
    """The numbers of the organisations that said so and stand by it."""
    return set(
        session.scalars(
            select(NilReturn.organisation_id).where(
                NilReturn.consultation_id == consultation_id, NilReturn.withdrawn_at.is_(None)
            )
        )
    )


def has_commented(consultation: Consultation, organisation_id: int) -> bool:
    """Whether a comment of the organisation on the draft can be read; replies and hidden ones are none."""
    said = exists().where(
        Comment.consultation_id == consultation.id,
        Comment.organisation_id == organisation_id,
        Comment.parent_id.is_(None),
        Comment.state == CommentState.VISIBLE,
    )
    return bool(session.scalar(select(said)))
