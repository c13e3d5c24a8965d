"""The words of a file and the words of its tree, in their order.

Each format is taken apart here in the simplest way there is, so that no mistake of the readers is repeated.
"""

from __future__ import annotations

import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pdfminer.high_level import extract_text
from rapidfuzz.distance import LCSseq

from participation.texts.provisions import Kind, Reading
from participation.texts.reading import read_draft

TEXTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "texts"
pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="The public acts in ../shared are not here.")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD = re.compile(r"\w+")
FILES = [
    "converted/odlok-svet-nvo-odlo1981.docx",
    "converted/odlok-svet-nvo-odlo1981.html",
    "converted/odlok-svet-nvo-odlo1981.md",
    "converted/odlok-svet-nvo-odlo1981.odt",
    "converted/odlok-svet-nvo-odlo1981.pdf",
    "converted/uredba-rrp-ured6106-brez-slogov.docx",
    "converted/uredba-rrp-ured6106.docx",
    "converted/uredba-rrp-ured6106.html",
    "converted/uredba-rrp-ured6106.md",
    "converted/uredba-rrp-ured6106.odt",
    "converted/uredba-rrp-ured6106.pdf",
    "converted/zms-zako2614.html",
    "converted/zms-zako2614.md",
    "original/eupl-1.2-sl.md",
    "original/odlok-svet-nvo-odlo1981.txt",
    "original/uksiem_20220503_en.docx",
    "original/uredba-rrp-ured6106.txt",
    "original/zms-zako2614.txt",
    "original/zsrr2-zako5801.txt",
]
LEAST = {"pdf": 0.99}


def words_of_docx(data: bytes) -> str:
    """The body, and after it the notes, as Word keeps them."""
    pieces = []
    with zipfile.ZipFile(BytesIO(data)) as parts:
        for name in ("word/document.xml", "word/footnotes.xml"):
            if name in parts.namelist():
                paragraphs = ElementTree.fromstring(parts.read(name)).iter(f"{W}p")  # noqa: S314 - official files
                pieces += ["".join(_run(one) for one in paragraph.iter()) for paragraph in paragraphs]
    return "\n".join(pieces)


def _run(one: ElementTree.Element) -> str:
    return (one.text or "") if one.tag == f"{W}t" else " " if one.tag in (f"{W}tab", f"{W}br") else ""


def words_of_odt(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as parts:
        body = next(
            iter(
                ElementTree.fromstring(parts.read("content.xml")).iter(  # noqa: S314 - official files
                    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"
                )
            )
        )
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    return "\n".join("".join(one.itertext()) for one in body.iter() if one.tag in (f"{text}p", f"{text}h"))


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.into = StringIO()
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in ("title", "style", "script")
        self.into.write("\n" if tag in ("p", "li", "h1", "h2", "h3", "h4", "td", "br", "div") else "")

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        self.into.write("" if self.silent else data)


def words_of_html(data: bytes) -> str:
    page = Words()
    page.feed(data.decode())
    return page.into.getvalue()


def words_of_markdown(data: bytes) -> str:
    text = re.sub(r"\A---\n.*?\n---\n", "", data.decode(), flags=re.S)
    return re.sub(r"\]\([^)]*\)", "]", text).replace("\\", "").replace("_", " ")


def words_of_pdf(data: bytes) -> str:
    text = extract_text(BytesIO(data))
    return re.sub(r"(\w)[-\u00ad]\n(\w)", r"\1\2", text)


TAKEN_APART = {
    "docx": words_of_docx,
    "odt": words_of_odt,
    "html": words_of_html,
    "md": words_of_markdown,
    "pdf": words_of_pdf,
    "txt": lambda data: data.decode(),
}


def words_of_tree(reading: Reading) -> list[str]:
    """The notes at the end, where a file has them; the tree has each below what cites it."""
    notes = [one.text for one in reading.provisions if one.kind is Kind.NOTE]
    body = [f"{one.label} {one.text}" for one in reading.provisions if one.kind is not Kind.NOTE]
    return words(" ".join([reading.title, *body, *notes]))


def words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def without_second_title(found: list[str], title: list[str]) -> list[str]:
    """Some programs print the title from the file's properties and again as its first heading; a tree has it once."""
    twice = [*title, *title]
    return found[len(title) :] if found[: len(twice)] == twice else found


@pytest.mark.parametrize("name", FILES)
def test_the_words_of_the_file_are_the_words_of_the_tree(name: str) -> None:
    data, ending = (TEXTS / name).read_bytes(), name.rpartition(".")[2]
    reading = read_draft(data, name)
    in_file = without_second_title(words(TAKEN_APART[ending](data)), words(reading.title))
    in_tree = words_of_tree(reading)
    lost = [
        in_file[op.src_start : op.src_end]
        for op in LCSseq.editops(in_file, in_tree).as_opcodes()
        if op.tag == "delete"
    ]
    assert len(in_file) > 800
    assert LCSseq.similarity(in_file, in_tree) / len(in_file) >= LEAST.get(ending, 0.999), lost
