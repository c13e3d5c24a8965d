"""From the bytes of a file to its reading. Runs inside the worker process only."""

from participation.texts.provisions import Doubt, Reading, Unreadable
from participation.texts.reading import progress
from participation.texts.reading.blocks import Source, demand_readable_length
from participation.texts.reading.docx import read_docx
from participation.texts.reading.formats import Format, recognise
from participation.texts.reading.html import read_html
from participation.texts.reading.language import recognise_language
from participation.texts.reading.markdown import read_markdown
from participation.texts.reading.odt import read_odt
from participation.texts.reading.pdf import read_pdf
from participation.texts.reading.plain import read_plain
from participation.texts.reading.review import review
from participation.texts.reading.rtf import read_rtf
from participation.texts.reading.structure import find_provisions
from participation.texts.reading.titles import find_title, title_from_name

_READERS = {
    Format.DOCX: read_docx,
    Format.ODT: read_odt,
    Format.RTF: read_rtf,
    Format.PDF: read_pdf,
    Format.HTML: read_html,
    Format.MARKDOWN: read_markdown,
    Format.PLAIN: read_plain,
}


def read_document(data: bytes, filename: str) -> Reading:
    """Read a draft in this very process, without its limits. Raises Unreadable."""
    found = recognise(data, filename)
    progress.tell("recognised", format=found.value)
    progress.tell("read")
    return make_reading(_READERS[found](data), filename)


def make_reading(source: Source, filename: str) -> Reading:
    """The tree, the title, the language and the doubts of what a format's reader found."""
    demand_readable_length(source.blocks)
    if not any(letter.isalnum() for block in source.blocks for letter in block.text):
        raise Unreadable("no_text")
    title, used = find_title(source.blocks)
    provisions = find_provisions([block for at, block in enumerate(source.blocks) if at not in used])
    if not provisions:
        # A file of one line has nothing but its title, and a reader must have something to comment on.
        provisions = find_provisions(source.blocks)
    doubts = [*source.doubts, *review(provisions)]
    if not title:
        title = source.title or title_from_name(filename)
        doubts.insert(0, Doubt("title_missing"))
    language = recognise_language(" ".join([title, *(one.text for one in provisions)]))
    if not language:
        doubts.append(Doubt("language_unsure"))
    progress.tell("doubted", count=len(doubts))
    return Reading(title, language, tuple(doubts), tuple(provisions))
