"""Draft files as people and attackers make them, each of a few lines."""

from __future__ import annotations

import io
import struct
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
ACT = """Odlok o parkih

1. člen
(namen)

Ta odlok ureja parke.

2. člen
(pomen izrazov)

(1) Park je zelena površina.

(2) Drevo je drevo.
"""
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048
ENCRYPTED = OLD_WORD + "EncryptedPackage".encode("utf-16-le")


def docx(*paragraphs: str) -> bytes:
    """A Word file; a paragraph is the XML of its runs, or plain words."""
    body = "".join(
        f"<w:p>{one if one.startswith('<') else f'<w:r><w:t>{one}</w:t></w:r>'}</w:p>" for one in paragraphs
    )
    return archive(f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode())


def archive(document: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", CONTENT_TYPES)
        parts.writestr("_rels/.rels", RELATIONSHIPS)
        parts.writestr("word/document.xml", document)
    return made.getvalue()


def tracked(times: int) -> bytes:
    """Every paragraph with a deleted and an inserted word."""
    change = (
        '<w:r><w:t xml:space="preserve">Občina </w:t></w:r>'
        '<w:del w:id="1" w:author="A"><w:r><w:delText>lahko </w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t>mora</w:t></w:r></w:ins>'
        "<w:r><w:t> odgovoriti na vsako pripombo.</w:t></w:r>"
    )
    return docx("Odlok o pripombah", "1. člen", *[change] * times)


def bomb() -> bytes:
    """A few hundred kilobytes that unpack into 200 megabytes."""
    return archive(b"<w>" + b" " * (200 * 1024 * 1024) + b"</w>")


def overlapping_bomb() -> bytes:
    """Many names in the directory for one and the same packed content, which `zipfile` accepts."""
    good = docx("Kratko besedilo.")
    with zipfile.ZipFile(io.BytesIO(good)) as parts:
        start = parts.start_dir
        info = parts.getinfo("word/document.xml")
    directory = good[start : good.rindex(b"PK\x05\x06")]
    entry = directory[directory.rindex(b"PK\x01\x02") :]
    copies = b"".join(entry.replace(b"word/document.xml", b"word/%012d" % number) for number in range(200))
    assert info.filename.encode() in entry
    count = 3 + 200
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory) + len(copies), start, 0)
    return good[:start] + directory + copies + end


def blank_pdf() -> bytes:
    """A page without one word, as a scan is."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 4\n0000000000 65535 f \n%strailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(made),
    )
