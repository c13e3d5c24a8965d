"""PDF with a text layer: pdfium's words become printed lines, and lines become paragraphs.

pdfium bears neither two threads nor every file, so this runs in the process that reads one draft
(see process.py), and there only; if a file brings it down, that reading ends and nothing else.
Marks printed beside the text are given back to their line,
repeated headers, footers and page numbers are dropped, and words cut at a line's end are joined.
"""

from ctypes import create_string_buffer
from itertools import islice
from typing import Any

from participation.texts.provisions import Doubt, Unreadable
from participation.texts.reading import progress
from participation.texts.reading.blocks import MAXIMUM_BLOCKS, Source, tidy
from participation.texts.reading.lines import join_lines
from participation.texts.reading.pdf_boxes import in_boxes
from participation.texts.reading.pdf_columns import read_columns
from participation.texts.reading.pdf_lines import as_lines, drop_repeated
from participation.texts.reading.pdf_pages import Page, printed_lines, with_marks
from participation.texts.reading.pdf_pictures import is_covered
from participation.texts.reading.pdf_words import read_words, view_of
from participation.texts.reading.scans import looks_scanned

MAXIMUM_PAGES = 1_500
_FEWEST_LETTERS = 20
_LONGEST_TITLE = 2_000


def read_pdf(data: bytes) -> Source:
    """The blocks of a PDF. A picture of a text without letters is refused as no_text."""
    if b"%%EOF" not in data[-4096:]:
        raise Unreadable("truncated")
    pages, title = _read_pages(data)
    letters = (letter for page in pages for line in page.lines for letter in line.text if letter.isalpha())
    if len(list(islice(letters, _FEWEST_LETTERS))) < _FEWEST_LETTERS:
        raise Unreadable("no_text", pages=str(len(pages)))
    dropped = drop_repeated(pages)
    source = Source(join_lines(as_lines(pages)), title)
    if looks_scanned(pages):
        source.doubts.append(Doubt("scan_suspected", details={"pages": str(len(pages))}))
    if dropped:
        source.doubts.append(Doubt("repeated_lines_dropped", details={"count": str(dropped)}))
    return source


def _read_pages(data: bytes) -> tuple[list[Page], str]:
    import pypdfium2.raw as pdfium

    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Unreadable("encrypted" if locked else "truncated")
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAXIMUM_PAGES:
            raise Unreadable("too_long", pages=f">{MAXIMUM_PAGES}")
        pages: list[Page] = []
        for number in range(1, count + 1):
            pages.append(_read_page(document, number))
            _demand_few_lines(pages)
            progress.tell("read", done=number, of=count, unit="page")
        title = _title(document)
    finally:
        pdfium.FPDF_CloseDocument(document)
    if not pages:
        raise Unreadable("truncated")
    return pages, title


def _read_page(document: Any, number: int) -> Page:
    import pypdfium2.raw as pdfium

    drawn = pdfium.FPDF_LoadPage(document, number - 1)
    if not drawn:
        raise Unreadable("truncated", page=str(number))
    try:
        view = view_of(drawn)
        lines = with_marks(in_boxes(printed_lines(read_words(drawn, view))))
        page = Page(number, view.width, view.height, lines, is_covered(drawn))
    except (OverflowError, ValueError) as error:
        # Damaged numbers place letters beyond all bounds.
        raise Unreadable("truncated", page=str(number)) from error
    finally:
        pdfium.FPDF_ClosePage(drawn)
    read_columns(page)
    return page


def _demand_few_lines(pages: list[Page]) -> None:
    # A paragraph has some lines, so the limit of paragraphs is far exceeded by then.
    if sum(len(page.lines) for page in pages) > 10 * MAXIMUM_BLOCKS:
        raise Unreadable("too_long", lines=f">{10 * MAXIMUM_BLOCKS}")


def _title(document: Any) -> str:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    title = create_string_buffer(min(length, _LONGEST_TITLE))
    pdfium.FPDF_GetMetaText(document, b"Title", title, len(title))
    return tidy(title.raw.decode("utf-16-le", "replace").rstrip("\0")).replace("\n", " ")
