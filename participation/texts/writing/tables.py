"""Tables for other programs, CSV and XLSX: of the points and signatories of a submission, or of anything else."""

import csv as csv_module
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO, StringIO
from itertools import zip_longest
from typing import Any

from participation.texts.writing.archives import packed, unpacked
from participation.texts.writing.documents import Document, action_word, mark_of, normalised
from participation.texts.writing.prose import blocks, plain_text

# A cell that begins so is a formula to some program, even after spaces or a quotation mark, or in full-width forms.
_FORMULA = re.compile("[\\s\"'\u201c\u201d]*[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|[\\s\x00]")
# Spreadsheets of these languages write decimals with a point, and so separate cells with a comma.
_COMMA_LANGUAGES = ("en",)
CELL_LIMIT = 32_000
_SHEET_NAME_LIMIT = 31
_PAPER_A4 = 9

# Heads, rows, and the widths of the columns in characters.
Table = tuple[list[str], list[list[str]], list[int]]


def csv(document: Document) -> bytes:
    """The points as CSV for spreadsheets of the document's language."""
    document = normalised(document)
    return table_csv(_points(document), document.language)


def table_csv(table: Table, language: str) -> bytes:
    """A table as CSV for spreadsheets of a language: UTF-8 with BOM, every cell quoted.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    heads, rows, _ = table
    separator = "," if language.lower().startswith(_COMMA_LANGUAGES) else ";"
    file = StringIO()
    writer = csv_module.writer(file, delimiter=separator, quoting=csv_module.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in [heads, *rows])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def neutral(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def xlsx(document: Document) -> bytes:
    """The points, the signatories and the dissent as sheets of a workbook."""
    document = normalised(document)
    return workbook(_sheets(document), document.title, document.sender.name, document.dated)


def workbook(sheets: Sequence[tuple[str, Table]], title: str, author: str, dated: date) -> bytes:
    """Tables as sheets of a workbook, each with its name; every cell is text.

    A text longer than a cell can hold goes on in a further row below. The same tables of one day are the same bytes.
    """
    import xlsxwriter

    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        moment = datetime.combine(dated, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": title[:255], "author": author[:255], "created": moment, "comments": ""})
        heads = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "top",
                "bg_color": "#EEF2F4",
                "bottom": 2,
                "bottom_color": "#1D3B4F",
            }
        )
        cells = {
            quoted: book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": quoted})
            for quoted in (False, True)
        }
        taken: list[str] = []
        for name, table in sheets:
            sheet = book.add_worksheet(_sheet_name(name, taken))
            _fill(sheet, table, heads, cells)
    return packed(unpacked(file.getvalue()))


def _sheets(document: Document) -> list[tuple[str, Table]]:
    labels = document.labels
    sheets = [(labels.points, _points(document))]
    if document.signatories:
        sheets.append((labels.signatories, _signatories(document)))
    if document.dissent:
        sheets.append((labels.dissent, _dissent(document)))
    return sheets


def _points(document: Document) -> Table:
    labels = document.labels
    heads = [labels.number, labels.article, labels.action, labels.existing, labels.demanded]
    rows = [
        [
            point.number,
            point.article,
            action_word(point, labels),
            point.existing,
            point.demanded,
            plain_text(blocks(point.reasons)),
            point.supported_by,
        ]
        for point in document.points
    ]
    heads += [labels.reasons, labels.supported_by]
    widths = [6, 24, 14, 50, 50, 60, 36]
    if not labels.answer:
        return heads, rows, widths
    answered = [
        [*row, "", "", mark_of(document.fingerprint, point.number)]
        for row, point in zip(rows, document.points, strict=True)
    ]
    return [*heads, labels.answer, labels.answer_reasons, labels.mark], answered, [*widths, 20, 60, 14]


def _signatories(document: Document) -> Table:
    labels = document.labels
    heads = [labels.number, labels.organisation, labels.seat, labels.area, labels.person, labels.statement]
    rows = [
        [str(number), one.name, one.seat, one.area, one.person, one.statement]
        for number, one in enumerate(document.signatories, start=1)
    ]
    return heads, rows, [6, 44, 20, 28, 32, 60]


def _dissent(document: Document) -> Table:
    labels = document.labels
    rows = [[opinion.name, opinion.seat, opinion.statement] for opinion in document.dissent]
    return [labels.organisation, labels.seat, labels.statement], rows, [44, 20, 80]


def _fill(sheet: Any, table: Table, head_format: Any, cell_formats: dict[bool, Any]) -> None:
    heads, rows, widths = table
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, head_format)
    lines = [line for row in rows for line in _lines(row)]
    for number, line in enumerate(lines, start=1):
        for column, cell in enumerate(line):
            sheet.write_string(number, column, cell, cell_formats[bool(_FORMULA.match(cell))])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&R&P / &N")


def _lines(row: Sequence[str]) -> list[Sequence[str]]:
    """The row, and rows below it for what no cell can hold."""
    pieces = [[cell[first : first + CELL_LIMIT] for first in range(0, len(cell), CELL_LIMIT)] for cell in row]
    return list(zip_longest(*pieces, fillvalue="")) or [[""] * len(row)]


def _sheet_name(label: str, taken: list[str]) -> str:
    name = re.sub(r"[\[\]:*?/\\]", " ", label)[:_SHEET_NAME_LIMIT].strip("' ") or "-"
    while name.lower() in taken:
        name = f"{name[: _SHEET_NAME_LIMIT - 3]} {len(taken) + 1}"
    taken.append(name.lower())
    return name
