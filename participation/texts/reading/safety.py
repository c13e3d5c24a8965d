"""What must be known of an archive and its XML before either is opened.

Python's zipfile believes the central directory: it opens archives whose entries share their
bytes, and so unpacks a few kilobytes into gigabytes. Everything here is judged from the
directory and the local headers, without unpacking.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO

from participation.texts.provisions import Unreadable

MAXIMUM_ENTRIES = 2_000
MAXIMUM_UNPACKED = 200 * 1024 * 1024
MAXIMUM_XML = 50 * 1024 * 1024
MAXIMUM_RATIO = 250
RATIO_MATTERS_FROM = 1024 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_NESTED = re.compile(r"\.(zip|7z|rar|gz|bz2|xz|tar|jar)$", re.IGNORECASE)
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"}


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, after its directory was found harmless. Raises Unreadable."""
    _demand_few_entries(data)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, UnicodeError) as error:
        raise Unreadable("truncated") from error
    entries = archive.infolist()
    _demand_plain_names(entries)
    _demand_bearable_size(entries)
    _demand_separate_entries(data, entries, archive.start_dir)
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One XML part of a checked archive, free of a DTD; empty when it is not there."""
    if name not in archive.NameToInfo:
        return b""
    try:
        with archive.open(name) as part:
            content = part.read(MAXIMUM_XML + 1)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("truncated", part=name) from error
    except Exception as error:  # zlib.error has no common base with the rest.
        raise Unreadable("truncated", part=name) from error
    if len(content) > MAXIMUM_XML:
        raise Unreadable("too_large", part=name)
    demand_no_dtd(content)
    return content


def demand_harmless_parts(archive: zipfile.ZipFile) -> None:
    """Look through every XML part, before a program that reads them all is started."""
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".rdf")):
            read_part(archive, name)


def demand_no_dtd(xml: bytes) -> None:
    """Refuse document types: office files have none, and entities can grow without end."""
    declared = _ENCODING.match(xml.removeprefix(b"\xef\xbb\xbf")[:200].replace(b"\0", b""))
    if declared and declared[1].lower() not in _ENCODINGS:
        raise Unreadable("zip_bomb", reason="encoding")
    # UTF-16 puts a zero between the letters; without the zeros both encodings look alike.
    plain = xml.replace(b"\0", b"") if b"\0" in xml[:4096] else xml
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable("zip_bomb", reason="entities")


def _demand_few_entries(data: bytes) -> None:
    at = data.rfind(_END, max(0, len(data) - 65_535 - _END_SIZE))
    if at < 0 or at + _END_SIZE > len(data):
        raise Unreadable("truncated")
    entries = struct.unpack_from("<H", data, at + 10)[0]
    if entries > MAXIMUM_ENTRIES:
        raise Unreadable("zip_bomb", reason="entries")


def _demand_plain_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAXIMUM_ENTRIES:
        raise Unreadable("zip_bomb", reason="entries")
    if len({entry.filename for entry in entries}) != len(entries):
        raise Unreadable("zip_bomb", reason="duplicate_names")
    for entry in entries:
        name = entry.orig_filename.replace("\\", "/")
        is_link = entry.external_attr >> 16 & 0o170000 == 0o120000
        if is_link or "\0" in name or name.startswith("/") or ".." in name.split("/"):
            raise Unreadable("zip_bomb", reason="names")
        if _NESTED.search(name):
            raise Unreadable("zip_bomb", reason="nested")
        if entry.flag_bits & 0x1:
            raise Unreadable("encrypted")


def _demand_bearable_size(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MAXIMUM_UNPACKED:
        raise Unreadable("zip_bomb", reason="size")
    for entry in entries:
        if entry.file_size < RATIO_MATTERS_FROM:
            continue
        if entry.file_size > MAXIMUM_RATIO * max(entry.compress_size, 1):
            raise Unreadable("zip_bomb", reason="ratio")


def _demand_separate_entries(data: bytes, entries: list[zipfile.ZipInfo], directory: int) -> None:
    """No byte of the archive may belong to two entries."""
    free_from = 0
    for start, end in sorted(_extents(data, entries)):
        if start < free_from:
            raise Unreadable("zip_bomb", reason="overlap")
        free_from = end
    if free_from > directory:
        raise Unreadable("zip_bomb", reason="overlap")


def _extents(data: bytes, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[int, int]]:
    for entry in entries:
        start = entry.header_offset
        if start < 0 or start + _LOCAL_HEADER.size > len(data):
            raise Unreadable("truncated")
        header = _LOCAL_HEADER.unpack_from(data, start)
        if header[0] != b"PK\x03\x04":
            raise Unreadable("truncated")
        name_length, extra_length = header[9], header[10]
        yield start, start + _LOCAL_HEADER.size + name_length + extra_length + entry.compress_size
