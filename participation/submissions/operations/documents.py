"""Keeping the documents of a frozen submission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from participation.accounts.models import Operator, User
from participation.foundation import audit, files
from participation.foundation.access import demand
from participation.foundation.database import session

from ..models import DocumentFormat, Submission, SubmissionDocument
from ..queries import lock
from ..rules import may_produce_documents


@dataclass(frozen=True)
class MadeDocument:
    """`standard` is what the file holds to, "PDF/A-2a, PDF/UA-1", or empty."""

    format: DocumentFormat
    content: bytes
    standard: str = ""


def produce_documents(
    actor: User | Operator, submission: Submission, made: Sequence[MadeDocument], *, asked_by: int | None = None
) -> None:
    """Keep one file of each format; a format that is there already stays as it is.

    The worker does this after the freezing, perhaps more than once; `asked_by` is the person who froze.
    """
    lock(submission)
    demand(may_produce_documents(actor, submission))
    session.refresh(submission, ["documents"])
    kept = {document.format for document in submission.documents}
    new = [document for document in made if document.format not in kept]
    for document in new:
        name = document.format.file_name(submission.slug)
        submission.documents.append(
            SubmissionDocument(
                format=document.format,
                standard=document.standard,
                file=files.store(document.content, name, document.format.media_type),
            )
        )
    session.flush()
    if new:
        audit.record(
            actor, "submission.documents-produced", submission, formats=[document.format for document in new],
            asked_by=asked_by,
        )  # fmt: skip
