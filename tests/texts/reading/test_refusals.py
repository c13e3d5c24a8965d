"""Bad files: each is refused with its reason, quickly, or read; nothing else ever comes out."""

import contextlib
import os
import signal
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from texts.reading.building import archive, centred, drawn_pdf, outline, paragraph, pdf_file, word_file, word_part

from participation.texts.provisions import Unreadable
from participation.texts.reading import read_draft
from participation.texts.reading.documents import read_document
from participation.texts.reading.pandoc import read_with_pandoc

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCX = word_file(centred("1. člen") + paragraph("Besedilo odloka."))
LOCKED_MANIFEST = '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
LOCKED_ODT = archive(
    {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": LOCKED_MANIFEST}
)
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)


def locked_pdf() -> bytes:
    """A PDF whose standard security handler wants a password nobody has."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for at, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (at, content)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<41><41>] >>\nstartxref\n%d\n%%%%EOF\n"
    return data + table + trailer % len(data)


def overlapping(entries: int = 150, size: int = 900_000) -> bytes:
    """An archive whose entries all unpack the same few bytes; zipfile opens it without a word."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = b"a" * size
    packed = packer.compress(content) + packer.flush()
    check = zlib.crc32(content)
    first = b"word/document.xml"
    header = (20, 0, 8, 0, 0, check, len(packed), size, len(first), 0)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", *header) + first + packed
    directory = b""
    for at in range(entries):
        name = (first, b"[Content_Types].xml")[at] if at < 2 else b"%06d" % at
        fields = (20, 20, 0, 8, 0, 0, check, len(packed), size, len(name), 0, 0, 0, 0, 0, 0)
        directory += struct.pack("<4s6H3I5H2I", b"PK\1\2", *fields) + name
    return (
        local + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, entries, entries, len(directory), len(local), 0)
    )


def with_encrypted_flag(data: bytes) -> bytes:
    at = data.rindex(b"PK\1\2")
    return data[: at + 8] + b"\x01" + data[at + 9 :]


BAD = {
    "empty": (b"", "o.docx", "empty", ""),
    "only white space": (b" \r\n\t", "o.txt", "empty", ""),
    "locked word file": (OLE + "EncryptedPackage".encode("utf-16-le"), "o.docx", "encrypted", ""),
    "locked entry": (with_encrypted_flag(DOCX), "o.docx", "encrypted", ""),
    "locked odt": (LOCKED_ODT, "o.odt", "encrypted", ""),
    "locked pdf": (locked_pdf(), "o.pdf", "encrypted", ""),
    "old word": (OLE, "o.doc", "old_word", ""),
    "old word with a new name": (OLE, "o.docx", "old_word", ""),
    "half a word file": (DOCX[: len(DOCX) // 2], "o.docx", "truncated", ""),
    "word file without its end": (DOCX[:-10], "o.docx", "truncated", ""),
    "half a pdf": (pdf_file("Besedilo odloka.")[:3000], "o.pdf", "truncated", ""),
    "half an rtf": (rb"{\rtf1\ansi Besedilo", "o.rtf", "truncated", ""),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "o.docx", "mislabelled", ""),
    "program": (b"MZ\x90\0" + bytes(200), "o.pdf", "mislabelled", ""),
    "word file called pdf": (DOCX, "o.pdf", "mislabelled", ""),
    "page called text": (b"<!DOCTYPE html><html><p>a</p></html>", "o.txt", "mislabelled", ""),
    "zip with a program": (archive({"setup.exe": b"MZ"}), "o.docx", "mislabelled", ""),
    "text with zeros": (b"abc\0def", "o.txt", "mislabelled", ""),
    "spreadsheet": (DOCX, "o.xlsx", "unknown_format", ""),
    "no extension": (b"Besedilo", "osnutek", "unknown_format", ""),
    "bomb": (archive({"word/document.xml": bytes(210 << 20)}), "o.docx", "zip_bomb", "size"),
    "thin bomb": (archive({"word/document.xml": bytes(40 << 20)}), "o.docx", "zip_bomb", "ratio"),
    "overlapping bomb": (overlapping(), "o.docx", "zip_bomb", "overlap"),
    "nested bomb": (archive({"word/document.xml": "a", "inner.zip": "a"}), "o.docx", "zip_bomb", "nested"),
    "a way out": (archive({"../../etc/passwd": "a"}), "o.docx", "zip_bomb", "names"),
    "many entries": (archive({str(at): "" for at in range(2001)}), "o.docx", "zip_bomb", "entries"),
    "entities": (
        archive({"[Content_Types].xml": "", "word/document.xml": ENTITIES}),
        "o.docx",
        "zip_bomb",
        "entities",
    ),
    "entities in another part": (
        archive({"[Content_Types].xml": "", "word/document.xml": "<a/>", "word/styles.xml": ENTITIES}),
        "o.docx",
        "zip_bomb",
        "entities",
    ),
    "entities in utf-16": (
        archive({"[Content_Types].xml": "", "word/document.xml": ENTITIES.encode("utf-16")}),
        "o.docx",
        "zip_bomb",
        "entities",
    ),
    "word file without text": (word_file(paragraph("")), "o.docx", "no_text", ""),
    "nested without end": (
        word_file("<w:p>" + "<w:ins>" * 50_000 + "</w:ins>" * 50_000 + "</w:p>"),
        "o.docx",
        "truncated",
        "nesting",
    ),
    "21,000 paragraphs": (("Odstavek.\n\n" * 21_000).encode(), "o.txt", "too_long", ""),
    "six million letters": (b"besedilo " * 700_000, "o.txt", "too_long", ""),
    "over 25 MB": (b"a" * (25 * 1024 * 1024 + 1), "o.txt", "too_large", ""),
}


@pytest.mark.parametrize(("data", "name", "code", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_its_reason(data: bytes, name: str, code: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_draft(data, name)
    assert (refusal.value.code, refusal.value.details.get("reason", "")) == (code, reason)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (word_file("".join(paragraph(f"({at}) Odstavek {at}.") for at in range(10_000))), "o.docx"),
        ("\n\n".join(f"({at}) Odstavek številka {at}." for at in range(10_000)).encode(), "o.txt"),
        ("".join(f"<p>({at}) Odstavek {at}.</p>" for at in range(10_000)).encode(), "o.html"),
    ],
    ids=["docx", "txt", "html"],
)
def test_ten_thousand_paragraphs_are_read(data: bytes, name: str) -> None:
    assert read_draft(data, name).counts["paragraph"] == 10_000


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<html>" + b"<div>" * 100_000 + b"Besedilo." + b"</div>" * 100_000, "o.html"),
        (b"<html>" + b"<ul><li>" * 100_000 + b"Besedilo.", "o.html"),
        (b">" * 100_000 + b" Besedilo.", "o.md"),
        (b"- " * 100_000 + b"Besedilo.", "o.md"),
        (b"{\\rtf1 " + b"{" * 100_000 + b"Besedilo." + b"}" * 100_001, "o.rtf"),
    ],
    ids=["div", "lists", "quotations", "items", "groups"],
)
def test_endless_nesting_still_gives_its_text(data: bytes, name: str) -> None:
    assert [text for _, _, _, text in outline(read_draft(data, name))] == ["Besedilo."]


