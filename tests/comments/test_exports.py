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
from comments.making import comment_on
from consultations.next_version import following, published
from factories import (
    CommentFactory,
    ConsultationFactory,
    OrganisationFactory,
    SupportFactory,
    UserFactory,
    coordinator,
)
from openpyxl import load_workbook
from texts.acts import VOICES, act, numbered

from participation.comments.models import CommentKind, CommentState, FurtherChange, WordingAction
from participation.comments.queries import comments_for_export
from participation.texts.anchoring import AnchorState

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
    assert len([one for one in queries if one.startswith("SELECT")]) == 2
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


@pytest.fixture
def carried(app: Any) -> Any:
    """Four comments on a first version, by what becomes of their words in the second, and one on the second."""
    made = published(act(numbered([[VOICES[0]], [VOICES[1], VOICES[2]], [VOICES[4]]])), slug="parki")
    passage = " ".join(VOICES[1].split()[-5:])
    at = VOICES[1].index(passage)
    quote = {"quote_exact": passage, "quote_start": at, "quote_end": at + len(passage)}
    gone = comment_on(made, VOICES[4], source="Na izginulo.")
    CommentFactory(consultation=made, provision=gone.provision, parent=gone, source="Odgovor.")
    comment_on(made, VOICES[2], source="Na spremenjeno.")
    comment_on(made, VOICES[1], source="Na odlomek.", **quote)
    comment_on(made, VOICES[0], source="Na prestavljeno.")
    new = [[VOICES[1], VOICES[2].replace(VOICES[2].split()[-1], "jutri.")], [VOICES[0]], [VOICES[7]]]
    newest = following(made, act(numbered(new)))
    comment_on(made, VOICES[7], version=newest, source="Na novo.")
    CommentFactory(consultation=made, version=newest, source="Na vse.")
    return made


def test_comments_stand_in_the_order_of_the_newest_text_and_say_what_became_of_their_words(carried: Any) -> None:
    said = comments_for_export(carried)
    assert said[0].source == "Na vse."
    position = {one.source: place for place, one in enumerate(said)}
    assert position["Na odlomek."] < position["Na spremenjeno."] < position["Na prestavljeno."] < position["Na novo."]
    assert position["Odgovor."] == position["Na izginulo."] + 1
    found = {one.source: one for one in said}
    assert {source: one.since_then for source, one in found.items()} == {
        "Na vse.": None,
        "Na odlomek.": AnchorState.PLACED,
        "Na spremenjeno.": AnchorState.CHANGED,
        "Na prestavljeno.": AnchorState.MOVED,
        "Na izginulo.": AnchorState.ORPHANED,
        "Odgovor.": AnchorState.ORPHANED,
        "Na novo.": None,
    }
    assert [source for source, one in found.items() if one.is_gone] == ["Na izginulo.", "Odgovor."]
    assert (found["Na izginulo."].provision_now, found["Na novo."].provision_now) == ("", found["Na novo."].provision)
    assert found["Na odlomek."].quote == found["Na odlomek."].quote_now != ""
    places = {source: (one.provision, one.provision_now) for source, one in found.items()}
    assert places["Na odlomek."] == ("2. člen, 1. odstavek", "1. člen, 1. odstavek")


def test_each_file_says_where_a_comment_stands_now(carried: Any, client: Any) -> None:
    heads, *rows = csv.reader(StringIO(client.get(ADDRESS + "csv?language=en").data.decode("utf-8-sig")))
    found = {row[heads.index("Comment or reasons")]: dict(zip(heads, row, strict=True)) for row in rows}
    names = ("Version", "Provision now", "Since then")
    changed = [found["Na spremenjeno."][name] for name in names]
    assert changed == ["1", "1. člen, 2. odstavek", "the words were changed"]
    assert [found["Na izginulo."][name] for name in names] == ["1", "", "the words are no longer in the text"]
    assert [found["Na novo."][name] for name in names] == ["2", found["Na novo."]["Provision"], ""]
    assert found["Na odlomek."]["Quoted words"] == found["Na odlomek."]["Quoted words now"] != ""
    data = json.loads(client.get(ADDRESS + "json").data)["comments"]
    assert {one["source"]: one["since_then"] for one in data}["Na spremenjeno."] == "changed"
    with ZipFile(BytesIO(client.get(ADDRESS + "docx?language=en").data)) as archive:
        words = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode()).replace("\u00a0", " ")
    assert "(no longer in the text)" in words
    assert "on version 1 of the text, the words were changed" in words
    assert f"Words: {found['Na odlomek.']['Quoted words']}" in words


def test_a_proposal_of_several_changes_lists_them_all(consultation: Any, new_client: Any) -> None:
    first, second = consultation.versions[0].provisions
    CommentFactory(
        consultation=consultation, provision=first, kind=CommentKind.WORDING, source="Oboje.",
        wording_action=WordingAction.MOVE, wording_after=second,
        further_changes=[FurtherChange(number=1, provision=second, action=WordingAction.CHANGE, wording="Krajše.")],
    )  # fmt: skip
    client = new_client()
    (made,) = [one for one in client.get(ADDRESS + "json").json["comments"] if one["source"] == "Oboje."]
    assert made["changes"] == [
        {
            "provision": "1. člen", "action": "move", "existing": "To je besedilo 1. člena.", "wording": "",
            "after": "2. člen",
        },
        {
            "provision": "2. člen", "action": "change", "existing": "To je besedilo 2. člena.", "wording": "Krajše.",
            "after": "",
        },
    ]  # fmt: skip
    rows = list(csv.reader(StringIO(client.get(ADDRESS + "csv").get_data().decode("utf-8-sig"))))
    assert "1. člen: move the provision, after: 2. člen\n2. člen: change the wording: Krajše." in {
        row[6] for row in rows
    }
