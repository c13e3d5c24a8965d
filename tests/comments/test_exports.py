"""All that was said on a draft, as files for other programs."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from html import unescape
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from factories import (
    CommentFactory,
    ConsultationFactory,
    OrganisationFactory,
    SupportFactory,
    UserFactory,
    coordinator,
)
from openpyxl import load_workbook

from participation.comments.models import CommentKind, CommentState, WordingAction
from participation.comments.queries import comments_for_export

ADDRESS = "/consultations/parki/comments/export."


@pytest.fixture
def consultation(app: Any) -> Any:
    """With a comment on the second article, a wording with a reply on the first, and hidden ones."""
    made = ConsultationFactory(slug="parki", title="Odlok o parkih", language="sl")
    first, second = made.versions[0].provisions
    lipa = OrganisationFactory(name="Društvo Lipa", municipality="SI-011")
    quiet = UserFactory(name="Tiha Oseba", name_is_public=False)
    CommentFactory(
        consultation=made, provision=second, author=quiet, organisation=None, source="=SUM(A1)",
        posted_at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
    )  # fmt: skip
    wording = CommentFactory(
        consultation=made, provision=first, organisation=lipa, kind=CommentKind.WORDING,
        wording_action=WordingAction.CHANGE, wording="Novo besedilo.", wording_formula="V 1. členu …", source="Ker.",
        posted_at=datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
    )  # fmt: skip
    CommentFactory(consultation=made, provision=first, parent=wording, organisation=lipa, source="Hvala.")
    SupportFactory(comment=wording)
    hidden = CommentFactory(
        consultation=made, provision=first, source="Žalitev", state=CommentState.HIDDEN, hidden_because="Žaljivo."
    )
    CommentFactory(consultation=made, provision=first, parent=hidden, source="Odgovor na žalitev")
    return made


def test_comments_stand_in_reading_order_with_their_replies(consultation: Any, count_queries: Any) -> None:
    with count_queries() as queries:
        said = comments_for_export(consultation)
    assert len([one for one in queries if one.startswith("SELECT")]) == 1
    assert [one.source for one in said] == ["Ker.", "Hvala.", "=SUM(A1)"]
    assert [one.reply_to for one in said] == [0, said[0].number, 0]
    assert [(one.organisation, one.person, one.supports) for one in said] == [
        ("Društvo Lipa", said[0].person, 1),
        ("Društvo Lipa", said[1].person, 0),
        ("", "", 0),
    ]


@pytest.mark.parametrize("who", ["visitor", "coordinator"])
@pytest.mark.parametrize("format", ["csv", "json"])
def test_hidden_comments_and_names_that_are_not_public_are_in_no_file(
    consultation: Any, client: Any, who: str, format: str
) -> None:
    if who == "coordinator":
        client.sign_in(coordinator())
    text = client.get(ADDRESS + format).text
    assert "Društvo Lipa" in text
    assert not [word for word in ("Žal", "žal", "Tiha") if word in text]


def test_a_table_has_a_row_for_each_comment_and_no_formula(consultation: Any, client: Any) -> None:
    answer = client.get(ADDRESS + "csv?language=en")
    assert answer.mimetype == "text/csv"
    assert "attachment; filename=parki-comments.csv" in answer.headers["Content-Disposition"]
    heads, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [one["Comment or reasons"] for one in found] == ["Ker.", "Hvala.", "'=SUM(A1)"]
    assert {name: found[0][name] for name in ("Kind", "Proposed wording", "Municipality", "Posted", "Supports")} == {
        "Kind": "change the wording",
        "Proposed wording": "Novo besedilo.",
        "Municipality": "Celje",
        "Posted": "2026-11-03 10:30",
        "Supports": "1",
    }


def test_a_workbook_holds_the_same(consultation: Any, client: Any) -> None:
    book = load_workbook(BytesIO(client.get(ADDRESS + "xlsx?language=en").data))
    rows = list(book["Comments"].values)
    assert [row[8] for row in rows] == ["Comment or reasons", "Ker.", "Hvala.", "=SUM(A1)"]
    assert {cell.data_type for row in book["Comments"].iter_rows() for cell in row if cell.value} == {"s"}


def test_the_data_are_whole(consultation: Any, client: Any) -> None:
    content = json.loads(client.get(ADDRESS + "json").data)
    assert (content["format"], content["version"], content["consultation"]) == (
        "soglasje-comments",
        1,
        "Odlok o parkih",
    )
    assert (content["comments"][0]["wording"], content["comments"][0]["wording_formula"]) == (
        "Novo besedilo.", "V 1. členu …",
    )  # fmt: skip


def test_a_draft_nobody_commented_on_gives_an_empty_table(client: Any) -> None:
    ConsultationFactory(slug="parki")
    assert len(client.get(ADDRESS + "csv").data.splitlines()) == 1


def test_other_formats_are_not_there(consultation: Any, client: Any) -> None:
    assert client.get(ADDRESS + "exe").status_code == 404


def test_the_files_are_offered_beside_the_comments(consultation: Any, client: Any) -> None:
    page = client.get("/consultations/parki/comments").text
    assert all(f'href="{ADDRESS}{format}"' in page for format in ("csv", "xlsx", "json"))


def test_the_word_document_holds_what_was_said_in_reading_order(consultation: Any, client: Any) -> None:
    answer = client.get(f"{ADDRESS}docx?language=en")
    assert answer.status_code == 200
    with ZipFile(BytesIO(answer.data)) as archive:
        content = archive.read("word/document.xml").decode().replace("\u00a0", " ")
    paragraphs = [
        (re.findall(r'w:pStyle w:val="(\w+)"', one)[:1], unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)", one))))
        for one in re.findall(r"<w:p>.*?</w:p>", content, re.DOTALL)
    ]
    headings = [words for style, words in paragraphs if style and style[0].startswith("Heading")]
    assert headings == ["Comments on the draft", "1. člen", "2. člen"]
    words = [words for _style, words in paragraphs]
    assert words.index("Existing wording: To je besedilo 1. člena.") < words.index("Proposed wording: Novo besedilo.")
    assert words.index("Ker.") < words.index("Hvala.") < words.index("=SUM(A1)")
    assert any(one.startswith("Društvo Lipa · change the wording · ") and "1 support" in one for one in words)
    assert "Žalitev" not in content
    assert "Odgovor na žalitev" not in content
    assert "Tiha Oseba" not in content
