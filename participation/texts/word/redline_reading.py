"""From the bytes of an edited Word file to its changes and comments. Runs inside the worker process only."""

from dataclasses import replace
from xml.etree.ElementTree import Element

from participation.texts.provisions import Unreadable
from participation.texts.reading.formats import Format, recognise
from participation.texts.reading.safety import open_archive, read_part
from participation.texts.reading.xml import child, parse
from participation.texts.word.lines import Fate, Lines
from participation.texts.word.redline import Redline
from participation.texts.word.remarks import read_remarks


def read_redline(data: bytes, filename: str = "changes.docx") -> Redline:
    """Read an edited DOCX in this very process, without its limits. Raises Unreadable."""
    if recognise(data, filename) is not Format.DOCX:
        raise Unreadable("not_word")
    archive = open_archive(data)

    def part(path: str) -> Element | None:
        content = read_part(archive, path)
        return parse(content) if content else None

    document = child(part("word/document.xml"), "body")
    lines = Lines()
    lines.read_body(document if document is not None else [], Fate())
    words_of: dict[int, str] = {}
    for line in lines.read:
        for piece in line.pieces:
            for number in piece.remarks:
                words_of[number] = words_of.get(number, "") + piece.text
    remarks = tuple(replace(one, words=words_of[one.number]) for one in read_remarks(part) if one.number in words_of)
    return Redline(tuple(lines.read), remarks)
