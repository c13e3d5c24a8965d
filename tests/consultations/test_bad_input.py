"""Every bad file gets a clear message and the right status, and nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from consultations import files
from consultations.reading_in import followed, read_in
from factories import coordinator
from sqlalchemy import func, select

from participation.consultations.models import Consultation, DraftImport, Provision
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.files import StoredFile

ADDRESS = "/desk/consultations/new"
TYPED = {"title": "Odlok, ki ga ne izgubimo", "internal_deadline_on": "2026-12-01", "form_key": "kljuc"}


@pytest.fixture
def lead(client: Any, stopped_clock: Any) -> Any:
    return client.sign_in(coordinator())


def send(client: Any, content: bytes, name: str, **typed: str) -> Any:
    return client.post(ADDRESS, data={**TYPED, **typed, "file": (BytesIO(content), name)})


def count(entity: Any) -> int:
    return session.scalar(select(func.count()).select_from(entity)) or 0


def errors(page: str) -> list[str]:
    """The messages beside the fields."""
    found = re.findall(r'<ul class="errors"[^>]*>(.*?)</ul>', page, re.S)
    return [unescape(one) for block in found for one in re.findall(r"<li>(.*?)</li>", block, re.S)]


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "odlok.docx", "The file is empty. Choose another one."),
    "encrypted": (
        lambda: files.ENCRYPTED, "odlok.docx",
        "The file is protected by a password. Save it without one and choose it again.",
    ),
    "truncated": (
        lambda: files.docx("1. člen", "Besedilo.")[:-120], "odlok.docx",
        "The file is damaged or incomplete. Open it, save it anew and choose it again.",
    ),
    "mislabelled": (
        lambda: files.PNG, "odlok.docx",
        "The file is named .docx, but its content is something else. "
        "Open it, save it in that format and choose it again.",
    ),
    "a scan": (
        files.blank_pdf, "odlok.pdf",
        "There is no text in the file. If it is a scan, ask the body for the original, or paste the text below.",
    ),
    "a zip bomb": (
        files.bomb, "odlok.docx",
        "The file unpacks into far more than a draft can hold, so it was not opened.",
    ),
    "an overlapping zip bomb": (
        files.overlapping_bomb, "odlok.docx",
        "The file unpacks into far more than a draft can hold, so it was not opened.",
    ),
    "an old Word file": (
        lambda: files.OLD_WORD, "odlok.doc",
        "This is a file of an old Word (.doc). Open it and save it as .docx, then choose it again.",
    ),
    "of another kind": (
        lambda: b"ID3 something", "posnetek.mp3",
        "Files of this kind cannot be read. Choose a Word (.docx), ODT, RTF, HTML, Markdown, plain text or PDF file.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(BAD))
def test_a_bad_file_is_refused_in_words_and_the_fields_are_kept(case: str, lead: Any) -> None:
    make, name, words = BAD[case]
    page = followed(lead, send(lead, make(), name))
    assert errors(page) == [words]
    for field in ("title", "internal_deadline_on"):
        assert f'value="{TYPED[field]}"' in page
    assert 'action="/desk/consultations/new"' in page
    assert (count(Consultation), count(StoredFile)) == (0, 0)


def test_a_file_that_is_too_large_is_refused_on_the_form_itself(lead: Any) -> None:
    answer = send(lead, b"besedilo " * (3 * 1024 * 1024), "odlok.txt")
    page = answer.get_data(as_text=True)
    assert (answer.status_code, errors(page)) == (
        413, ["The file is larger than 25 MB. Leave out pictures, or save the text alone."],
    )  # fmt: skip
    for value in TYPED.values():
        assert f'value="{value}"' in page
    assert (count(DraftImport), count(StoredFile)) == (0, 0)


def test_after_a_refusal_the_same_form_takes_another_file(lead: Any) -> None:
    followed(lead, send(lead, files.PNG, "odlok.docx"))
    assert read_in(lead, send(lead, files.ACT.encode(), "odlok.txt")).endswith("/text")
    assert (count(DraftImport), count(Consultation), count(StoredFile)) == (2, 1, 1)


def test_a_pasted_text_that_holds_nothing_is_given_back(lead: Any) -> None:
    page = followed(lead, lead.post(ADDRESS, data={**TYPED, "text": "!!! ???"}))
    assert len(errors(page)) == 1
    assert re.search(r"<textarea[^>]*>\s*!!! \?\?\?</textarea>", page)
    assert 'value="Odlok, ki ga ne izgubimo"' in page


def test_what_stands_in_a_pasted_text_is_kept_as_well(lead: Any) -> None:
    answer = lead.post(ADDRESS, data={**TYPED, "text": "!!! ???", "internal_deadline_on": "včeraj"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(r"<textarea[^>]*>\s*!!! \?\?\?</textarea>", page)
    assert 'value="včeraj"' in page


def test_nothing_chosen_is_said(lead: Any) -> None:
    answer = lead.post(ADDRESS, data=TYPED)
    assert (answer.status_code, errors(answer.get_data(as_text=True))) == (
        422, ["Choose a file, or paste the text."],
    )  # fmt: skip


def test_ten_thousand_paragraphs_are_read(lead: Any) -> None:
    text = "\n\n".join(f"{number}. člen\n\nBesedilo člena številka {number}." for number in range(1, 5001))
    answer = send(lead, text.encode(), "dolgo.txt")
    location = read_in(lead, answer)
    assert count(Provision) == 10_000
    assert lead.get(location).status_code == 200


def test_tracked_changes_are_read_as_accepted_and_said(lead: Any) -> None:
    answer = send(lead, files.tracked(30), "spremembe.docx")
    page = lead.get(read_in(lead, answer)).get_data(as_text=True)
    assert "The file holds 60 tracked changes. They were read as accepted." in page
    texts = session.scalars(select(Provision.text).where(Provision.kind == "paragraph")).all()
    assert set(texts) == {"Občina mora odgovoriti na vsako pripombo."}


def test_a_name_of_a_file_is_only_ever_shown(lead: Any) -> None:
    answer = send(lead, files.ACT.encode(), "../../etc/<b>odlok</b>.txt")
    location = read_in(lead, answer)
    file = session.scalars(select(StoredFile)).one()
    assert file.name == "b>.txt"
    page = lead.get(location).get_data(as_text=True)
    assert "<b>odlok" not in page


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        ("", "An express consultation needs the day on which it ends."),
        ("2026-11-22", "This day has already passed."),
        ("2026-11-25", "An express consultation takes less than 48 hours: it ends today or tomorrow."),
    ],
)
def test_an_express_consultation_ends_at_once(lead: Any, closes: str, words: str) -> None:
    answer = send(lead, files.ACT.encode(), "odlok.txt", is_express="y", internal_deadline_on=closes)
    assert (answer.status_code, errors(answer.get_data(as_text=True))) == (422, [words])
    assert clock.today().isoformat() == "2026-11-23"


def test_a_file_that_comes_in_slowly_locks_nobody_out(lead: Any, count_queries: Any) -> None:
    """Who sends it is looked up before its bytes are read; that must not begin as a writer does."""
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("only SQLite locks the whole database for a transaction that may write")
    with count_queries() as queries:
        assert send(lead, files.ACT.encode(), "odlok.txt").status_code == 303
    begins = [query for query in queries if query.startswith("BEGIN")]
    assert (begins[0], begins[-1]) == ("BEGIN", "BEGIN IMMEDIATE")
