"""Tables of answers that come back: reordered, with rows taken out, numbered anew, in other words, or hostile."""

from __future__ import annotations

import contextlib
import html
import io
import random
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from factories import OrganisationFactory, coordinator
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from submissions.making import consultation_in_cosigning, cosigned, delivered, frozen, opened_position, submission_of

from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.sealing import seal
from participation.submissions.models import (
    PURPOSE,
    Answer,
    AnswerDraft,
    Outcome,
    Submission,
    contents_from,
    letter_of,
)
from participation.submissions.models.tables import Doubt, MatchedTable, NoTable, matched, outcome_said
from participation.submissions.queries.deliveries import live_link
from participation.texts.provisions import Unreadable
from participation.texts.reading.tables import tables_in
from participation.texts.writing import tables

SAID = ["upoštevano", "delno upoštevano", "zavrnjeno", "vzeto na znanje", "ni v pristojnosti"]
OUTCOMES = [Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED, Outcome.NOTED, Outcome.NOT_COMPETENT]
ANSWER, REASONS, MARK = 8, 9, 10  # Columns of our table, counted from one.


@pytest.fixture
def lead(app: Any) -> Any:
    return coordinator()


@pytest.fixture
def sent(lead: Any) -> Submission:
    """Ten points in Slovenian, sent by mail to one body."""
    position = opened_position(consultation_in_cosigning(), lead, points=10)
    for number, point in enumerate(position.points, start=1):
        point.existing = f"Prejšnje besedilo o zadevi {'abcdefghij'[number - 1] * 4} in njenih rokih."
    cosigned(position, OrganisationFactory())
    return delivered(frozen(submission_of(position, lead, slug="oddaja", language="sl")))


def filled_in(submission: Submission, *, marks: bool = True) -> list[list[str]]:
    """The rows of the workbook that was sent, answered one way after the other."""
    assert submission.canonical is not None
    book = openpyxl.load_workbook(io.BytesIO(tables.xlsx(letter_of(submission.canonical))))
    rows = [[str(cell or "") for cell in row] for row in book.worksheets[0].values]
    for number, row in enumerate(rows[1:]):
        row[ANSWER - 1], row[REASONS - 1] = SAID[number % 5], f"Razlog odgovora {number + 1}."
        if not marks:
            row[MARK - 1] = ""
    return rows


def as_xlsx(rows: list[list[str]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig", separator: str = ";") -> bytes:
    lines = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)


def as_docx(rows: list[list[str]]) -> bytes:
    def cell(text: str) -> str:
        paragraphs = "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
        return f"<w:tc>{paragraphs}</w:tc>"

    body = "".join("<w:tr>" + "".join(cell(one) for one in row) + "</w:tr>" for row in rows)
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:tbl>{body}</w:tbl></w:body></w:document>"
    )
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def understood(submission: Submission, data: bytes) -> MatchedTable:
    assert submission.canonical is not None
    return matched(tables_in(data), contents_from(submission.canonical).points, submission.sha256)


def answers_in(table: MatchedTable) -> dict[int | None, Outcome | None]:
    return {row.point: row.outcome for row in table.rows}


EXPECTED = {number: OUTCOMES[(number - 1) % 5] for number in range(1, 11)}
WRITERS = [as_xlsx, as_csv, as_docx, lambda rows: as_csv(rows, "cp1250", "\t"), lambda rows: as_csv(rows, "utf-16")]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("marks", [True, False])
def test_rows_that_were_moved_and_taken_out_find_their_points(sent: Submission, write: Any, marks: bool) -> None:
    head, *rows = filled_in(sent, marks=marks)
    random.Random(7).shuffle(rows)
    gone = [int(row[0]) for row in rows[:2]]
    table = understood(sent, write([head, *rows[2:]]))
    assert answers_in(table) == {number: said for number, said in EXPECTED.items() if number not in gone}
    assert [row.doubts for row in table.rows] == [()] * 8
    assert list(table.missing) == sorted(gone)
    assert {row.words for row in table.rows} == {f"Razlog odgovora {n}." for n in EXPECTED if n not in gone}


