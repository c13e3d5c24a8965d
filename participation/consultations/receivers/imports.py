"""Reading a draft that was sent in, after the request that brought it."""

from __future__ import annotations

import time
from typing import Any

from participation.accounts.models import Operator
from participation.foundation import outbox
from participation.foundation.access import Refused
from participation.foundation.database import pause, session
from participation.texts.provisions import Unreadable
from participation.texts.reading import read_draft

from .. import operations, queries
from ..models.imports import READ_DRAFT

# What is reached is written down so often at most; nobody reads faster, and every writing is a commit.
SECONDS_BETWEEN = 0.4
NOT_ALLOWED = "not_allowed"


class Diary:
    """What the reading has said so far, step by step, written down for those who wait."""

    def __init__(self, import_id: int) -> None:
        self.progress: dict[str, Any] = {}
        self._import_id = import_id
        self._written_at = 0.0

    def note(self, reached: dict[str, Any]) -> None:
        """Commits what was reached, unless it did so a moment ago and the step is the same."""
        step = reached["step"]
        is_new = step not in self.progress
        self.progress[step] = {name: value for name, value in reached.items() if name != "step"}
        if not is_new and time.monotonic() - self._written_at < SECONDS_BETWEEN:
            return
        operations.note_progress(Operator(), self._import_id, self.progress)
        session.commit()
        self._written_at = time.monotonic()


@outbox.handles(READ_DRAFT)
def read_import(item: outbox.OutboxItem) -> None:
    """Read one file. A worker that dies half-way leaves the file, and the next one begins anew."""
    import_id: int = item.payload["import_id"]
    found = queries.import_by_id(import_id)
    if found is None or not found.is_unfinished or found.file is None:
        return
    content, filename = found.file.content, found.filename
    # Reading takes seconds: no lock is held meanwhile.
    pause()
    diary = Diary(import_id)
    try:
        reading = read_draft(content, filename, report=diary.note)
    except Unreadable as refusal:
        _refuse(import_id, refusal.code, refusal.details)
        return
    found = queries.import_by_id(import_id)
    if found is None or not found.is_unfinished:
        return
    try:
        operations.finish_import(Operator(), found, reading, content, diary.progress)
    except Refused:
        session.rollback()
        _refuse(import_id, NOT_ALLOWED, {})


def _refuse(import_id: int, code: str, details: dict[str, str]) -> None:
    found = queries.import_by_id(import_id)
    if found is not None and found.is_unfinished:
        operations.refuse_import(Operator(), found, code, details)
