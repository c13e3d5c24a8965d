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
# A Unicode letter is followed by a stand-in for old programs, unless the file says it has none.
_LETTER = re.compile(rb"\\u(-?\d+) ?(?:\\'[0-9a-fA-F]{2}|[^\\{}\r\n])?|\\'([0-9a-fA-F]{2})|([\x80-\xff])")
_LETTER_ALONE = re.compile(rb"\\u(-?\d+) ?|\\'([0-9a-fA-F]{2})|([\x80-\xff])")
_NO_STAND_IN = b"\\uc0"
_CENTRAL_EUROPEAN = b"\\fcharset238"


def read_rtf(data: bytes) -> Source:
    """The blocks of an RTF file."""
    if not data.rstrip(b"\0 \t\r\n").endswith(b"}"):
        raise Unreadable("truncated")
    return read_with_pandoc(_NUMBER.sub(b"{", _with_unicode(data)), "rtf")


def _with_unicode(data: bytes) -> bytes:
    encoding = _encoding(data)
    alone = _NO_STAND_IN in data
    # Pandoc swallows a letter after a stand-in that is not written as a code.
    stand_in = b" " if alone else b"\\'3f"

    def written(match: re.Match[bytes]) -> bytes:
        unicode, code, raw = match.groups()
        if unicode:
            return b"\\u" + unicode + stand_in
        byte = bytes([int(code, 16)]) if code else raw
        if byte < b"\x80":
            return match[0]
        return b"\\u%d" % ord(byte.decode(encoding, "replace")) + stand_in

    return (_LETTER_ALONE if alone else _LETTER).sub(written, data)


def _encoding(data: bytes) -> str:
    page = _CODE_PAGE.search(data[:4096])
    if _CENTRAL_EUROPEAN in data[:65536] or page is None or page[1] == b"1250":
        return "cp1250"
    try:
        b"".decode(f"cp{page[1].decode()}")
    except LookupError:
        return "cp1252"
    return f"cp{page[1].decode()}"
