"""The document as pandoc's own tree, from which DOCX and ODT are written."""

from collections.abc import Iterator
from itertools import count

from participation.texts.writing.documents import (
    Document,
    Labels,
    PointRow,
    Run,
    Signatory,
    action_word,
    by_area,
    marked_wordings,
)
from participation.texts.writing.pandoc_cells import cell_link, cell_paragraphs, marked, marked_cell, prose_cell
from participation.texts.writing.pandoc_nodes import (
    API_VERSION,
    Node,
    division,
    heading,
    link,
    meta,
    numbers,
    paragraph,
    prose,
    row,
    spanning_row,
    styled,
    table,
    table_with_head,
    target,
    words,
)
from participation.texts.writing.points import long_texts, numbers_named, table_rows
from participation.texts.writing.prose import blocks

# A table of more columns than these needs smaller letters.
MOST_COLUMNS = 6
POINT_WIDTHS = (0.045, 0.13, 0.235, 0.235, 0.22, 0.135)


def tree(document: Document, table_begins: list[Node], table_ends: list[Node]) -> Node:
    """The whole document; the two lists, of the format, turn the page across for the table and back."""
    parts: list[Node] = [*_head(document), *_summary(document), *_general(document)]
    if document.points:
        parts += [*table_begins, *_points(document), *table_ends, *_in_full(document)]
    parts += [*_signatories(document), *_dissent(document), *_annexes(document), *_colophon(document)]
    return {"pandoc-api-version": API_VERSION, "meta": {"lang": meta(document.language)}, "blocks": parts}


def _head(document: Document) -> Iterator[Node]:
    labels, sender = document.labels, document.sender
    yield from styled("Letterhead", sender.name)
    yield from styled("SenderAddress", "  ·  ".join(filter(None, (*sender.address, sender.email))) or " ")
    # Where there are several, the label says so; one alone is an address like any other.
    yield from styled("AddresseeLabel", labels.addressees if len(document.addressees) > 1 else "\u00a0")
    for addressee in document.addressees:
        yield from styled("Addressee", addressee)
    if document.copies:
        copies = "; ".join(copy.replace("\n", ", ") for copy in document.copies)
        yield from styled("Copies", f"{labels.copies} {copies}")
    yield from styled("Place", document.place_and_date)
    particulars = (
        (labels.our_reference, document.our_reference),
        (labels.reference, document.reference),
        (labels.contact, ", ".join(sender.contact)),
    )
    for label, text in particulars:
        yield from styled("Reference", text and f"{label}: {text}")
    yield from styled("Subject", document.subject and f"{labels.subject}\t{document.subject}")
    yield from styled("Title", document.title)


def _summary(document: Document) -> Iterator[Node]:
    if not document.summary and not document.points:
        return
    labels = document.labels
    yield heading(1, labels.summary)
    if document.summary:
        yield numbers(1, [[paragraph(_demand(demand, document))] for demand in document.summary])
    if len(document.points) < 2 and document.summary:
        return
    yield from styled("TextLabel", labels.overview)
    for place, point in enumerate(document.points):
        article = link(words(point.article or labels.points), f"#{_name('point', place)}")
        line = [*words(f"{point.number}\t"), article, *words(f"  {action_word(point, labels)}")]
        yield division("Overview", [paragraph(line)])


def _demand(demand: str, document: Document) -> list[Node]:
    named = numbers_named(demand, document.points)
    if not named:
        return words(demand)
    pointer = document.labels.see_points.replace("%(numbers)s", named)
    return [*words(demand), {"t": "Space"}, {"t": "Emph", "c": words(f"({pointer})")}]


def _general(document: Document) -> Iterator[Node]:
    if document.general:
        yield heading(1, document.labels.general)
        yield from prose(blocks(document.general))


def _points(document: Document) -> Iterator[Node]:
    labels = document.labels
    wordings = [marked_wordings(point) for point in document.points]
    yield heading(1, labels.points)
    if any(mark for sides in wordings for side in sides for _, mark in side):
        yield from styled("Remark", labels.marks)
    rows = [
        row(_point(place, point, sides, labels))
        for place, (point, sides) in enumerate(zip(document.points, wordings, strict=True))
    ]
    heads = [labels.number, labels.article, labels.existing, labels.demanded, labels.reasons, labels.supported_by]
    yield table(heads, POINT_WIDTHS, rows)


def _point(place: int, point: PointRow, sides: tuple[list[Run], list[Run]], labels: Labels) -> list[list[Node]]:
    existing, demanded = sides
    long = long_texts(point)
    elsewhere = cell_link(labels.see_in_full.replace("%(number)s", point.number), f"#{_name('full', place)}")
    article: list[Node] = [{"t": "Strong", "c": words(point.article)}]
    return [
        cell_paragraphs(point.number, strong=True),
        [
            division("TableText", [paragraph([target(_name("point", place), article)])]),
            *styled("TableText", action_word(point, labels), emphasis=True),
        ],
        elsewhere if long.wording else marked_cell(existing, "Strikeout") or _absent(labels.no_existing),
        elsewhere if long.wording else marked_cell(demanded, "Underline") or _absent(labels.no_demanded),
        elsewhere if long.reasons else prose_cell(point.reasons),
        elsewhere if long.support else cell_paragraphs(point.supported_by),
    ]


