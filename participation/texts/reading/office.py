"""ODT and RTF, through pandoc, with the doubts that their own source gives."""

import re

from participation.texts.provisions import Doubt, Unreadable
from participation.texts.reading.blocks import Source
from participation.texts.reading.pandoc import read_with_pandoc
from participation.texts.reading.safety import open_archive, read_part

_RTF_NUMBER = re.compile(rb"\{\\(?:\*\\)?listtext\b|\{\\(?:\*\\)?pntext\b")


def read_odt(data: bytes) -> Source:
    """The blocks of an OpenDocument text."""
    archive = open_archive(data)
    content = read_part(archive, "content.xml")
    if not content:
        raise Unreadable("truncated")
    source = read_with_pandoc(data, "odt")
    changes = content.count(b"<text:changed-region")
    if changes:
        source.doubts.append(Doubt("tracked_changes_accepted", details={"count": str(changes)}))
    return source


def read_rtf(data: bytes) -> Source:
    """The blocks of an RTF file."""
    if not data.rstrip(b"\0 \t\r\n").endswith(b"}"):
        raise Unreadable("truncated")
    return read_with_pandoc(data, "rtf")
