"""RTF, through pandoc, after two repairs that pandoc leaves to the reader.

It knows no code page but the western one, which garbles every "č", and it skips the numbers
that Word wrote beside the items of a list.
"""

import re

from participation.texts.provisions import Unreadable
from participation.texts.reading.blocks import Source
from participation.texts.reading.pandoc import read_with_pandoc

_NUMBER = re.compile(rb"\{(?:\\\*)?\\(?:listtext|pntext)\b")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
# A Unicode letter is followed by a stand-in for old programs, which must stay what it is.
_LETTER = re.compile(rb"(\\u-?\d+ ?(?:\\'[0-9a-fA-F]{2}|[^\\{}])?)|\\'([0-9a-fA-F]{2})|([\x80-\xff])")
_CENTRAL_EUROPEAN = b"\\fcharset238"


def read_rtf(data: bytes) -> Source:
    """The blocks of an RTF file."""
    if not data.rstrip(b"\0 \t\r\n").endswith(b"}"):
        raise Unreadable("truncated")
    return read_with_pandoc(_NUMBER.sub(b"{", _with_unicode(data)), "rtf")


def _with_unicode(data: bytes) -> bytes:
    encoding = _encoding(data)

    def written(match: re.Match[bytes]) -> bytes:
        unicode, code, raw = match.groups()
        if unicode:
            return unicode
        byte = bytes([int(code, 16)]) if code else raw
        if byte < b"\x80":
            return match[0]
        return b"{\\uc1\\u%d?}" % ord(byte.decode(encoding, "replace"))

    return _LETTER.sub(written, data)


def _encoding(data: bytes) -> str:
    page = _CODE_PAGE.search(data[:4096])
    if _CENTRAL_EUROPEAN in data[:65536] or page is None or page[1] == b"1250":
        return "cp1250"
    try:
        b"".decode(f"cp{page[1].decode()}")
    except LookupError:
        return "cp1252"
    return f"cp{page[1].decode()}"