def _absent(label: str) -> list[Node]:
    return [*styled("TableText", label, emphasis=True)]


def _in_full(document: Document) -> Iterator[Node]:
    """The texts that are too long for the table, in the width of the page."""
    labels = document.labels
    long = [(place, point) for place, point in enumerate(document.points) if long_texts(point).any]
    if long:
        yield heading(1, labels.in_full)
    for place, point in long:
        texts = long_texts(point)
        yield heading(2, f"{point.number}\t{point.article}", _name("full", place))
        if texts.wording:
            existing, demanded = marked_wordings(point)
            yield from styled("TextLabel", labels.existing)
            yield _wording_in_full(existing, "Strikeout", labels.no_existing)
            yield from styled("TextLabel", labels.demanded)
            yield _wording_in_full(demanded, "Underline", labels.no_demanded)
        if texts.reasons:
            yield from styled("TextLabel", labels.reasons)
            yield from prose(blocks(point.reasons))
        if texts.support:
            yield from styled("TextLabel", labels.supported_by)
            yield paragraph(words(point.supported_by))


def _wording_in_full(runs: list[Run], mark: str, absent: str) -> Node:
    rows = table_rows(runs)
    if not rows:
        return paragraph(marked(runs, mark) or words(absent))
    style = "TableSmall" if len(rows[0]) > MOST_COLUMNS else "TableText"
    head, *body = [row([marked_cell(cell, mark, style) for cell in cells]) for cells in rows]
    return table_with_head(head, (1 / len(rows[0]),) * len(rows[0]), body)


def tables_of(document: Document) -> list[tuple[str, bool]]:
    """What each table of the tree is, in order, and whether it stands across."""
    labels = document.labels
    found = [(labels.points, True)] if document.points else []
    for point in document.points:
        if long_texts(point).wording:
            wordings = zip((labels.existing, labels.demanded), marked_wordings(point), strict=True)
            found += [(f"{label}: {point.article}", False) for label, runs in wordings if table_rows(runs)]
    return [*found, (labels.signatories, False)] if document.signatories else found


def _name(kind: str, place: int) -> str:
    return f"{kind}-{place}"


def _signatories(document: Document) -> Iterator[Node]:
    if not document.signatories:
        return
    labels = document.labels
    columns = _columns(document)
    places = count(1)
    rows = []
    for area, group in by_area(document.signatories):
        if area:
            rows.append(spanning_row([*styled("TableGroup", area)], len(columns)))
        for one in group:
            number = f"{next(places)}."
            rows.append(row([cell_paragraphs(number), *(_cell_of(one, name) for name, _ in columns[1:])]))
    yield heading(1, labels.signatories)
    yield from styled("Remark", labels.signatories_count)
    total = sum(width for _, width in columns)
    widths = tuple(width / total for _, width in columns)
    yield table([getattr(labels, SIGNATORY_LABELS.get(name, name)) for name, _ in columns], widths, rows)


SIGNATORY_LABELS = {"name": "organisation"}


def _columns(document: Document) -> list[tuple[str, int]]:
    """The columns that say something of anybody, with their share of the width."""
    always = [("number", 6), ("name", 38), ("seat", 16)]
    perhaps = [("person", 20), ("statement", 28)]
    return always + [column for column in perhaps if any(getattr(one, column[0]) for one in document.signatories)]


def _cell_of(signatory: Signatory, name: str) -> list[Node]:
    return cell_paragraphs(getattr(signatory, name), strong=name == "name")


def _dissent(document: Document) -> Iterator[Node]:
    if document.dissent:
        yield heading(1, document.labels.dissent)
    for opinion in document.dissent:
        name: list[Node] = [{"t": "Strong", "c": words(opinion.name)}]
        seat = words(f", {opinion.seat}") if opinion.seat else []
        yield division("Opinion", [paragraph([*name, *seat, {"t": "LineBreak"}, *words(opinion.statement)])])


def _annexes(document: Document) -> Iterator[Node]:
    if document.annexes:
        yield heading(1, document.labels.annexes)
        yield numbers(1, [[paragraph(words(annex))] for annex in document.annexes])


def _colophon(document: Document) -> Iterator[Node]:
    labels = document.labels
    entries = [
        (labels.address, document.address),
        (labels.fingerprint, document.fingerprint),
        (labels.checkpoint, document.checkpoint),
    ]
    lines = [f"{label}: {text}" for label, text in entries if text]
    for place, line in enumerate(lines):
        yield from styled("Colophon" if place else "ColophonFirst", line)
