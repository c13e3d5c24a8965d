"""The documents: made once from the frozen bytes, whatever happens to the worker, with the same points in each."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from factories import CommentFactory, OrganisationFactory, coordinator
from openpyxl import load_workbook
from pdfminer.high_level import extract_text
from sqlalchemy import event, func, select, update
from submissions.making import (
    SITE,
    consultation_in_cosigning,
    cosigned,
    frozen,
    opened_position,
    submission_of,
)

from participation.foundation import clock, outbox
from participation.foundation.database import db, session
from participation.foundation.outbox import OutboxItem, State
from participation.submissions.models import (
    DocumentFormat,
    SubmissionDocument,
    canonical_bytes,
    letter_of,
)
from participation.submissions.models.documents import MADE_WHEN_FROZEN, WRITTEN_FROM_LETTER
from participation.submissions.operations import discard_submission
from participation.submissions.queries import contents_now
from participation.submissions.receivers import written
from participation.web import Application

ROOT = Path(__file__).resolve().parents[2]
# Emoji alone and joined, right-to-left, ideographs, controls, an override, mark-up of three languages.
ODD = '😀 🏳️‍🌈 سلام 漢字 \x07\x00 \u202eobrnjeno ]] #read("x") $x$ *z* `y` <b> & =1+1 \ud800'


def work_all() -> None:
    while outbox.work_once():
        pass


def formats_made() -> list[str]:
    session.rollback()
    return sorted(session.scalars(select(SubmissionDocument.format)))


@pytest.fixture
def submission(app: Application) -> Any:
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author, points=2)
    made = frozen(submission_of(position, author, language="en"))
    session.commit()
    return made


def test_the_worker_makes_every_format_once(submission: Any) -> None:
    work_all()
    assert formats_made() == sorted(MADE_WHEN_FROZEN)
    session.execute(update(OutboxItem).values(state=State.WAITING, lease=None, leased_until=None))
    session.commit()
    work_all()
    assert formats_made() == sorted(MADE_WHEN_FROZEN)
    pdf = next(document for document in submission.documents if document.format == "pdf")
    assert (pdf.standard, pdf.file.media_type, pdf.file.content[:5]) == (
        "PDF/A-2a, PDF/UA-1", "application/pdf", b"%PDF-",
    )  # fmt: skip


def test_documents_are_made_from_the_frozen_bytes_alone(submission: Any) -> None:
    canonical = submission.canonical
    expected = written(letter_of(canonical), DocumentFormat.JSON).content
    submission.title, submission.consultation.title = "Drug naslov", "Drugo posvetovanje"
    submission.points[0].demanded = "Nekaj drugega."
    session.commit()
    work_all()
    made = next(document for document in submission.documents if document.format == "json")
    assert made.file.content == expected


def test_the_job_of_a_discarded_submission_is_done_quietly(submission: Any) -> None:
    discard_submission(submission.compiled_by, submission)
    session.commit()
    work_all()
    assert formats_made() == []
    assert set(session.scalars(select(OutboxItem.state))) == {State.DONE}


@contextmanager
def failing_at(number: int) -> Iterator[list[str]]:
    """The statement of this number fails, as if the database had gone at that moment."""
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)
        if len(statements) == number:
            raise RuntimeError("the database is gone")

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_a_job_that_fails_at_any_statement_is_finished_once_by_the_next_worker(submission: Any) -> None:
    only = select(OutboxItem.id).where(OutboxItem.key.endswith(":json")).scalar_subquery()
    session.execute(update(OutboxItem).where(OutboxItem.id != only).values(state=State.DONE))
    session.commit()
    number, went_through = 0, False
    while not went_through:
        number += 1
        with failing_at(number) as statements:
            try:
                outbox.work_once()
            except RuntimeError:
                session.rollback()  # The worker died while it took or put back the item.
        went_through = len(statements) < number
        made, done = len(formats_made()), session.scalar(
            select(func.count(OutboxItem.id)).where(OutboxItem.id == only, OutboxItem.state == State.DONE)
        )  # fmt: skip
        assert made == done, f"statement {number}"
        # The next worker comes when the lease has run out.
        with clock.stopped(clock.now() + timedelta(days=2)):
            session.rollback()
            work_all()
        assert formats_made() == ["json"], f"statement {number}"
        session.execute(SubmissionDocument.__table__.delete())
        session.execute(
            update(OutboxItem)
            .where(OutboxItem.id == only)
            .values(state=State.WAITING, attempts=0, due_at=clock.now(), lease=None, leased_until=None)
        )
        session.commit()
    assert number > 10


def claimed() -> bool:
    session.rollback()
    return bool(session.scalar(select(func.count(OutboxItem.id)).where(OutboxItem.lease.is_not(None))))


def test_what_a_killed_worker_left_is_finished_by_the_next_one(submission: Any, app: Application) -> None:
    environment = os.environ | {
        "SOGLASJE_ENVIRONMENT": "testing",
        "SOGLASJE_DATABASE": app.config["SQLALCHEMY_DATABASE_URI"],
        "SOGLASJE_SECRET_KEY": "k" * 40,
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "outbox", "work"], cwd=ROOT, env=environment
    )
    try:
        while not claimed():
            assert worker.poll() is None, "the worker ended by itself"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert worker.returncode == -signal.SIGKILL
    assert len(formats_made()) < len(MADE_WHEN_FROZEN)
    with clock.stopped(clock.now() + outbox.LEASE + timedelta(minutes=1)):
        work_all()
    assert formats_made() == sorted(MADE_WHEN_FROZEN)
    assert set(session.scalars(select(OutboxItem.state))) == {State.DONE}


def words_of(document_format: DocumentFormat, content: bytes) -> str:
    """All the text of a document, in one line."""
    if document_format == DocumentFormat.PDF:
        text = extract_text(io.BytesIO(content))
    elif document_format in (DocumentFormat.DOCX, DocumentFormat.ODT):
        part = "word/document.xml" if document_format == DocumentFormat.DOCX else "content.xml"
        text = re.sub("<[^>]+>", "", zipfile.ZipFile(io.BytesIO(content)).read(part).decode())
    elif document_format == DocumentFormat.XLSX:
        book = load_workbook(io.BytesIO(content))
        text = " ".join(str(cell.value or "") for sheet in book for row in sheet.iter_rows() for cell in row)
    elif document_format == DocumentFormat.CSV:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        text = " ".join(cell for row in rows for cell in row)
    else:
        text = json.dumps(json.loads(content), ensure_ascii=False)
    return " ".join(text.split())


def test_every_document_has_the_same_points(app: Application) -> None:
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author, points=2)
    # What is written into the rows after the signing goes into no document.
    for point, word in zip(position.points, ("Hruška", "Jabolko"), strict=True):
        point.demanded = word
    comment = CommentFactory(
        consultation=position.consultation, organisation=OrganisationFactory(name="Breskev"), source="Marelica"
    )
    submission = submission_of(position, author, comments=[comment], language="en")
    letter = letter_of(canonical_bytes(contents_now(submission, SITE)))
    demands = ("Novo besedilo 1.", "Novo besedilo 2.", "Marelica", "Breskev")
    for document_format in WRITTEN_FROM_LETTER:
        words = words_of(document_format, written(letter, document_format).content)
        assert [word for word in demands if word not in words] == [], document_format
        assert ("Hruška" in words, "Jabolko" in words) == (False, False), document_format


def test_odd_characters_in_every_field_give_every_document(app: Application) -> None:
    author = coordinator()
    position = opened_position(consultation_in_cosigning(), author)
    cosigned(position, OrganisationFactory(), name_is_public=True)
    comment = CommentFactory(consultation=position.consultation, organisation=OrganisationFactory())
    said = contents_now(submission_of(position, author, comments=[comment]), SITE)
    odd = replace(
        said,
        **{name: ODD for name in ("title", "subject", "reference", "sender_name", "place", "address", "general")},
        **{name: (ODD, ODD) for name in ("sender_address", "sender_contact", "addressees", "copies", "summary")},
        points=tuple(
            replace(point, article=ODD, existing=ODD, demanded=ODD, reasons=ODD, supported_by=ODD)
            for point in said.points
        ),
        signatures=tuple(
            replace(signature, name=ODD, seat=ODD, area=ODD, person=ODD, statement=ODD)
            for signature in said.signatures
        ),
    )
    letter = letter_of(canonical_bytes(odd))
    made = {document_format: written(letter, document_format) for document_format in WRITTEN_FROM_LETTER}
    assert made[DocumentFormat.PDF].standard == "PDF/A-2a, PDF/UA-1"
    for document_format, document in made.items():
        assert "obrnjeno" in words_of(document_format, document.content), document_format
