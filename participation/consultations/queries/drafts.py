"""Finding text versions and their provisions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from participation.comments.models import Comment
from participation.foundation.database import NotFound, session
from participation.foundation.paging import Page, page_of
from participation.positions.models import provisions_of_points

from ..models import Attachment, Consultation, Provision, TextVersion, VersionState


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
    if not key.isprintable():
        raise NotFound(key)
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


def provision_count(version: TextVersion) -> int:
    return session.scalar(select(func.count()).select_from(Provision).where(Provision.version_id == version.id)) or 0


def kind_counts(version: TextVersion) -> dict[str, int]:
    """How many provisions of each kind the text has; kinds that do not occur are left out."""
    rows = session.execute(
        select(Provision.kind, func.count()).where(Provision.version_id == version.id).group_by(Provision.kind)
    )
    return {kind: count for kind, count in rows}


def doubted_provisions(version: TextVersion) -> list[Provision | None]:
    """For each doubt about the text the provision that it is about, where it is still there as it was read."""
    labels = [_label_of(doubt) for doubt in version.doubts]
    wanted = {doubt.get("place", "") for doubt, label in zip(version.doubts, labels, strict=True) if label} - {""}
    rows = session.scalars(
        select(Provision)
        .where(Provision.version_id == version.id, Provision.place.in_(sorted(wanted)))
        .order_by(Provision.position)
    ).all()
    found = {(one.place, one.label): one for one in reversed(rows)}
    return [found.get((doubt.get("place", ""), label)) for doubt, label in zip(version.doubts, labels, strict=True)]


def _label_of(doubt: dict[str, Any]) -> str:
    details = doubt.get("details", {})
    return str(details.get("before") or details.get("label") or "")


def repeated_texts(version: TextVersion) -> set[str]:
    """The texts that occur three times or more, as the header of a page does."""
    return set(
        session.scalars(
            select(Provision.text)
            .where(Provision.version_id == version.id, Provision.text != "")
            .group_by(Provision.text)
            .having(func.count() > 2)
        )
    )


def provision_page(version: TextVersion, number: int, size: int = 200) -> Page[Provision]:
    """A page of the provisions in reading order."""
    statement = select(Provision).where(Provision.version_id == version.id).order_by(Provision.position)
    return page_of(statement, number, size)


def attachment_of(consultation: Consultation, attachment_id: int) -> Attachment:
    """An attachment of this consultation with its file; raises NotFound."""
    found = session.scalar(
        select(Attachment)
        .where(Attachment.id == attachment_id, Attachment.consultation_id == consultation.id)
        .options(joinedload(Attachment.file))
    )
    if found is None:
        raise NotFound(str(attachment_id))
    return found


def attachments_of(consultation: Consultation) -> list[Attachment]:
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.consultation_id == consultation.id)
            .options(joinedload(Attachment.file))
            .order_by(Attachment.id)
        )
    )


def attachment_by_form_key(form_key: str) -> Attachment | None:
    return session.scalar(select(Attachment).where(Attachment.form_key == form_key))
