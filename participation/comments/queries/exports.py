"""All that was said on a draft, for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from participation.accounts.models import User
from participation.consultations.models import Consultation, Provision, TextVersion
from participation.foundation.database import session
from participation.organisations.models import Organisation

from ..models import Comment, CommentKind, CommentState, Support, WordingAction
from .speakers import public_name, spoken_organisation


@dataclass(frozen=True, slots=True)
class Exported:
    """A comment or a reply to one (`reply_to`, 0 for none); `source` and `wording` are what was typed.

    `provision` is empty for the whole draft, `person` unless the name is public.
    """

    number: int
    reply_to: int
    version: int
    provision: str
    existing: str
    kind: CommentKind
    wording_action: WordingAction | None
    wording: str
    wording_formula: str
    source: str
    organisation: str
    municipality: str
    person: str
    supports: int
    posted_at: datetime


def comments_for_export(consultation: Consultation) -> list[Exported]:
    """The visible comments in reading order, each with its replies below it. One statement.

    What a moderator has hidden is left out for everybody, with the replies to it.
    """
    parent: Any = aliased(Comment)
    supports = select(func.count()).where(Support.comment_id == Comment.id).scalar_subquery()
    top = func.coalesce(Comment.parent_id, Comment.id)
    rows: Any = session.execute(
        select(
            Comment.id,
            func.coalesce(Comment.parent_id, 0),
            TextVersion.number,
            func.coalesce(Provision.path, ""),
            func.coalesce(Provision.text, ""),
            Comment.kind,
            Comment.wording_action,
            Comment.wording,
            Comment.wording_formula,
            Comment.source,
            func.coalesce(spoken_organisation(), ""),
            func.coalesce(Organisation.municipality, ""),
            public_name(),
            supports,
            Comment.posted_at,
        )
        .join(User, User.id == Comment.author_id)
        .join(TextVersion, TextVersion.id == Comment.version_id)
        .outerjoin(parent, parent.id == Comment.parent_id)
        .outerjoin(Provision, Provision.id == Comment.provision_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(
            Comment.consultation_id == consultation.id,
            Comment.state == CommentState.VISIBLE,
            or_(Comment.parent_id.is_(None), parent.state == CommentState.VISIBLE),
        )
        .order_by(
            func.coalesce(Provision.position, 0),
            func.coalesce(parent.posted_at, Comment.posted_at),
            top,
            Comment.parent_id.is_not(None),
            Comment.posted_at,
            Comment.id,
        )
    )
    return [Exported(*row) for row in rows]
