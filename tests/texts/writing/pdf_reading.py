"""Reading a PDF back: its text, its lines, its fonts and its structure."""

import re
from io import BytesIO

from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTPage, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1


def opened(data: bytes) -> PDFDocument:
    return PDFDocument(PDFParser(BytesIO(data)))


def words(data: bytes) -> list[str]:
    return extract_text(BytesIO(data)).replace("\u00a0", " ").replace("\u00ad\n", "").replace("\u00ad", "-").split()


def signs_of(data: bytes) -> set[str]:
    """The characters that the embedded fonts can be read back as; quicker than reading all pages."""
    document = opened(data)
    objects = [document.getobj(number) for xref in document.xrefs for number in xref.get_objids()]
    streams = [entry.get_data() for entry in objects if isinstance(entry, PDFStream)]
    maps = [stream for stream in streams if b"begincmap" in stream]
    codes = [code for entry in maps for code in re.findall(rb"<[0-9a-fA-F]+>\s*<([0-9a-fA-F]+)>", entry)]
    return set("".join(bytes.fromhex(code.decode()).decode("utf-16-be", "replace") for code in codes))


def pages(data: bytes) -> list[tuple[float, float]]:
    return [tuple(page.mediabox[2:]) for page in PDFPage.create_pages(opened(data))]


def structure_kinds(element: object) -> list[str]:
    element = resolve1(element)
    if isinstance(element, list):
        return [kind for child in element for kind in structure_kinds(child)]
    if not isinstance(element, dict):
        return []
    own = [element["S"].name] if "S" in element else []
    return own + structure_kinds(element.get("K", []))


def page_texts(data: bytes) -> list[str]:
    """The text of each page, words put together again that were divided at the end of a line."""
    texts = [extract_text(BytesIO(data), page_numbers=[number]) for number in range(len(pages(data)))]
    return [re.sub("[\u00ad-]\n", "", text).replace("\u00a0", " ") for text in texts]


def lines_of_first_page(data: bytes) -> list[tuple[str, float, float]]:
    page = next(iter(extract_pages(BytesIO(data))))
    return [(line.get_text().replace("\u00a0", " ").strip(), line.x0, line.y1) for line in lines_of(page)]


def lines_of(page: LTPage) -> list[LTTextLine]:
    boxes = [line for box in page if isinstance(box, LTTextContainer) for line in box]
    return [line for line in boxes if isinstance(line, LTTextLine)]
