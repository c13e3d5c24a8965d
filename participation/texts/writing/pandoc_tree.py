"""The document as pandoc's own tree, from which DOCX and ODT are written.

Nothing typed passes a parser: every text is put into the tree as a string, so mark-up in it stays text.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from participation.texts.writing.documents import (
    Document,
    Run,
    Signatory,
    action_word,
    by_area,
    marked_wordings,
)
from participation.texts.writing.prose import Block, blocks

Node = dict[str, Any]

API_VERSION = [1, 23, 1]
POINT_WIDTHS = (0.045, 0.135, 0.22, 0.22, 0.22, 0.16)
_NO_ATTRIBUTES: list[Any] = ["", [], []]


def tree(document: Document, table_begins: list[Node], table_ends: list[Node]) -> Node:
    """The whole document; the two lists, of the format, turn the page across for the table and back."""
    parts: list[Node] = [*_head(document), *_summary(document), *_general(document)]
    if document.points:
        parts += [*table_begins, *_points(document), *table_ends]
    parts += [*_signatories(document), *_dissent(document), *_annexes(document), *_colophon(document)]
    return {"pandoc-api-version": API_VERSION, "meta": {"lang": _meta(document.language)}, "blocks": parts}


def _head(document: Document) -> Iterator[Node]:
    labels = document.labels
    yield from _styled("Letterhead", document.sender.name)
    yield from _styled("SenderAddress", "  ·  ".join(document.sender.address) or " ")
    yield from _styled("Place", document.place_and_date)
    yield from _styled("Reference", document.reference and f"{labels.reference} {document.reference}")
    if document.addressees:
        yield from _styled("AddresseeLabel", labels.addressees)
    for addressee in document.addressees:
        yield from _styled("Addressee", addressee)
    if document.copies:
        copies = "; ".join(copy.replace("\n", ", ") for copy in document.copies)
        yield from _styled("Copies", f"{labels.copies} {copies}")
    yield from _styled("Subject", document.subject and f"{labels.subject}\t{document.subject}")
    yield from _styled("Title", document.title)


def _summary(document: Document) -> Iterator[Node]:
    if document.summary:
        yield _heading(1, document.labels.summary)
        yield _numbers(1, [[_paragraph(_words(demand))] for demand in document.summary])


def _general(document: Document) -> Iterator[Node]:
    if document.general:
        yield _heading(1, document.labels.general)
        yield from _prose(blocks(document.general))


def _points(document: Document) -> Iterator[Node]:
    labels = document.labels
    marked = [marked_wordings(point) for point in document.points]
    yield _heading(1, labels.points)
    if any(mark for sides in marked for side in sides for _, mark in side):
        yield from _styled("Remark", labels.marks)
    rows = [
        _row(
            [
                _cell_paragraphs(point.number, strong=True),
                [
                    *_cell_paragraphs(point.article, strong=True),
                    *_styled("TableText", action_word(point, labels), emphasis=True),
                ],
                _marked_cell(existing, "Strikeout") or [*_styled("TableText", labels.no_existing, emphasis=True)],
                _marked_cell(demanded, "Underline") or [*_styled("TableText", labels.no_demanded, emphasis=True)],
                _prose_cell(point.reasons),
                _cell_paragraphs(point.supported_by),
            ]
        )
        for point, (existing, demanded) in zip(document.points, marked, strict=True)
    ]
    heads = [labels.number, labels.article, labels.existing, labels.demanded, labels.reasons, labels.supported_by]
    yield _table(heads, POINT_WIDTHS, rows)


def _signatories(document: Document) -> Iterator[Node]:
    if not document.signatories:
        return
    labels = document.labels
    with_statements = any(signatory.statement for signatory in document.signatories)
    heads = [labels.number, labels.organisation, labels.seat, labels.person]
    widths: tuple[float, ...] = (0.06, 0.44, 0.2, 0.3)
    if with_statements:
        heads, widths = [*heads, labels.statement], (0.06, 0.32, 0.15, 0.2, 0.27)
    numbers = count(1)
    rows = []
    for area, group in by_area(document.signatories):
        if area:
            rows.append(_spanning_row([*_styled("TableGroup", area)], len(heads)))
        rows += [_signatory(next(numbers), one, with_statements) for one in group]
    yield _heading(1, labels.signatories)
    yield from _styled("Remark", labels.signatories_count)
    yield _table(heads, widths, rows)


def _signatory(number: int, signatory: Signatory, with_statements: bool) -> list[Any]:
    cells = [
        _cell_paragraphs(f"{number}."),
        _cell_paragraphs(signatory.name, strong=True),
        _cell_paragraphs(signatory.seat),
        _cell_paragraphs(signatory.person),
    ]
    if with_statements:
        cells.append(_cell_paragraphs(signatory.statement))
    return _row(cells)


def _dissent(document: Document) -> Iterator[Node]:
    if document.dissent:
        yield _heading(1, document.labels.dissent)
    for opinion in document.dissent:
        name: list[Node] = [{"t": "Strong", "c": _words(opinion.name)}]
        seat = _words(f", {opinion.seat}") if opinion.seat else []
        yield _division("Opinion", [_paragraph([*name, *seat, {"t": "LineBreak"}, *_words(opinion.statement)])])


def _annexes(document: Document) -> Iterator[Node]:
    if document.annexes:
        yield _heading(1, document.labels.annexes)
        yield _numbers(1, [[_paragraph(_words(annex))] for annex in document.annexes])


def _colophon(document: Document) -> Iterator[Node]:
    labels = document.labels
    entries = [
        (labels.contact, "  ·  ".join(document.sender.contact)),
        (labels.address, document.address),
        (labels.fingerprint, document.fingerprint),
    ]
    lines = [f"{label}: {text}" for label, text in entries if text]
    for place, line in enumerate(lines):
        yield from _styled("Colophon" if place else "ColophonFirst", line)


def _prose(pieces: list[Block]) -> list[Node]:
    nodes: list[Node] = []
    for piece in pieces:
        if piece["kind"] == "paragraph":
            nodes.append(_paragraph([node for run in piece["runs"] for node in _run(run)]))
        elif piece["kind"] == "bullets":
            nodes.append({"t": "BulletList", "c": [_prose(item) for item in piece["items"]]})
        elif piece["kind"] == "numbers":
            nodes.append(_numbers(piece["start"], [_prose(item) for item in piece["items"]]))
        elif piece["kind"] == "quote":
            nodes.append({"t": "BlockQuote", "c": _prose(piece["blocks"])})
        else:
            nodes.append({"t": "HorizontalRule"})
    return nodes


def _run(run: dict[str, Any]) -> list[Node]:
    if run["code"]:
        nodes: list[Node] = [{"t": "Code", "c": [_NO_ATTRIBUTES, run["text"]]}]
    else:
        nodes = _words(run["text"])
    for kind, wanted in (("Emph", run["emphasis"]), ("Strong", run["strong"])):
        nodes = [{"t": kind, "c": nodes}] if wanted else nodes
    return [{"t": "Link", "c": [_NO_ATTRIBUTES, nodes, [run["address"], ""]]}] if run["address"] else nodes


def _words(text: str) -> list[Node]:
    nodes: list[Node] = []
    for place, line in enumerate(text.split("\n")):
        nodes += [{"t": "LineBreak"}] if place else []
        for position, word in enumerate(line.split(" ")):
            nodes += [{"t": "Space"}] if position else []
            nodes += [{"t": "Str", "c": word}] if word else []
    return nodes


def _styled(style: str, text: str, emphasis: bool = False) -> Iterator[Node]:
    if text:
        words = _words(text)
        yield _division(style, [_paragraph([{"t": "Emph", "c": words}] if emphasis else words)])


def _cell_paragraphs(text: str, strong: bool = False) -> list[Node]:
    paragraphs = [_words(paragraph) for paragraph in text.split("\n\n") if paragraph]
    return [
        _division("TableText", [_paragraph([{"t": "Strong", "c": words}] if strong else words)])
        for words in paragraphs
    ]


def _prose_cell(source: str) -> list[Node]:
    """The text as paragraphs, lists too: an indented list leaves no room in a column."""
    paragraphs = list(_cell_lines(blocks(source)))
    return [_division("TableText", [_paragraph(nodes)]) for nodes in paragraphs]


def _cell_lines(pieces: list[Block]) -> Iterator[list[Node]]:
    for piece in pieces:
        if piece["kind"] == "paragraph":
            yield [node for run in piece["runs"] for node in _run(run)]
        elif piece["kind"] == "quote":
            yield from _cell_lines(piece["blocks"])
        elif piece["kind"] != "rule":
            for place, item in enumerate(piece["items"]):
                mark = f"{piece['start'] + place}." if piece["kind"] == "numbers" else "–"
                for first, line in enumerate(_cell_lines(item)):
                    yield line if first else [{"t": "Str", "c": f"{mark}\u00a0"}, *line]


def _marked_cell(runs: list[Run], mark: str) -> list[Node]:
    words = [
        node
        for text, marked in runs
        if text
        for node in ([{"t": mark, "c": _emphasised(mark, text)}] if marked else _words(text))
    ]
    return [_division("TableText", [_paragraph(words)])] if words else []


def _emphasised(mark: str, text: str) -> list[Node]:
    return [{"t": "Strong", "c": _words(text)}] if mark == "Underline" else _words(text)


def _paragraph(nodes: list[Node]) -> Node:
    return {"t": "Para", "c": nodes}


def _heading(level: int, text: str) -> Node:
    return {"t": "Header", "c": [level, _NO_ATTRIBUTES, _words(text)]}


def _division(style: str, content: list[Node]) -> Node:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], content]}


def _numbers(start: int, items: list[list[Node]]) -> Node:
    return {"t": "OrderedList", "c": [[start, {"t": "Decimal"}, {"t": "Period"}], items]}


def _table(heads: list[str], widths: tuple[float, ...], rows: list[list[Any]]) -> Node:
    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in widths]
    head = [_NO_ATTRIBUTES, [_row([[*_styled("TableHeading", text)] for text in heads])]]
    body = [_NO_ATTRIBUTES, 0, [], rows]
    return {"t": "Table", "c": [_NO_ATTRIBUTES, [None, []], columns, head, [body], [_NO_ATTRIBUTES, []]]}


def _row(cells: Iterable[list[Node]]) -> list[Any]:
    return [_NO_ATTRIBUTES, [[_NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, cell] for cell in cells]]


def _spanning_row(cell: list[Node], columns: int) -> list[Any]:
    return [_NO_ATTRIBUTES, [[_NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, columns, cell]]]


def _meta(text: str) -> Node:
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": text}]}
