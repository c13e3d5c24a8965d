"""Documents on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from factories import coordinator
from pdfminer.high_level import extract_text
from submissions.making import consultation_in_cosigning, frozen, opened_position, sent_quietly, submission_of

from participation.foundation.database import session
from participation.submissions.models import DocumentFormat, letter_of
from participation.submissions.models.documents import WRITTEN_FROM_LETTER
from participation.submissions.receivers import written
from participation.web import Application


@pytest.fixture
def compiled(app: Application) -> Any:
    author = coordinator()
    return submission_of(opened_position(consultation_in_cosigning(), author), author, slug="oddaja")


def build(app: Application, *arguments: str) -> Any:
    session.commit()
    return app.test_cli_runner().invoke(args=["submissions", "build", *arguments])


@pytest.mark.parametrize("document_format", WRITTEN_FROM_LETTER)
def test_a_sent_submission_is_built_from_its_frozen_bytes(
    app: Application, compiled: Any, tmp_path: Path, document_format: DocumentFormat
) -> None:
    sent_quietly(frozen(compiled))
    expected = written(letter_of(compiled.canonical), document_format).content
    compiled.title = "Drug naslov"
    file = tmp_path / "document"
    result = build(app, "oddaja", "--format", document_format.value, "--output", str(file))
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == expected


def test_a_compiled_submission_is_built_as_it_would_be_now_and_says_so(
    app: Application, compiled: Any, tmp_path: Path
) -> None:
    file = tmp_path / "document.json"
    result = build(app, "oddaja", "--format", "json", "--output", str(file))
    assert (result.exit_code, result.stdout, result.stderr) == (
        0, "", "This submission is not frozen yet: the document shows what it would say now.\n",
    )  # fmt: skip
    assert json.loads(file.read_text())["address"] == "http://localhost:8000/submissions/oddaja"
    assert compiled.is_compiled


def test_a_pdf_says_which_standards_it_keeps(app: Application, compiled: Any, tmp_path: Path) -> None:
    frozen(compiled)
    file = tmp_path / "document.pdf"
    result = build(app, "oddaja", "--output", str(file))
    assert (result.exit_code, result.stderr) == (0, "pdf: PDF/A-2a, PDF/UA-1\n")
    assert "Novo besedilo 1." in extract_text(io.BytesIO(file.read_bytes()))


def test_an_unknown_submission_is_said_to_be_unknown(app: Application, compiled: Any, tmp_path: Path) -> None:
    result = build(app, "neznana", "--output", str(tmp_path / "document.pdf"))
    assert (result.exit_code, result.stderr) == (1, "Error: There is no submission with the address neznana.\n")
