"""Making the documents of a frozen submission, after the freezing and outside its transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from participation.accounts.models import Operator
from participation.foundation import outbox
from participation.foundation.database import pause
from participation.texts.word.demands import DraftInWord
from participation.texts.word.package import docx_with_demands
from participation.texts.writing import data, tables, word
from participation.texts.writing.documents import Document
from participation.texts.writing.pdf import pdf

from ..models import DocumentFormat, Submission, letter_of
from ..models.documents import PRODUCE_DOCUMENT
from ..operations import MadeDocument, produce_documents
from ..queries import draft_with_demands, submission_by_id

STANDARDS = {"a-2a+ua-1": "PDF/A-2a, PDF/UA-1"}

WRITERS: dict[DocumentFormat, Callable[[Document], bytes]] = {
    DocumentFormat.DOCX: word.docx,
    DocumentFormat.ODT: word.odt,
    DocumentFormat.XLSX: tables.xlsx,
    DocumentFormat.CSV: tables.csv,
    DocumentFormat.JSON: data.json,
}


def written(document: Document, document_format: DocumentFormat) -> MadeDocument:
    """The document in one format; the same document always gives the same bytes."""
    if document_format == DocumentFormat.PDF:
        result = pdf(document)
        return MadeDocument(document_format, result.data, STANDARDS.get(result.standard, ""))
    return MadeDocument(document_format, WRITERS[document_format](document))


def written_draft(draft: DraftInWord) -> MadeDocument:
    return MadeDocument(DocumentFormat.DRAFT, docx_with_demands(draft))


def _maker(submission: Submission, document_format: DocumentFormat) -> Callable[[], MadeDocument]:
    """What makes the document from things that were read before."""
    if document_format == DocumentFormat.DRAFT:
        return partial(written_draft, draft_with_demands(submission))
    return partial(written, letter_of(submission.canonical or b""), document_format)


@outbox.handles(PRODUCE_DOCUMENT)
def make_document(item: outbox.OutboxItem) -> None:
    """Make one format from the canonical bytes and keep it.

    A worker that dies half-way leaves nothing behind, and the next one begins anew.
    """
    submission_id, asked_by = item.payload["submission_id"], item.payload["actor_id"]
    document_format = DocumentFormat(item.payload["format"])
    submission = submission_by_id(submission_id)
    if submission is None or submission.canonical is None:  # It was discarded meanwhile.
        return
    make = _maker(submission, document_format)
    # Setting pages takes seconds: no lock is held meanwhile.
    pause()
    made = make()
    submission = submission_by_id(submission_id)
    if submission is None:
        return
    produce_documents(Operator(), submission, [made], asked_by=asked_by)
