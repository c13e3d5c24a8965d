"""Finding text versions and their provisions."""

from __future__ import annotations

from sqlalchemy import exists, select

from participation.comments.models import Comment
from participation.foundation.database import NotFound, session
from participation.positions.models import provisions_of_points

from ..models import Consultation, Provision, TextVersion, VersionState


def published_version(consultation: Consultation) -> TextVersion | None:
    """The newest published text of the consultation."""
    return session.scalar(
        select(TextVersion)
        .where(TextVersion.consultation_id == consultation.id, TextVersion.state == VersionState.PUBLISHED)
        .order_by(TextVersion.number.desc())
        .limit(1)
    )


def text_version(consultation: Consultation) -> TextVersion:
    """The newest text, published or in preparation; raises NotFound when there is none."""
    found = session.scalar(
        select(TextVersion)
        .where(TextVersion.consultation_id == consultation.id)
        .order_by(TextVersion.number.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound(consultation.slug)
    return found


def version_by_number(consultation: Consultation, number: int) -> TextVersion:
    """A published text of the consultation; raises NotFound."""
    found = session.scalar(
        select(TextVersion).where(
            TextVersion.consultation_id == consultation.id,
            TextVersion.state == VersionState.PUBLISHED,
            TextVersion.number == number,
        )
    )
    if found is None:
        raise NotFound(f"{consultation.slug} {number}")
    return found


def provision_by_key(version: TextVersion, key: str) -> Provision:
    """Raises NotFound when the text has no such provision."""
    found = session.scalar(select(Provision).where(Provision.version_id == version.id, Provision.key == key))
    if found is None:
        raise NotFound(key)
    return found


def provisions_of(version: TextVersion) -> list[Provision]:
    """All provisions in reading order."""
    return list(
        session.scalars(select(Provision).where(Provision.version_id == version.id).order_by(Provision.position))
    )


def is_answered(version: TextVersion) -> bool:
    """Somebody has commented on this text, hidden comments included, or a position refers to it."""
    commented = exists().where(Comment.version_id == version.id)
    referred_to = exists().where(
        provisions_of_points.c.provision_id == Provision.id, Provision.version_id == version.id
    )
    return bool(session.scalar(select(commented | referred_to)))
