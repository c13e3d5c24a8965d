"""What a Word file says once all its changes are accepted or rejected, read from its XML by nothing of ours."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str) -> Element:
    with ZipFile(BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314


def settled(data: bytes, gone: str) -> list[str]:
    """The paragraphs and tables without what `gone` marks: "del" when all is accepted, "ins" when it is rejected."""
    body = part(data, "word/document.xml")[0]
    texts: list[str] = []
    carried = ""
    for one in body:
        if one.tag == f"{W}tbl":
            rows = [row for row in one if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}{gone}") is None]
            lines = [" | ".join(_words(cell, gone) for cell in row.findall(f"{W}tc")) for row in rows]
            texts += ["\n".join(lines)] if lines else []
        elif one.tag == f"{W}p":
            carried += _words(one, gone)
            if one.find(f"{W}pPr/{W}rPr/{W}{gone}") is None:
                texts.append(carried)
                carried = ""
    return texts


def authors(data: bytes) -> set[tuple[str, str]]:
    """Who inserts and who deletes."""
    changes = part(data, "word/document.xml").iter()
    return {
        (one.tag.removeprefix(W), one.attrib[f"{W}author"]) for one in changes if one.tag in (f"{W}ins", f"{W}del")
    }


def comments(data: bytes) -> list[tuple[str, str]]:
    return [
        (one.attrib[f"{W}author"], "\n".join("".join(line.itertext()) for line in one))
        for one in part(data, "word/comments.xml")
    ]


def _words(element: Element, gone: str) -> str:
    words = ""
    for one in element:
        name = one.tag.removeprefix(W)
        if name in ("t", "delText"):
            words += one.text or ""
        elif name in ("br", "tab"):
            words += "\n" if name == "br" else "\t"
        elif name not in (gone, "pPr"):
            words += _words(one, gone)
    return words
