"""Nodes of pandoc's own tree: paragraphs in a named style, headings, lists, tables.

Nothing typed passes a parser: every text is put into the tree as a string, so mark-up in it stays text.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from participation.texts.writing.characters import bound
from participation.texts.writing.prose import Block

Node = dict[str, Any]

API_VERSION = [1, 23, 1]
NO_ATTRIBUTES: list[Any] = ["", [], []]


def words(text: str) -> list[Node]:
    """The text as words and spaces; what must not be parted at the end of a line is bound."""
    nodes: list[Node] = []
    for place, line in enumerate(bound(text).split("\n")):
        nodes += [{"t": "LineBreak"}] if place else []
        for position, word in enumerate(line.split(" ")):
            nodes += [{"t": "Space"}] if position else []
            nodes += [{"t": "Str", "c": word}] if word else []
    return nodes


def lines(text: str) -> list[Node]:
    """The same as one string a line, for DOCX: pandoc takes its time for each word that is a node of its own."""
    nodes: list[Node] = []
    for place, line in enumerate(bound(text).split("\n")):
        nodes += [{"t": "LineBreak"}] if place else []
        nodes += [{"t": "Str", "c": line}] if line else []
    return nodes


def paragraph(nodes: list[Node]) -> Node:
    return {"t": "Para", "c": nodes}


def styled(style: str, text: str, emphasis: bool = False) -> Iterator[Node]:
    """A paragraph in a style of ours; none where there is no text."""
    if text:
        nodes = words(text)
        yield division(style, [paragraph([{"t": "Emph", "c": nodes}] if emphasis else nodes)])


def division(style: str, content: list[Node]) -> Node:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], content]}


def heading(level: int, text: str, name: str = "") -> Node:
    return {"t": "Header", "c": [level, [name, [], []], words(text)]}


def target(name: str, nodes: list[Node]) -> Node:
    """A place that a link within the document can lead to."""
    return {"t": "Span", "c": [[name, [], []], nodes]}


def link(nodes: list[Node], address: str) -> Node:
    return {"t": "Link", "c": [NO_ATTRIBUTES, nodes, [address, ""]]}


def numbers(start: int, items: list[list[Node]]) -> Node:
    return {"t": "OrderedList", "c": [[start, {"t": "Decimal"}, {"t": "Period"}], _close(items)]}


def _close(items: list[list[Node]]) -> list[list[Node]]:
    """Items of one paragraph each stand without space between them."""
    if any(len(item) != 1 or item[0]["t"] != "Para" for item in items):
        return items
    return [[{"t": "Plain", "c": item[0]["c"]}] for item in items]


def table(heads: list[str], widths: tuple[float, ...], rows: list[list[Any]]) -> Node:
    return table_with_head(row([[*styled("TableHeading", text)] for text in heads]), widths, rows)


def table_with_head(head: list[Any], widths: tuple[float, ...], rows: list[list[Any]]) -> Node:
    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in widths]
    body = [NO_ATTRIBUTES, 0, [], rows]
    parts = [NO_ATTRIBUTES, [None, []], columns, [NO_ATTRIBUTES, [head]], [body], [NO_ATTRIBUTES, []]]
    return {"t": "Table", "c": parts}


def row(cells: Iterable[list[Node]]) -> list[Any]:
    return [NO_ATTRIBUTES, [[NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, cell] for cell in cells]]


def spanning_row(cell: list[Node], columns: int) -> list[Any]:
    return [NO_ATTRIBUTES, [[NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, columns, cell]]]


def meta(text: str) -> Node:
    return {"t": "MetaInlines", "c": [{"t": "Str", "c": text}]}


def prose(pieces: list[Block], nodes_of: Callable[[str], list[Node]] = words) -> list[Node]:
    """The blocks of a Markdown text, with real lists and quotations; `nodes_of` makes its words, as `words` does."""
    nodes: list[Node] = []
    for piece in pieces:
        if piece["kind"] == "paragraph":
            nodes.append(paragraph([node for run in piece["runs"] for node in run_of(run, nodes_of)]))
        elif piece["kind"] == "bullets":
            nodes.append({"t": "BulletList", "c": _close([prose(item, nodes_of) for item in piece["items"]])})
        elif piece["kind"] == "numbers":
            nodes.append(numbers(piece["start"], [prose(item, nodes_of) for item in piece["items"]]))
        elif piece["kind"] == "quote":
            nodes.append({"t": "BlockQuote", "c": prose(piece["blocks"], nodes_of)})
        else:
            nodes.append({"t": "HorizontalRule"})
    return nodes


def run_of(run: dict[str, Any], nodes_of: Callable[[str], list[Node]] = words) -> list[Node]:
    if run["code"]:
        nodes: list[Node] = [{"t": "Code", "c": [NO_ATTRIBUTES, run["text"]]}]
    else:
        nodes = nodes_of(run["text"])
    for kind, wanted in (("Emph", run["emphasis"]), ("Strong", run["strong"])):
        nodes = [{"t": kind, "c": nodes}] if wanted else nodes
    return [link(nodes, run["address"])] if run["address"] else nodes
