"""Tables that people send back: CSV, XLSX and the tables of a DOCX, as rows of plain texts.

Nothing is calculated: a formula is the text that its program last showed, else the formula itself. What
is read is bounded before it is read, so that a small file cannot fill the memory.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import ZipFile

from participation.texts.provisions import Unreadable
from participation.texts.reading import xml
from participation.texts.reading.safety import demand_no_dtd, open_archive, read_part

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 100_000
LARGEST_FILE = 10 * 1024 * 1024
LARGEST_PART = 12 * 1024 * 1024
MOST_ELEMENTS = 1_000_000
_DELIMITERS = ";,\t|"
# How XLSX writes a sign that XML cannot hold (ECMA-376, part 1, 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COLUMN = re.compile(r"([A-Z]{1,3})\d+")

Rows = list[list[str]]


def tables_in(data: bytes) -> list[Rows]:
    """Every table of the file, in its order; the kind is told by the bytes, not by the name. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("empty")
    if len(data) > LARGEST_FILE:
        raise Unreadable("too_large")
    if not data.startswith(b"PK"):
        return [_csv(data)]
    archive = open_archive(data)
    if "xl/workbook.xml" in archive.NameToInfo:
        return _workbook(archive)
    if "word/document.xml" in archive.NameToInfo:
        return _word(archive)
    raise Unreadable("unknown_format")


def _csv(data: bytes) -> Rows:
    text = _decoded(data)
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        rows = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([_plain(cell) for cell in row[:MOST_COLUMNS]])
            _demand_few(rows)
    except csv.Error as error:
        raise Unreadable("truncated") from error
    finally:
        csv.field_size_limit(limit)
    return rows


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 where it says so, else what spreadsheets of the region save (windows-1250)."""
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("unknown_format")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1250", "replace")


def _workbook(archive: ZipFile) -> list[Rows]:
    shared = _shared_texts(archive)
    names = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    return [_sheet(archive, name, shared) for name in sorted(names, key=lambda name: (len(name), name))]


def _elements(archive: ZipFile, name: str) -> Iterator[tuple[str, Element]]:
    """The beginnings and ends of the elements of a part, without ever holding all of it as a tree."""
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise Unreadable("too_large", part=name)
    content = read_part(archive, name)
    demand_no_dtd(content)
    try:
        # There is no DTD in it, so no entity can grow and nothing can be fetched.
        for number, found in enumerate(iterparse(io.BytesIO(content), events=("start", "end"))):  # noqa: S314
            if number > MOST_ELEMENTS:
                raise Unreadable("too_large", part=name)
            yield found
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable("truncated", part=name) from error


def _shared_texts(archive: ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.NameToInfo:
        return []
    texts = []
    for event, element in _elements(archive, name):
        if event == "end" and xml.name(element) == "si":
            texts.append(_text_of_cell(element))
            element.clear()
    return texts


def _sheet(archive: ZipFile, name: str, shared: list[str]) -> Rows:
    rows: Rows = []
    for event, element in _elements(archive, name):
        if event == "end" and xml.name(element) == "row":
            rows.append(_row(element, shared))
            _demand_few(rows)
            element.clear()
    return rows


def _row(element: Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in xml.children(element, "c"):
        at = _place(xml.attribute(cell, "r"), len(cells))
        if at >= MOST_COLUMNS:
            break
        cells += [""] * (at - len(cells))
        cells.append(_cell(cell, shared))
    return cells


def _place(reference: str | None, otherwise: int) -> int:
    """ "C7" is the third column, 2."""
    found = _COLUMN.fullmatch(reference or "")
    if found is None:
        return otherwise
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return max(place - 1, otherwise)


def _cell(cell: Element, shared: list[str]) -> str:
    kind = xml.attribute(cell, "t") or "n"
    if kind == "inlineStr":
        return _plain(_text_of_cell(xml.child(cell, "is")))
    shown = xml.child(cell, "v")
    formula = xml.child(cell, "f")
    if shown is None or shown.text is None:
        return _plain(f"={formula.text}") if formula is not None and formula.text else ""
    if kind == "s":
        number = xml.number(shown.text, -1)
        return _plain(shared[number]) if 0 <= number < len(shared) else ""
    # A whole number is stored as one that may have decimals.
    return _plain(re.sub(r"\.0+\Z", "", shown.text) if kind == "n" else shown.text)


def _text_of_cell(element: Element | None) -> str:
    """The text of its runs, without how it is pronounced in Japanese."""
    if element is None:
        return ""
    parts = [xml.child(run, "t") for run in xml.children(element, "r")] or [xml.child(element, "t")]
    text = "".join(part.text or "" for part in parts if part is not None)
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), text)


def _word(archive: ZipFile) -> list[Rows]:
    if archive.getinfo("word/document.xml").file_size > LARGEST_PART:
        raise Unreadable("too_large", part="word/document.xml")
    root = xml.parse(read_part(archive, "word/document.xml"))
    tables = []
    for table in (one for one in root.iter() if xml.name(one) == "tbl"):
        rows: Rows = []
        for row in xml.children(table, "tr"):
            rows.append([_word_cell(cell) for cell in list(xml.children(row, "tc"))[:MOST_COLUMNS]])
            _demand_few(rows)
        tables.append(rows)
    return tables


def _word_cell(cell: Element) -> str:
    """What the cell says with tracked changes taken: deleted words are no `t`."""
    paragraphs = ["".join(_signs(one) for one in paragraph.iter()) for paragraph in xml.children(cell, "p")]
    return _plain("\n".join(paragraphs))


def _signs(element: Element) -> str:
    name = xml.name(element)
    if name == "t":
        return element.text or ""
    return {"tab": " ", "br": "\n", "noBreakHyphen": "-"}.get(name, "")


def _plain(text: str) -> str:
    """Without the apostrophe that our own tables put before what looks like a formula."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()[:LONGEST_CELL]
    return text[1:] if re.match(r"'[\s\"'\u201c\u201d]*[=+\-@]", text) else text


def _demand_few(rows: Rows) -> None:
    if len(rows) > MOST_ROWS:
        raise Unreadable("too_large")
