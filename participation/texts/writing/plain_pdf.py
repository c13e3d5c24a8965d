"""The last resort: the words of a document as a plain-text PDF, written here with the standard library alone.

It is used only where typesetting fails altogether. It cannot fail: it knows one font that every reader has, and puts
"?" in place of what that font lacks.
"""

from collections.abc import Iterator
from textwrap import wrap

from participation.texts.writing.documents import Document, action_word
from participation.texts.writing.prose import blocks, plain_text

LINES_ON_A_PAGE = 58
CHARACTERS_IN_A_LINE = 84

# Places of WinAnsiEncoding that our letters take over, by the names that every Courier knows.
_TAKEN_OVER = {
    "č": (0xF8, "ccaron"),
    "Č": (0xD8, "Ccaron"),
    "ć": (0xF5, "cacute"),
    "Ć": (0xD5, "Cacute"),
    "đ": (0xFE, "dcroat"),
    "Đ": (0xDE, "Dcroat"),
}


def plain_pdf(document: Document) -> bytes:
    """The words of the document in reading order, with page numbers; not tagged, and of no standard."""
    lines = [line for paragraph in _paragraphs(document) for line in _wrapped(paragraph)]
    pages = [lines[first : first + LINES_ON_A_PAGE] for first in range(0, len(lines), LINES_ON_A_PAGE)] or [[]]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        _font(),
    ]
    for number, page in enumerate(pages, start=1):
        content = _content([*page, *[""] * (LINES_ON_A_PAGE - len(page)), "", f"{number} / {len(pages)}"])
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {len(objects) + 2} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    return _file(objects)


def _paragraphs(document: Document) -> Iterator[str]:
    labels = document.labels
    yield from (document.sender.name, *document.sender.address, document.sender.email, "")
    yield from (*document.addressees, "", document.place_and_date)
    particulars = ((labels.our_reference, document.our_reference), (labels.reference, document.reference))
    yield from (*(f"{label}: {text}" for label, text in particulars if text), "")
    yield from (f"{labels.copies} {copy}" for copy in document.copies)
    yield from (f"{labels.subject} {document.subject}", "", document.title, "")
    yield from _section(labels.summary, [f"{n}. {demand}" for n, demand in enumerate(document.summary, start=1)])
    yield from _section(labels.general, [plain_text(blocks(document.general))] if document.general else [])
    for point in document.points:
        yield f"{point.number} {point.article} ({action_word(point, labels)})"
        yield f"{labels.existing}: {point.existing or labels.no_existing}"
        yield f"{labels.demanded}: {point.demanded or labels.no_demanded}"
        yield f"{labels.reasons}: {plain_text(blocks(point.reasons))}"
        yield from (f"{labels.supported_by}: {point.supported_by}", "")
    signatories = [
        ", ".join(filter(None, (one.name, one.seat, one.person, one.statement))) for one in document.signatories
    ]
    yield from _section(labels.signatories, [f"{n}. {one}" for n, one in enumerate(signatories, start=1)])
    yield from _section(labels.dissent, [f"{one.name}: {one.statement}" for one in document.dissent])
    yield from _section(labels.annexes, [f"{n}. {annex}" for n, annex in enumerate(document.annexes, start=1)])
    yield from (*document.sender.contact, document.address, document.fingerprint, document.checkpoint)


def _section(heading: str, paragraphs: list[str]) -> list[str]:
    return [heading, "", *paragraphs, ""] if paragraphs else []


def _wrapped(paragraph: str) -> list[str]:
    return [line for part in paragraph.split("\n") for line in wrap(part, CHARACTERS_IN_A_LINE) or [""]]


def _content(lines: list[str]) -> bytes:
    return (
        b"BT /F1 9.5 Tf 12.5 TL 56 790 Td\n"
        + b"".join(b"(" + _encoded(line) + b") Tj T*\n" for line in lines)
        + b"ET"
    )


def _encoded(line: str) -> bytes:
    codes = b"".join(
        bytes([_TAKEN_OVER[sign][0]]) if sign in _TAKEN_OVER else sign.encode("cp1252", "replace")
        for sign in line.translate({code: "?" for code, _ in _TAKEN_OVER.values()})
    )
    return codes.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _font() -> bytes:
    differences = " ".join(f"{code} /{name}" for code, name in sorted(_TAKEN_OVER.values()))
    return (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding "
        f"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{differences}] >> >>"
    ).encode()


def _file(objects: list[bytes]) -> bytes:
    file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    return file + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