def test_rows_that_were_numbered_anew_are_known_by_mark_and_else_by_words_with_a_doubt(sent: Submission) -> None:
    for marks, doubts in ((True, set()), (False, {Doubt.OTHER_NUMBER})):
        head, *rows = filled_in(sent, marks=marks)
        del rows[0]
        for number, row in enumerate(rows, start=1):
            row[0] = str(number)
        table = understood(sent, as_xlsx([head, *rows]))
        assert answers_in(table) == {number: said for number, said in EXPECTED.items() if number != 1}
        assert {doubt for row in table.rows for doubt in row.doubts} == doubts


def test_what_is_doubtful_says_so(sent: Submission) -> None:
    head, *rows = filled_in(sent, marks=False)
    rows[0][ANSWER - 1] = "bo proučeno"
    rows[1][ANSWER - 1] = ""
    rows[2] = list(rows[3])
    rows[4][1:7] = ["Povsem drug člen"] * 6
    rows[5][0], rows[5][1:7] = "77", ["Nekaj čisto drugega"] * 6
    rows[6][MARK - 1] = "aaaaaaaa-7"
    rows[7][ANSWER - 1], rows[7][REASONS - 1] = "", ""
    rows[8][ANSWER - 1] = "Delno upoštevano – glej dopis"
    table = understood(sent, as_csv([head, *rows]))
    found = [(row.point, row.outcome, set(row.doubts)) for row in table.rows]
    assert found == [
        (1, None, {Doubt.UNKNOWN_ANSWER}),
        (2, None, {Doubt.ONLY_REASONS}),
        (4, Outcome.NOTED, {Doubt.TWICE}),
        (4, Outcome.NOTED, {Doubt.TWICE}),
        (5, Outcome.NOT_COMPETENT, {Doubt.OTHER_WORDS}),
        (None, Outcome.ACCEPTED, {Doubt.NO_POINT}),
        (7, Outcome.PARTLY, {Doubt.OTHER_TEXT}),
        (9, Outcome.PARTLY, set()),
        (10, Outcome.NOT_COMPETENT, set()),
    ]
    assert table.empty == 1
    assert table.rows[7].words == "Delno upoštevano – glej dopis\nRazlog odgovora 9."


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Upoštevano.", Outcome.ACCEPTED),
        ("SE  UPOŠTEVA", Outcome.ACCEPTED),
        ("upoštevano delno", Outcome.PARTLY),
        ("Se ne upošteva (glej spodaj)", Outcome.REJECTED),
        ("neupoštevano/zavrnjeno", Outcome.REJECTED),
        ("Not accepted: too late", Outcome.REJECTED),
        ("Ni v pristojnosti", Outcome.NOT_COMPETENT),
        ("partly accepted", Outcome.PARTLY),
        ("noted", Outcome.NOTED),
        ("upoštevano bo morda", None),
        ("ni upoštevano v celoti", None),
        ("", None),
    ],
)
def test_the_words_of_answers_are_known_and_others_asked(words: str, outcome: Outcome | None) -> None:
    assert outcome_said(words) == outcome


def test_a_formula_is_text_and_is_never_calculated(sent: Submission) -> None:
    head, *rows = filled_in(sent)
    rows[0][ANSWER - 1], rows[0][REASONS - 1] = "upoštevano", '=HYPERLINK("http://zlo.example")'
    assert understood(sent, as_xlsx([head, *rows])).rows[0].words == '=HYPERLINK("http://zlo.example")'


