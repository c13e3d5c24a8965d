"""PDF with a text layer: pdfminer's boxes become printed lines, and lines become paragraphs.

Boxes keep the order of columns. Marks printed beside the text are given back to their line,
repeated headers, footers and page numbers are dropped, and words cut at a line's end are joined.
"""

from io import BytesIO
from itertools import islice
from typing import Any

from participation.texts.provisions import Doubt, Unreadable
from participation.texts.reading import progress
from participation.texts.reading.blocks import MAXIMUM_BLOCKS, Source, tidy
from participation.texts.reading.lines import join_lines
from participation.texts.reading.pdf_columns import read_columns
from participation.texts.reading.pdf_lines import as_lines, drop_repeated
from participation.texts.reading.pdf_pages import Page, read_page
from participation.texts.reading.scans import looks_scanned

MAXIMUM_PAGES = 1_500
_FEWEST_LETTERS = 20


def read_pdf(data: bytes) -> Source:
    """The blocks of a PDF. A picture of a text without letters is refused as no_text."""
    if b"%%EOF" not in data[-4096:]:
        raise Unreadable("truncated")
    pages, title = _read_pages(data)
    letters = sum(letter.isalpha() for page in pages for line in page.lines for letter in line.text)
    if letters < _FEWEST_LETTERS:
        raise Unreadable("no_text", pages=str(len(pages)))
    dropped = drop_repeated(pages)
    source = Source(join_lines(as_lines(pages)), title)
    if looks_scanned(pages):
        source.doubts.append(Doubt("scan_suspected", details={"pages": str(len(pages))}))
    if dropped:
        source.doubts.append(Doubt("repeated_lines_dropped", details={"count": str(dropped)}))
    return source


def _read_pages(data: bytes) -> tuple[list[Page], str]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
        resources = PDFResourceManager()
        device = PDFPageAggregator(resources, laparams=LAParams(all_texts=True))
        interpreter = PDFPageInterpreter(resources, device)
        pages: list[Page] = []
        # The file's own count of its pages may lie; going through their tree takes no time.
        found = list(islice(PDFPage.create_pages(document), MAXIMUM_PAGES + 1))
        if len(found) > MAXIMUM_PAGES:
            raise Unreadable("too_long", pages=f">{MAXIMUM_PAGES}")
        for number, page in enumerate(found, 1):
            interpreter.process_page(page)
            pages.append(read_page(device.get_result(), number))
            read_columns(pages[-1])
            _demand_few_lines(pages)
            progress.tell("read", done=number, of=len(found), unit="page")
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Unreadable("encrypted") from error
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        # A damaged file fails anywhere in the parser, with any error that Python has.
        raise Unreadable("truncated") from error
    if not pages:
        raise Unreadable("truncated")
    return pages, _title(document.info)


def _demand_few_lines(pages: list[Page]) -> None:
    # A paragraph has some lines, so the limit of paragraphs is far exceeded by then.
    if sum(len(page.lines) for page in pages) > 10 * MAXIMUM_BLOCKS:
        raise Unreadable("too_long", lines=f">{10 * MAXIMUM_BLOCKS}")


def _title(info: list[dict[str, Any]]) -> str:
    raw = next((one["Title"] for one in info if one.get("Title")), b"")
    if not isinstance(raw, bytes):
        return ""
    encoding = "utf-16" if raw.startswith((b"\xfe\xff", b"\xff\xfe")) else "utf-8"
    return tidy(raw.decode(encoding, "replace")).replace("\n", " ")
