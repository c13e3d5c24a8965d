"""Which format a file is in. The content decides; the name must agree with it."""

import re
from enum import StrEnum
from pathlib import PurePath

from participation.texts.provisions import Unreadable
from participation.texts.reading.safety import demand_harmless_parts, open_archive, read_part

MAXIMUM_BYTES = 25 * 1024 * 1024


class Format(StrEnum):
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


EXTENSIONS = {
    "docx": Format.DOCX,
    "odt": Format.ODT,
    "rtf": Format.RTF,
    "pdf": Format.PDF,
    "html": Format.HTML,
    "htm": Format.HTML,
    "xhtml": Format.HTML,
    "md": Format.MARKDOWN,
    "markdown": Format.MARKDOWN,
    "txt": Format.PLAIN,
    "text": Format.PLAIN,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = b"application/vnd.oasis.opendocument.text"
_HTML_START = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_TAG = re.compile(r"<[a-z][a-z0-9]*[\s>/]", re.I)


def recognise(data: bytes, filename: str) -> Format:
    """The format of a file that may be read. Raises Unreadable for every other file."""
    if len(data) > MAXIMUM_BYTES:
        raise Unreadable("too_large", bytes=str(len(data)), limit=str(MAXIMUM_BYTES))
    if not data.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf"):
        raise Unreadable("empty")
    extension = PurePath(filename.replace("\\", "/")).suffix.lower().removeprefix(".")
    claimed = EXTENSIONS.get(extension)
    found = _content(data, claimed)
    if claimed is None:
        raise Unreadable("unknown_format", extension=extension[:20])
    if found is not claimed:
        raise Unreadable("mislabelled", extension=extension, found=found.value if found else "")
    return found


def decode(data: bytes) -> tuple[str, str]:
    """The text of a text file, and the encoding it was in."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Slovenian files from before Unicode are nearly all in the Windows code page.
        return data.decode("cp1250", "replace"), "cp1250"


def _content(data: bytes, claimed: Format | None) -> Format | None:
    if data.startswith(b"%PDF-"):
        return Format.PDF
    if data.startswith(_OLE):
        raise Unreadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_word")
    if data.startswith(b"PK"):
        return _archive(data, claimed)
    if data.startswith(b"{\\rtf"):
        return Format.RTF
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    return _text(data, claimed)


def _archive(data: bytes, claimed: Format | None) -> Format | None:
    if claimed not in (Format.DOCX, Format.ODT):
        return None
    archive = open_archive(data)
    names = set(archive.namelist())
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        demand_harmless_parts(archive)
        return Format.DOCX
    if "mimetype" in names and read_part(archive, "mimetype").strip() == _ODT:
        if b"encryption-data" in read_part(archive, "META-INF/manifest.xml"):
            raise Unreadable("encrypted")
        demand_harmless_parts(archive)
        return Format.ODT
    return None


def _text(data: bytes, claimed: Format | None) -> Format | None:
    if claimed not in (Format.HTML, Format.MARKDOWN, Format.PLAIN):
        return None
    text, _ = decode(data)
    looks_like_html = bool(_HTML_START.match(text[:4096]))
    if claimed is Format.HTML:
        return Format.HTML if looks_like_html or _TAG.search(text) else None
    return Format.HTML if looks_like_html else claimed