@pytest.mark.parametrize("text", ["(a\n" * 5_000, "Zakon (Uradni list " * 50_000, "1." * 200_000, "A B " * 100_000])
def test_texts_that_would_make_a_careless_reader_slow_are_read(text: str) -> None:
    assert len(read_draft(text.encode(), "o.txt", seconds=20).provisions) == 1


def test_a_reading_that_takes_too_long_is_ended() -> None:
    page = "".join(f"<p>Odstavek {at}.</p>" for at in range(200_000)).encode()
    with pytest.raises(Unreadable) as refusal:
        read_draft(page, "o.html", seconds=1)
    assert refusal.value.code == "timeout"


def test_a_pandoc_that_takes_too_long_is_ended() -> None:
    page = "".join(f"<p>Odstavek {at}.</p>" for at in range(200_000)).encode()
    with pytest.raises(Unreadable) as refusal:
        read_with_pandoc(page, "html", seconds=0.2)
    assert refusal.value.code == "timeout"


def test_a_reading_that_takes_too_much_memory_is_ended() -> None:
    body = "".join(paragraph(f"Odstavek {at}.") for at in range(60_000))
    with pytest.raises(Unreadable) as refusal:
        read_draft(word_file(body), "o.docx", memory=80 * 1024 * 1024)
    assert refusal.value.code == "too_large"


def test_a_pdf_that_unpacks_into_more_than_the_memory_is_ended() -> None:
    packed = zlib.compress(zlib.compress(b" " * (200 << 20), 9), 9)
    bomb = drawn_pdf(packed, filters=b"/Filter [/FlateDecode /FlateDecode]")
    with pytest.raises(Unreadable) as refusal:
        read_draft(bomb, "o.pdf", memory=150 * 1024 * 1024)
    assert (refusal.value.code, refusal.value.details["reason"]) == ("truncated", "crash")


def readers() -> list[int]:
    """The processes in which this one has a draft read."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"reading.worker" in stat.with_name("cmdline").read_bytes():
                found.append(int(stat.parent.name))
    return found


def test_a_file_that_brings_its_reader_down_is_refused() -> None:
    def break_down(reached: dict[str, object]) -> None:
        if reached["step"] == "read":
            for reader in readers():
                os.kill(reader, signal.SIGSEGV)

    with pytest.raises(Unreadable) as refusal:
        read_draft(pdf_file("Besedilo odloka.\n#pagebreak()\n" * 90), "o.pdf", report=break_down)
    assert (refusal.value.code, refusal.value.details) == ("truncated", {"reason": "crash"})


def test_odd_names_of_files_do_no_harm() -> None:
    reading = read_draft(b"1. clen\n\nBesedilo.", "../\u202etxt.\0" + "a" * 4000 + ".txt")
    assert len(reading.provisions) == 2


def test_the_reading_comes_back_whole_from_its_process() -> None:
    data = word_file(centred("1. člen") + paragraph("(1) Besedilo, ki je za vse."))
    assert read_draft(data, "o.docx") == read_document(data, "o.docx")


def test_a_file_knows_nothing_of_the_secrets_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    assert read_draft(DOCX, "o.docx").counts["article"] == 1


def test_importing_the_reader_loads_no_parser() -> None:
    code = (
        "import sys, types; package = types.ModuleType('participation'); package.__path__ = ['participation'];"
        "sys.modules['participation'] = package; import participation.texts.reading;"
        "print(sorted({'pypdfium2', 'pypandoc', 'flask', 'xml.etree.ElementTree'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout == "[]\n"


def test_a_part_in_an_unheard_of_encoding_is_refused() -> None:
    hidden = '<?xml version="1.0" encoding="cp037"?>' + word_part("document", "").partition("?>")[2]
    with pytest.raises(Unreadable) as refusal:
        read_draft(archive({"[Content_Types].xml": "", "word/document.xml": hidden}), "o.docx")
    assert (refusal.value.code, refusal.value.details["reason"]) == ("zip_bomb", "encoding")
