"""The package that proves itself: made by the worker once the submission was sent."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from participation.accounts.models import Operator
from participation.foundation import outbox
from participation.foundation.database import pause, session
from participation.ledger.models import read_record
from participation.ledger.operations import sign_checkpoint
from participation.ledger.queries import first_checkpoint_over

from ..events import submission_sent
from ..models import DocumentFormat, Submission, package_files, zipped
from ..models.documents import PACK_SUBMISSION, work_key
from ..operations import MadeDocument, produce_documents
from ..queries import carried_texts, evidence_of, slugs_of_organisations, submission_by_id, submitted_record

HOW_TO = Path(__file__).parent.parent / "content" / "howto.txt"


@submission_sent.connect
def have_package_made(submission: Submission, **facts: object) -> None:
    key = work_key(submission.id, DocumentFormat.ZIP)
    outbox.queue(PACK_SUBMISSION, key, {"submission_id": submission.id})


@outbox.handles(PACK_SUBMISSION)
def make_package(item: outbox.OutboxItem) -> None:
    """Pack what was sent with all its proofs; a worker that dies half-way leaves nothing behind."""
    submission = submission_by_id(item.payload["submission_id"])
    if submission is None:
        return
    # The record of the sending must stand under a checkpoint, at once and not at the end of the slot.
    sign_checkpoint(Operator())
    session.commit()
    files, at = packed(submission)
    pause()
    content = zipped(files, at)
    submission = submission_by_id(item.payload["submission_id"])
    if submission is not None:
        produce_documents(Operator(), submission, [MadeDocument(DocumentFormat.ZIP, content)])


def packed(submission: Submission) -> tuple[dict[str, bytes], datetime]:
    """The files of the package by name, and the moment of the sending. Raises NotSent.

    They come from what was frozen and recorded, under the first checkpoint over the sending: the
    package is the same whenever it is made.
    """
    sent = submitted_record(submission)
    checkpoint = first_checkpoint_over(sent.seq) if sent else None
    if sent is None or checkpoint is None or submission.canonical is None:
        raise NotSent(submission.slug)
    recorded = sent.said["files"]
    documents = {
        document.file.name: document.file.content
        for document in submission.documents
        if recorded.get(document.file.name) == document.file.sha256
    }
    evidence = evidence_of(submission, checkpoint)
    organisations = {
        said["org"]
        for rows in evidence.records.values()
        for said in (read_record(record) for _, record in rows)
        if "org" in said
    }
    files = package_files(
        submission.canonical,
        documents,
        carried_texts(submission),
        slugs_of_organisations(sorted(organisations)),
        evidence,
        HOW_TO.read_text(encoding="utf-8"),
    )
    return files, sent.at


class NotSent(LookupError):
    """There is nothing to prove yet: no record says that the submission was sent."""
