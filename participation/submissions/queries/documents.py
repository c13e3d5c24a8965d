"""Which documents of a submission are there, and what the worker says of the others."""

from __future__ import annotations

from sqlalchemy import select

from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem, State

from ..models import DocumentFormat, Submission
from ..models.documents import DocumentLine, Making, work_key


def documents_of(submission: Submission) -> list[DocumentLine]:
    """A line for each format that is made or was asked for, in their order."""
    made = {document.format: document for document in submission.documents}
    missing = [one for one in DocumentFormat if one not in made]
    work = _work(submission, missing)
    return [
        DocumentLine(one, Making.MADE, made[one]) if one in made else _line(one, work[one])
        for one in DocumentFormat
        if one in made or one in work
    ]


def _work(submission: Submission, missing: list[DocumentFormat]) -> dict[DocumentFormat, OutboxItem]:
    if not missing:
        return {}
    keys = {work_key(submission.id, one): one for one in missing}
    found = session.scalars(select(OutboxItem).where(OutboxItem.key.in_(keys)))
    return {keys[item.key]: item for item in found}


def _line(document_format: DocumentFormat, item: OutboxItem) -> DocumentLine:
    if item.state is State.DEAD:
        return DocumentLine(document_format, Making.GIVEN_UP)
    if item.leased_until is not None and item.leased_until > clock.now():
        return DocumentLine(document_format, Making.NOW)
    if item.last_error:
        return DocumentLine(document_format, Making.FAILED, again_at=item.due_at)
    return DocumentLine(document_format, Making.WAITING)
