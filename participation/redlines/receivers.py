"""Reading an edited file that was sent in, after the request that brought it."""

from __future__ import annotations

from participation.accounts.models import Operator
from participation.consultations.models import ImportState
from participation.foundation import outbox
from participation.foundation.database import pause
from participation.texts.provisions import Unreadable
from participation.texts.word.process import read_edited

from . import operations, queries
from .models import READ_FILE, EditedFile


@outbox.handles(READ_FILE)
def read_file(item: outbox.OutboxItem) -> None:
    """Read one file. A worker that dies half-way leaves the file, and the next one begins anew."""
    edited = _waiting(item)
    if edited is None or edited.file is None:
        return
    content, filename = edited.file.content, edited.filename
    # Reading takes a second: no lock is held meanwhile.
    pause()
    try:
        redline = read_edited(content, filename)
    except Unreadable as refusal:
        edited = _waiting(item)
        if edited is not None:
            operations.refuse_redline(Operator(), edited, refusal.code, refusal.details)
        return
    edited = _waiting(item)
    if edited is not None:
        operations.finish_redline(Operator(), edited, redline)


def _waiting(item: outbox.OutboxItem) -> EditedFile | None:
    """The file of the job, unless it has been read or forgotten."""
    edited = queries.edited_file_by_id(item.payload["edited_id"])
    return edited if edited is not None and edited.state is ImportState.READING else None
