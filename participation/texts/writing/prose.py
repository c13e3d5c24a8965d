"""Markdown as a small tree of plain data, from which the formats make their own paragraphs and lists.

The tree is read from the safe HTML, so a document says the same as the page, and nothing typed can become mark-up.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from participation.texts.markdown import MAXIMUM_CHARACTERS, normalise, to_html

Block = dict[str, Any]
"""{"kind": "paragraph", "runs"} | {"kind": "bullets", "items"} | {"kind": "numbers", "start", "items"}
| {"kind": "quote", "blocks"} | {"kind": "rule"}; an item is a list of blocks, a run {"text", "strong", "emphasis",
"code", "address"}, and a line break within a paragraph is LF in a text."""

_EMPHASIS = {"strong": "strong", "em": "emphasis", "code": "code"}


def blocks(source: str) -> list[Block]:
    """The blocks of a Markdown text of any length."""
    return [block for portion in _portions(normalise(source)) for block in blocks_of_html(to_html(portion))]


def blocks_of_html(html: str) -> list[Block]:
    """The blocks of what markdown.to_html made."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.finished()


def plain_text(blocks_: list[Block]) -> str:
    """The words alone, a paragraph a line."""
    return "\n".join(_lines(blocks_))


def _lines(blocks_: list[Block]) -> Iterator[str]:
    for block in blocks_:
        if block["kind"] == "paragraph":
            yield "".join(run["text"] for run in block["runs"])
        elif block["kind"] == "quote":
            yield from _lines(block["blocks"])
        elif block["kind"] != "rule":
            for place, item in enumerate(block["items"]):
                mark = f"{block['start'] + place}. " if block["kind"] == "numbers" else "– "
                yield from (mark + line if first == 0 else line for first, line in enumerate(_lines(item)))


def _portions(text: str) -> Iterator[str]:
    """Cuts a text longer than one rendering takes, between paragraphs where it can."""
    while len(text) > MAXIMUM_CHARACTERS:
        cut = text.rfind("\n\n", 1, MAXIMUM_CHARACTERS)
        cut = cut if cut > 0 else MAXIMUM_CHARACTERS
        yield text[:cut]
        text = text[cut:]
    yield text


class _Reader(HTMLParser):
    """Reads what `to_html` makes: a closed set of well nested elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.containers: list[list[Block]] = [[]]
        self.runs: list[dict[str, Any]] = []
        self.style: list[tuple[str, str]] = []

    def finished(self) -> list[Block]:
        self._end_paragraph()
        return self.containers[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "br":
            self._text("\n")
        elif tag == "a":
            self.style.append(("address", values.get("href") or ""))
        elif tag in _EMPHASIS:
            self.style.append((_EMPHASIS[tag], tag))
        elif tag == "p":
            self._end_paragraph()
        elif tag == "hr":
            self._end_paragraph()
            self.containers[-1].append({"kind": "rule"})
        else:
            self._open(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" or tag in _EMPHASIS:
            self.style.pop()
            return
        self._end_paragraph()
        if tag in ("li", "blockquote"):
            self.containers.pop()

    def handle_data(self, data: str) -> None:
        # Line ends of the HTML source are not text: a break has its own element.
        if self.runs or data.strip("\n"):
            self._text(data.replace("\n", ""))

    def _open(self, tag: str, values: dict[str, str | None]) -> None:
        self._end_paragraph()
        inner: list[Block] = []
        if tag == "ul":
            self.containers[-1].append({"kind": "bullets", "items": []})
        elif tag == "ol":
            start = re.sub(r"\D", "", values.get("start") or "") or "1"
            self.containers[-1].append({"kind": "numbers", "start": int(start), "items": []})
        elif tag == "li":
            self.containers[-1][-1]["items"].append(inner)
            self.containers.append(inner)
        elif tag == "blockquote":
            self.containers[-1].append({"kind": "quote", "blocks": inner})
            self.containers.append(inner)

    def _text(self, text: str) -> None:
        styles = dict(self.style)
        run = {name: name in styles for name in _EMPHASIS.values()} | {"address": styles.get("address", "")}
        if self.runs and {name: self.runs[-1][name] for name in run} == run:
            self.runs[-1]["text"] += text
        else:
            self.runs.append({"text": text} | run)

    def _end_paragraph(self) -> None:
        if any(run["text"].strip() for run in self.runs):
            self.containers[-1].append({"kind": "paragraph", "runs": self.runs})
        self.runs = []
