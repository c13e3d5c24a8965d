"""Public acts that stand beside the repository; what a person counts in them is what is read."""

import json
from functools import cache
from pathlib import Path

import pytest

from participation.texts.provisions import Kind, Reading
from participation.texts.reading import read_draft

TEXTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "texts"
pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="The public acts in ../shared are not here.")

ODLOK, UREDBA, ZMS, ZSRR = "odlok-svet-nvo-odlo1981", "uredba-rrp-ured6106", "zms-zako2614", "zsrr2-zako5801"
ACTS = [
    (f"original/{ODLOK}.txt", ODLOK),
    (f"original/{UREDBA}.txt", UREDBA),
    (f"original/{ZMS}.txt", ZMS),
    (f"original/{ZSRR}.txt", ZSRR),
    *((f"converted/{ODLOK}.{kind}", ODLOK) for kind in ("docx", "odt", "pdf", "html", "md")),
    *((f"converted/{UREDBA}.{kind}", UREDBA) for kind in ("docx", "odt", "pdf", "html", "md")),
    (f"converted/{UREDBA}-brez-slogov.docx", UREDBA),
    *((f"converted/{ZMS}.{kind}", ZMS) for kind in ("html", "md")),
]


@cache
def read(path: str) -> Reading:
    return read_draft((TEXTS / path).read_bytes(), path)


def articles(reading: Reading) -> list[str]:
    return [one.label for one in reading.provisions if one.kind is Kind.ARTICLE]


@pytest.mark.parametrize(("path", "act"), ACTS)
def test_an_act_has_the_articles_chapters_paragraphs_and_indents_a_person_counts(path: str, act: str) -> None:
    expected = json.loads((TEXTS / "expected-structure.json").read_text())[act]
    reading = read(path)
    labels = articles(reading)
    assert reading.language == "sl"
    assert {
        "articles": reading.counts["article"],
        "chapters": reading.counts["chapter"],
        "numbered_paragraphs": sum(
            one.kind is Kind.PARAGRAPH and one.label.startswith("(") for one in reading.provisions
        ),
        "bullets": reading.counts["indent"],
        "duplicate_article_numbers": len(labels) - len(set(labels)),
        "first_article": labels[0],
        "last_article": labels[-1:],
    } == {
        key: expected[key]
        for key in (
            "articles",
            "chapters",
            "numbered_paragraphs",
            "bullets",
            "duplicate_article_numbers",
            "first_article",
            "last_article",
        )
    }


@pytest.mark.parametrize(("path", "act"), [one for one in ACTS if one[0].startswith("converted/")])
def test_a_file_that_prints_its_title_has_it(path: str, act: str) -> None:
    expected = json.loads((TEXTS / "expected-structure.json").read_text())[act]
    assert read(path).title.casefold() == expected["title"].casefold()


def test_all_formats_of_an_act_give_the_same_tree() -> None:
    trees = {
        kind: [(one.kind, one.label, one.level, one.text) for one in read(f"converted/{UREDBA}.{kind}").provisions]
        for kind in ("docx", "odt", "html", "md")
    }
    assert trees["odt"] == trees["docx"]
    assert trees["html"] == trees["docx"]
    assert trees["md"] == trees["docx"]


def test_every_repeated_article_number_of_a_consolidated_act_is_doubted() -> None:
    doubts = [one.details["label"] for one in read(f"original/{ZSRR}.txt").warnings if one.code == "article_repeats"]
    assert doubts == [f"{number}. člen" for number in (15, 16, 17, 18, 22, 23, 24)]


def test_the_numbers_that_word_counts_are_those_a_person_sees_in_word() -> None:
    reading = read("original/uksiem_20220503_en.docx")
    sections = [one.label for one in reading.provisions if one.kind is Kind.SECTION and one.label]
    paragraphs = [one.label for one in reading.provisions if one.kind is Kind.PARAGRAPH and one.label]
    counts = [1, 1, 1, 3, 1, 8, 16, 1, 1, 6, 1, 6, 3, 2, 3]
    assert reading.language == "en"
    assert sections == [f"{number}." for number in range(1, 16)]
    assert paragraphs == [f"{at}.{one}" for at, many in enumerate(counts, 1) for one in range(1, many + 1)]


def test_a_list_that_another_one_begins_anew_goes_on_as_word_prints_it() -> None:
    reading = read("original/uksiem_20220503_en.docx")
    labels = [one.label for one in reading.provisions if one.kind is Kind.POINT]
    assert labels == ["(a)", "(b)", "(a)", "(b)", "(c)", "(d)"]


def test_notes_stand_below_the_provision_that_cites_them() -> None:
    reading = read("original/uksiem_20220503_en.docx")
    notes = [one.label for one in reading.provisions if one.kind is Kind.NOTE]
    assert notes == [str(number) for number in range(1, 14)]


def test_a_scan_with_guessed_letters_is_read_but_not_trusted() -> None:
    reading = read("original/2009_sklep-o-dolocitvi-cene-plakatiranja.pdf")
    assert [one.code for one in reading.warnings if one.code == "scan_suspected"] == ["scan_suspected"]


def test_a_licence_in_unwrapped_markdown_keeps_its_paragraphs_apart() -> None:
    reading = read("original/eupl-1.2-sl.md")
    last_item = next(one for one in reading.provisions if one.text.startswith("pravico podlicenciranja"))
    headings = [one.label for one in reading.provisions if one.kind is Kind.SECTION]
    assert last_item.text == "pravico podlicenciranja dela ali njegovih kopij."
    assert headings == [f"{number}." for number in range(1, 16)]