HOSTILE = [
    b"",
    b"   \n",
    b"PK\x03\x04" + b"\0" * 40,
    b"\x00\x01\x02binary",
    zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "<a><b></a>"}),
    zipped(
        {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
    ),
    zipped({"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": "<a>" + "<row/>" * 6_000 + "</a>"}),
    zipped({"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": "<a>" + "<row/>" * 3_000_000 + "</a>"}),
    zipped({"other.xml": "<a/>"}),
    b"\n" * 6_000 + b"a;b",
    b'a;"' + b"b" * 200_000 + b'"',
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_table_or_too_much_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        tables_in(data)


@given(st.binary(max_size=300))
def test_whatever_is_loaded_never_breaks(data: bytes) -> None:
    with contextlib.suppress(Unreadable, NoTable):
        matched(tables_in(data), (), "0" * 64)


def form_of(page: str) -> dict[str, str]:
    """What a person would send who changes nothing."""
    page = html.unescape(page)
    form = dict(re.findall(r'<input[^>]* name="([^"]+)" type="hidden" value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        form[name] = chosen[1] if chosen else ""
    for name, words in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL):
        form[name] = words
    return form


def test_the_office_sees_what_was_understood_and_records_it_by_one_act(
    client: Any, sent: Submission, lead: Any
) -> None:
    head, *rows = filled_in(sent, marks=False)
    rows[0][ANSWER - 1] = "bo proučeno"
    office = client.sign_in(lead)
    address = f"/submissions/oddaja/answers/table?body={sent.addressees[0].slug}"
    data = {"file": (io.BytesIO(as_xlsx([head, *rows[:8]])), "odgovori.xlsx")}
    page = office.post(address, data=data, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "bo proučeno" in page.text
    assert "No row answers these points:" in page.text
    assert session.scalar(select(func.count(Answer.id))) == 0
    form = form_of(page.text) | {"source": "odgovori.xlsx", "answered_on": clock.today().isoformat()}
    unclear = office.post(address, data=form)
    assert unclear.status_code == 422
    assert 'value="odgovori.xlsx"' in unclear.text
    assert office.post(address, data=form | {"rows-0-outcome": "noted"}).status_code == 303
    given_ = {answer.point.number: answer.outcome for answer in session.scalars(select(Answer))}
    assert given_ == {number: EXPECTED[number] for number in range(2, 9)} | {1: Outcome.NOTED}
    late = office.post(address, data=form | {"rows-0-outcome": "rejected"})
    assert late.status_code == 409


def test_a_row_can_be_left_out_and_no_point_is_answered_twice(client: Any, sent: Submission, lead: Any) -> None:
    office = client.sign_in(lead)
    form = {"source": "x", "answered_on": clock.today().isoformat(), "rows-0-point": "1", "rows-0-outcome": "noted",
            "rows-1-point": "1", "rows-1-outcome": "rejected"}  # fmt: skip
    assert office.post("/submissions/oddaja/answers/table", data=form).status_code == 422
    left_out = form | {"rows-1-point": "", "seen": form_of(office.get("/submissions/oddaja/answers").text)["seen"]}
    assert office.post("/submissions/oddaja/answers/table", data=left_out).status_code == 303
    assert session.scalars(select(Answer.outcome)).all() == [Outcome.NOTED]


def test_the_body_loads_its_table_as_drafts(client: Any, sent: Submission) -> None:
    link = live_link(sent, sent.addressees[0])
    assert link is not None
    address = f"/answer/{link.key}.{seal(PURPOSE, link.key)}/table"
    page = client.post(address, data={"file": (io.BytesIO(as_docx(filled_in(sent))), "odgovori.docx")})
    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "no-referrer")
    answer = client.post(address, data=form_of(page.text))
    assert (answer.status_code, answer.location) == (303, address.removesuffix("/table") + "#points")
    assert session.scalar(select(func.count(AnswerDraft.id))) == 10
    assert session.scalar(select(func.count(Answer.id))) == 0
    for bad in (b"", b"brez stolpcev;ni tabela\n1;2"):
        refused = client.post(address, data={"file": (io.BytesIO(bad), "x.csv")})
        assert refused.status_code == 422
