"""CSV and XLSX hold every word of the points, and nothing in them runs as a formula."""

import csv as csv_module
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from texts.writing.samples import LABELS, POINTS, SUBMISSION, empty, everywhere, large

from participation.texts.markdown import normalise
from participation.texts.writing.tables import CELL_LIMIT, csv, neutral, xlsx

HEADS = ["Št.", "Člen", "Sprememba", "Veljavno besedilo", "Predlagano besedilo", "Obrazložitev", "Podpira"]
REASONS = (
    "Objava krepi zaupanje in zmanjša število pritožb:\n– prijavitelji vidijo svoje točke,\n– občina primerja "
    "prijave.\nZgled: https://mreza.example/zgled."
)
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    '"=1',
    "'=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    '=cmd|" /C calc"!A1',
    '=HYPERLINK("http://zlo.example")',
]
ODD = st.text(
    st.one_of(st.characters(), st.sampled_from("😀\x00\x0b\ud800\ufffe=+-@\t\r\n;\"'سلام_x0041_")), max_size=30
)


def rows_of(data: bytes, separator: str = ";") -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv_module.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def book_of(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def test_csv_holds_the_points_in_order() -> None:
    rows = rows_of(csv(SUBMISSION))
    assert rows[0] == HEADS
    assert [row[:3] for row in rows[1:]] == [
        ["1", "4. člen, drugi odstavek", "sprememba"],
        ["2", "7. člen", "dodatek"],
        ["3", "11. člen, tretja alineja", "črtanje"],
    ]
    assert rows[1][3:5] == [POINTS[0].existing, POINTS[0].demanded]
    assert rows[2][5:] == [REASONS, POINTS[1].supported_by]


def test_csv_in_english_is_separated_by_commas() -> None:
    assert rows_of(csv(replace(SUBMISSION, language="en")), ",")[0] == HEADS


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_the_csv_is_a_formula(cell: str) -> None:
    document = replace(SUBMISSION, points=(replace(POINTS[0], demanded=cell),))
    assert rows_of(csv(document))[1][4] == f"'{normalise(cell)}"


@pytest.mark.parametrize("cell", ["a=1", "– alineja", "»=«", "1. člen", "", "a;=1", 'a";=1'])
def test_a_cell_that_is_no_formula_is_left_alone(cell: str) -> None:
    assert neutral(cell) == cell


@given(ODD)
def test_odd_characters_come_back_from_the_csv(odd: str) -> None:
    rows = rows_of(csv(everywhere(lambda text: odd)))
    assert [row[4] for row in rows[1:]] == [neutral(normalise(odd))] * 3


def test_xlsx_holds_points_signatories_and_dissent() -> None:
    book = book_of(xlsx(SUBMISSION))
    assert book.sheetnames == ["Pripombe po členih", "Seznam podpisnic", "Ločena mnenja"]
    points = [[cell or "" for cell in row] for row in book.worksheets[0].values]
    assert points[0] == HEADS
    assert points[2] == ["2", "7. člen", "dodatek", "", POINTS[1].demanded, REASONS, POINTS[1].supported_by]
    assert [row[1] for row in book.worksheets[1].values][1:] == [one.name for one in SUBMISSION.signatories]


def test_the_head_is_frozen_printed_again_and_the_text_wraps() -> None:
    sheet = book_of(xlsx(SUBMISSION)).worksheets[0]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("A2", "$1:$1", "landscape")
    assert sheet["D2"].alignment.wrap_text is True
    assert sheet.column_dimensions["D"].width > sheet.column_dimensions["A"].width


@pytest.mark.parametrize("cell", [*FORMULAS, "{=1+1}", "https://zlo.example", "1234"])
def test_every_cell_of_the_xlsx_is_text(cell: str) -> None:
    document = replace(SUBMISSION, points=(replace(POINTS[0], demanded=cell),))
    found = book_of(xlsx(document)).worksheets[0]["E2"]
    assert (found.value, found.data_type, found.hyperlink) == (normalise(cell), "s", None)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ODD)
def test_odd_characters_never_break_the_xlsx(odd: str) -> None:
    book = book_of(xlsx(everywhere(lambda text: f"{text} {odd}")))
    assert [sheet.max_row for sheet in book.worksheets] == [4, 6, 2]


def test_a_text_longer_than_a_cell_goes_on_below() -> None:
    wording = "beseda " * 10_000 + "konec"
    document = replace(SUBMISSION, points=(replace(POINTS[0], demanded=wording), POINTS[1]))
    rows = [[cell or "" for cell in row] for row in book_of(xlsx(document)).worksheets[0].values][1:]
    assert [row[0] for row in rows] == ["1", "", "", "2"]
    assert "".join(row[4] for row in rows[:3]) == wording
    assert max(len(cell) for row in rows for cell in row) == CELL_LIMIT


def test_sheet_names_are_such_as_a_spreadsheet_accepts() -> None:
    labels = replace(LABELS, points="Točke: [vse] / " + "x" * 40, signatories="", dissent="")
    names = book_of(xlsx(replace(SUBMISSION, labels=labels))).sheetnames
    assert len(set(names)) == 3
    assert all(0 < len(name) <= 31 for name in names)


def test_the_same_document_makes_the_same_bytes() -> None:
    assert csv(SUBMISSION) == csv(SUBMISSION)
    assert xlsx(SUBMISSION) == xlsx(SUBMISSION)
    with ZipFile(BytesIO(xlsx(SUBMISSION))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2026-11-23T00:00:00Z") == 2


def test_empty_lists_leave_the_heads_alone() -> None:
    assert rows_of(csv(empty())) == [HEADS]
    assert [list(sheet.values) for sheet in book_of(xlsx(empty())).worksheets] == [[tuple(HEADS)]]


def test_200_points_and_300_signatories() -> None:
    document = large(200, 300)
    assert len(rows_of(csv(document))) == 201
    assert [sheet.max_row for sheet in book_of(xlsx(document)).worksheets] == [201, 301, 2]
