"""Finding drafts that are on their way in."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from participation.accounts.models import Viewer
from participation.foundation.database import NotFound, session
from participation.foundation.outbox import OutboxItem

from ..models import DraftImport, ImportState


def import_by_key(key: str) -> DraftImport:
    """Raises NotFound, also when its consultation was discarded."""
    found = session.scalar(select(DraftImport).where(DraftImport.key == key))
    if found is None:
        raise NotFound(key)
    return found


def import_by_id(import_id: int) -> DraftImport | None:
    return session.get(DraftImport, import_id)


def import_by_form_key(form_key: str) -> DraftImport | None:
    return session.scalar(select(DraftImport).where(DraftImport.form_key == form_key))


def imports_to_mind(viewer: Viewer) -> Sequence[DraftImport]:
    """Those that are still being read, and the viewer's last one if it was refused; the oldest first."""
    last = select(func.max(DraftImport.id)).where(DraftImport.created_by_id == viewer.id).scalar_subquery()
    is_refused = (DraftImport.state == ImportState.REFUSED) & (DraftImport.id == last)
    return session.scalars(
        select(DraftImport).where((DraftImport.state == ImportState.READING) | is_refused).order_by(DraftImport.id)
    ).all()


def work_of(found: DraftImport) -> OutboxItem | None:
    """The job that reads it."""
    return session.scalar(select(OutboxItem).where(OutboxItem.key == found.work_key))
