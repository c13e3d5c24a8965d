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


# What marks words that are gone once everything is accepted, and once everything is rejected.
GONE = {"accepted": ("del", "moveFrom"), "rejected": ("ins", "moveTo")}


def settled(data: bytes, how: str) -> list[str]:
    """The paragraphs and tables with everything "accepted" or "rejected"."""
    gone = GONE[how]
    body = part(data, "word/document.xml")[0]
    texts: list[str] = []
    carried = ""
    for one in body:
        if one.tag == f"{W}tbl":
            rows = [row for row in one if row.tag == f"{W}tr" and not _has(row, "trPr", gone)]
            lines = [" | ".join(_words(cell, gone) for cell in row.findall(f"{W}tc")) for row in rows]
            texts += ["\n".join(lines)] if lines else []
        elif one.tag == f"{W}p":
            carried += _words(one, gone)
            if not _has(one, f"pPr/{W}rPr", gone):
                texts.append(carried)
                carried = ""
    return texts


def authors(data: bytes) -> set[tuple[str, str]]:
    """Who inserts and who deletes."""
    changes = part(data, "word/document.xml").iter()
    return {
        (one.tag.removeprefix(W), one.attrib[f"{W}author"])
        for one in changes
        if one.tag in {f"{W}{kind}" for kinds in GONE.values() for kind in kinds}
    }


def comments(data: bytes) -> list[tuple[str, str]]:
    return [
        (one.attrib[f"{W}author"], "\n".join("".join(line.itertext()) for line in one))
        for one in part(data, "word/comments.xml")
    ]


def _has(element: Element, properties: str, gone: tuple[str, ...]) -> bool:
    return any(element.find(f"{W}{properties}/{W}{kind}") is not None for kind in gone)


def _words(element: Element, gone: tuple[str, ...]) -> str:
    words = ""
    for one in element:
        name = one.tag.removeprefix(W)
        if name in ("t", "delText"):
            words += one.text or ""
        elif name in ("br", "tab"):
            words += "\n" if name == "br" else "\t"
        elif name not in (*gone, "pPr"):
            words += _words(one, gone)
    return words


def commented(data: bytes) -> list[str]:
    """The words that each comment stands on before any change, in the order of the comments."""
    document = part(data, "word/document.xml")
    new = {id(each) for kind in GONE["rejected"] for one in document.iter(f"{W}{kind}") for each in one.iter()}
    written = {"tab": "\t", "br": "\n"}
    found = {int(one.attrib[f"{W}id"]): "" for one in part(data, "word/comments.xml")}
    standing: set[int] = set()
    for one in document.iter():
        kind = one.tag.removeprefix(W)
        if kind in ("commentRangeStart", "commentRangeEnd"):
            standing ^= {int(one.attrib[f"{W}id"])}
        elif kind in ("t", "delText", *written) and id(one) not in new:
            for number in standing:
                found[number] += written.get(kind) or one.text or ""
    return list(found.values())
