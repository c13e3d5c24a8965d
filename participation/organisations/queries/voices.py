"""What a member organisation said and signed, as everybody may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from participation.accounts.models import User
from participation.comments.models import Comment, CommentState
from participation.consultations.models import Consultation, ConsultationState
from participation.foundation.database import session
from participation.organisations.models import Membership, MembershipRole, MembershipState, Organisation
from participation.positions.models import Cosignature, CosignatureState, PositionVersion

LATEST_COMMENTS = 5
LATEST_SIGNATURES = 10


@dataclass(frozen=True)
class Voice:
    """The latest comments and signatures of an organisation, and how many there are in all."""

    comments: Sequence[Comment]
    number_of_comments: int
    signatures: Sequence[Cosignature]
    number_of_signatures: int
    people: Sequence[Membership]  # those who wish their name to be public


def voice_of(organisation: Organisation) -> Voice:
    """Five statements, however much it said."""
    said = (
        select(Comment)
        .join(Comment.consultation)
        .where(
            Comment.organisation_id == organisation.id,
            Comment.state == CommentState.VISIBLE,
            Comment.parent_id.is_(None),
            Consultation.state == ConsultationState.PUBLISHED,
        )
    )
    signed = select(Cosignature).where(
        Cosignature.organisation_id == organisation.id, Cosignature.state == CosignatureState.LIVE
    )
    return Voice(
        comments=session.scalars(
            said.options(contains_eager(Comment.consultation), joinedload(Comment.provision))
            .order_by(Comment.posted_at.desc(), Comment.id.desc())
            .limit(LATEST_COMMENTS)
        ).all(),
        number_of_comments=session.scalar(select(func.count()).select_from(said.subquery())) or 0,
        signatures=session.scalars(
            signed.options(joinedload(Cosignature.version).joinedload(PositionVersion.position))
            .order_by(Cosignature.signed_at.desc(), Cosignature.id.desc())
            .limit(LATEST_SIGNATURES)
        ).all(),
        number_of_signatures=session.scalar(select(func.count()).select_from(signed.subquery())) or 0,
        people=_public_people(organisation),
    )


def _public_people(organisation: Organisation) -> Sequence[Membership]:
    return session.scalars(
        select(Membership)
        .join(Membership.user)
        .where(
            Membership.organisation_id == organisation.id,
            Membership.state == MembershipState.LIVE,
            User.name_is_public,
            User.active,
        )
        .options(contains_eager(Membership.user))
        .order_by(Membership.role != MembershipRole.REPRESENTATIVE, User.name, Membership.id)
    ).all()
