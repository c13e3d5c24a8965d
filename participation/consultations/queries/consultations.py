"""Finding one consultation."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Viewer
from participation.foundation.database import NotFound, session

from ..models import Consultation
from ..rules import may_see_consultation


def consultation_by_slug(slug: str, viewer: Viewer) -> Consultation:
    """The consultation with its body; raises NotFound also when it is not the viewer's to see."""
    found = session.scalar(
        select(Consultation).where(Consultation.slug == slug).options(joinedload(Consultation.body))
    )
    if found is None or not may_see_consultation(viewer, found):
        raise NotFound(slug)
    return found


def consultation_by_form_key(form_key: str) -> Consultation | None:
    return session.scalar(select(Consultation).where(Consultation.form_key == form_key))


def slug_is_taken(slug: str) -> bool:
    return session.scalar(select(Consultation.id).where(Consultation.slug == slug)) is not None
