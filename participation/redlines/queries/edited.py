"""Files that came in, and what was found in them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Viewer
from participation.foundation.database import NotFound, session
from participation.foundation.outbox import OutboxItem

from ..models import EditedFile


def edited_file(key: str, viewer: Viewer) -> EditedFile:
    """Raises NotFound, also for everybody but the person who loaded it."""
    found = session.scalar(
        select(EditedFile)
        .where(EditedFile.key == key)
        .options(joinedload(EditedFile.consultation), joinedload(EditedFile.organisation))
    )
    if found is None or found.created_by_id != viewer.id:
        raise NotFound(key)
    return found


def edited_file_by_id(edited_id: int) -> EditedFile | None:
    return session.get(EditedFile, edited_id)


def work_of(edited: EditedFile) -> OutboxItem | None:
    """The job that reads it."""
    return session.scalar(select(OutboxItem).where(OutboxItem.key == edited.work_key))


def edited_file_by_form_key(form_key: str) -> EditedFile | None:
    return session.scalar(select(EditedFile).where(EditedFile.form_key == form_key))
