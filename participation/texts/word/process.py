"""Reading an edited Word file in a process of its own, with a time and a memory limit."""

from participation.texts.reading.process import read_apart
from participation.texts.word.redline import Redline, redline_of


def read_edited(data: bytes, filename: str) -> Redline:
    """The changes and comments of a DOCX. Raises Unreadable for every file that cannot be read."""
    return redline_of(read_apart("redline", data, filename))
