"""What a reading says on its way is true: it counts what there is, and ends where the text ends."""

from __future__ import annotations

import time
from typing import Any

import pytest
from texts.reading.building import converted, paragraph, pdf_file, word_file

from participation.texts.provisions import Reading, Unreadable
from participation.texts.reading import read_draft

ARTICLES = "".join(f"<p>{number}. člen</p><p>Besedilo člena številka {number}.</p>" for number in range(1, 31))
WORD = word_file("".join(paragraph(f"{number}. člen") + paragraph("Besedilo.") for number in range(1, 31)))
PAGES = pdf_file(
    '#set page(paper: "a6")\n' + "\n#pagebreak()\n".join(f"= {n}. člen\nBesedilo." for n in range(1, 13))
)


def told(data: bytes, name: str) -> tuple[list[dict[str, Any]], Reading]:
    heard: list[dict[str, Any]] = []
    reading = read_draft(data, name, report=heard.append)
    return heard, reading


@pytest.mark.parametrize(
    ("data", "name", "kind", "last"),
    [
        (PAGES, "o.pdf", "pdf", {"done": 12, "of": 12, "unit": "page"}),
        (WORD, "o.docx", "docx", {"done": 60, "of": 60, "unit": "paragraph"}),
        (converted(ARTICLES, "odt"), "o.odt", "odt", {"done": 60, "of": 60, "unit": "paragraph"}),
        (ARTICLES.encode(), "o.html", "html", {"done": 60, "of": 60, "unit": "paragraph"}),
        ("1. člen\n\nBesedilo.".encode(), "o.txt", "plain", {"done": 2, "of": 2, "unit": "paragraph"}),
    ],
    ids=["pdf", "docx", "odt", "html", "txt"],
)
def test_every_format_says_how_far_it_is_until_it_is_done(
    data: bytes, name: str, kind: str, last: dict[str, Any]
) -> None:
    heard, reading = told(data, name)
    assert heard[0] == {"step": "recognised", "format": kind}
    read = [one for one in heard if one["step"] == "read"]
    assert read[0] == {"step": "read"}
    assert read[-1] == {"step": "read", **last}
    done = [one["done"] for one in read[1:]]
    assert done == sorted(done)
    structured = [one for one in heard if one["step"] == "structured"][-1]
    assert structured["done"] == structured["of"]
    assert structured["articles"] == reading.counts["article"]
    assert structured["provisions"] >= len(reading.provisions)
    assert heard[-1] == {"step": "doubted", "count": len(reading.warnings)}


def test_a_file_that_is_refused_says_how_far_it_came() -> None:
    heard: list[dict[str, Any]] = []
    with pytest.raises(Unreadable):
        read_draft(b"%PDF-1.4\n" + b"x" * 200, "o.pdf", report=heard.append)
    assert [one["step"] for one in heard] == ["recognised", "read"]


def test_who_is_slow_to_listen_takes_no_time_from_the_reading() -> None:
    def listen(reached: dict[str, Any]) -> None:
        time.sleep(0.7)

    assert read_draft(WORD, "o.docx", seconds=2, report=listen).counts["article"] == 30


def test_a_listener_that_breaks_ends_the_reading() -> None:
    def listen(reached: dict[str, Any]) -> None:
        raise LookupError(reached["step"])

    with pytest.raises(LookupError):
        read_draft(WORD, "o.docx", report=listen)
