"""What stands in the cells of a table, as nodes of pandoc's tree."""

from collections.abc import Iterator

from participation.texts.writing.documents import Run
from participation.texts.writing.pandoc_nodes import Node, division, link, paragraph, run_of, words
from participation.texts.writing.prose import Block, blocks


def cell_paragraphs(text: str, strong: bool = False) -> list[Node]:
    paragraphs = [words(paragraph) for paragraph in text.split("\n\n") if paragraph]
    return [
        division("TableText", [paragraph([{"t": "Strong", "c": words}] if strong else words)]) for words in paragraphs
    ]


def prose_cell(source: str) -> list[Node]:
    """The text as paragraphs, lists too: an indented list leaves no room in a column."""
    paragraphs = list(_cell_lines(blocks(source)))
    return [division("TableText", [paragraph(nodes)]) for nodes in paragraphs]


def _cell_lines(pieces: list[Block]) -> Iterator[list[Node]]:
    for piece in pieces:
        if piece["kind"] == "paragraph":
            yield [node for run in piece["runs"] for node in run_of(run)]
        elif piece["kind"] == "quote":
            yield from _cell_lines(piece["blocks"])
        elif piece["kind"] != "rule":
            for place, item in enumerate(piece["items"]):
                mark = f"{piece['start'] + place}." if piece["kind"] == "numbers" else "–"
                for first, line in enumerate(_cell_lines(item)):
                    yield line if first else [{"t": "Str", "c": f"{mark}\u00a0"}, *line]


def marked_cell(runs: list[Run], mark: str, style: str = "TableText") -> list[Node]:
    nodes = marked(runs, mark)
    return [division(style, [paragraph(nodes)])] if nodes else []


def marked(runs: list[Run], mark: str) -> list[Node]:
    """The runs as words; those that are marked are struck out, or underlined and bold."""
    nodes: list[Node] = []
    for text, is_marked in runs:
        nodes += [{"t": mark, "c": _emphasised(mark, text)}] if is_marked and text else words(text)
    return nodes


def _emphasised(mark: str, text: str) -> list[Node]:
    return [{"t": "Strong", "c": words(text)}] if mark == "Underline" else words(text)


def cell_link(text: str, address: str) -> list[Node]:
    return [division("TableText", [paragraph([link([{"t": "Emph", "c": words(text)}], address)])])]
