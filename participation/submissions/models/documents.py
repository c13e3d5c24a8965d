"""How far the documents of a frozen submission are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .submissions import DocumentFormat, SubmissionDocument

# The kind of job in the outbox that makes one of them.
PRODUCE_DOCUMENT = "submissions.produce-document"


WRITTEN_FROM_LETTER = tuple(one for one in DocumentFormat if one not in (DocumentFormat.DRAFT, DocumentFormat.ZIP))
MADE_WHEN_FROZEN = tuple(one for one in DocumentFormat if one is not DocumentFormat.ZIP)
# The kind of job that packs what was sent with its proofs.
PACK_SUBMISSION = "submissions.pack"


def work_key(submission_id: int, document_format: DocumentFormat) -> str:
    """The key of the job that makes this document."""
    return f"{PRODUCE_DOCUMENT}:{submission_id}:{document_format}"


class Making(StrEnum):
    MADE = "made"
    NOW = "now"
    WAITING = "waiting"
    FAILED = "failed"
    GIVEN_UP = "given-up"


@dataclass(frozen=True)
class DocumentLine:
    """`again_at` is when a document that failed is tried again."""

    format: DocumentFormat
    making: Making
    document: SubmissionDocument | None = None
    again_at: datetime | None = None
