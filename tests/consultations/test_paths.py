"""How a provision is named on its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from participation.consultations.models.markup import html_of
from participation.consultations.models.paths import LONGEST_PATH, paths_of
from participation.texts.provisions import Kind


@dataclass
class Piece:
    kind: Kind
    level: int
    label: str = ""
    text: str = "Besedilo."


def paths(*pieces: Piece, language: str = "sl") -> list[str]:
    return list(paths_of(pieces, language))


def test_an_act_is_named_by_article_and_number() -> None:
    assert paths(
        Piece(Kind.CHAPTER, 2, "II.", "VSEBINA"),
        Piece(Kind.ARTICLE, 4, "12. člen", "(namen)"),
        Piece(Kind.PARAGRAPH, 5, "(1)"),
        Piece(Kind.PARAGRAPH, 5, "(2)"),
        Piece(Kind.POINT, 6, "a)"),
        Piece(Kind.POINT, 6, "2."),
        Piece(Kind.INDENT, 7, "–"),
        Piece(Kind.INDENT, 7, "–"),
        Piece(Kind.ARTICLE, 4, "13. člen", ""),
    ) == [
        "II. poglavje",
        "12. člen",
        "12. člen, (1)",
        "12. člen, (2)",
        "12. člen, (2), a)",
        "12. člen, (2), 2. točka",
        "12. člen, (2), 2. točka, 1. alineja",
        "12. člen, (2), 2. točka, 2. alineja",
        "13. člen",
    ]


def test_a_paragraph_without_a_number_is_counted_within_its_article() -> None:
    assert paths(
        Piece(Kind.ARTICLE, 4, "1. člen"),
        Piece(Kind.PARAGRAPH, 5),
        Piece(Kind.INDENT, 6, "–"),
        Piece(Kind.PARAGRAPH, 5),
        Piece(Kind.ARTICLE, 4, "2. člen"),
        Piece(Kind.PARAGRAPH, 5),
    ) == [
        "1. člen",
        "1. člen, 1. odstavek",
        "1. člen, 1. odstavek, 1. alineja",
        "1. člen, 2. odstavek",
        "2. člen",
        "2. člen, 1. odstavek",
    ]


def test_the_words_are_those_of_the_draft() -> None:
    pieces = (Piece(Kind.CHAPTER, 2, "II."), Piece(Kind.ARTICLE, 4, "Article 3"), Piece(Kind.PARAGRAPH, 5))
    assert paths(*pieces, language="en") == ["Chapter II", "Article 3", "Article 3, paragraph 1"]
    assert paths(*pieces, language="de")[2] == "Article 3, Absatz 1"


def test_an_unknown_language_falls_back_to_english() -> None:
    assert paths(Piece(Kind.PARAGRAPH, 5), language="xx") == ["paragraph 1"]


def test_numbers_of_an_annex_are_told_from_those_of_the_act() -> None:
    assert paths(
        Piece(Kind.ARTICLE, 4, "1. člen"),
        Piece(Kind.ANNEX, 1, "Priloga 1", "Obrazci"),
        Piece(Kind.ARTICLE, 4, "1. člen"),
        Piece(Kind.PARAGRAPH, 5, "(1)"),
    ) == ["1. člen", "Priloga 1", "Priloga 1, 1. člen", "Priloga 1, 1. člen, (1)"]


def test_headings_of_a_programme_are_named_by_their_words() -> None:
    assert paths(
        Piece(Kind.SECTION, 1, "2.1", "Cilji"),
        Piece(Kind.SECTION, 2, "", "Mladi " + "in stari " * 20),
        Piece(Kind.PARAGRAPH, 5),
    ) == [
        "2.1 Cilji",
        "Mladi in stari in stari in stari in stari in stari in stari in stari…",
        "Mladi in stari in stari in stari in stari in stari in stari in stari…, 1. odstavek",
    ]


def test_a_path_never_outgrows_its_column() -> None:
    deep = [Piece(Kind.POINT, level, "a" * 180) for level in range(1, 12)]
    assert max(len(path) for path in paths(*deep)) == LONGEST_PATH


@pytest.mark.parametrize(
    ("kind", "text", "html"),
    [
        (Kind.PARAGRAPH, "A < B & C", "<p>A &lt; B &amp; C</p>"),
        (Kind.PARAGRAPH, "", ""),
        (Kind.NOTE, "ena\ndve", "<p>ena<br>dve</p>"),
        (
            Kind.TABLE,
            "a | <b>\nc",
            "<table><tbody><tr><td>a</td><td>&lt;b&gt;</td></tr><tr><td>c</td><td></td></tr></tbody></table>",
        ),
    ],
)
def test_markup_is_made_safe(kind: Kind, text: str, html: str) -> None:
    assert html_of(kind, text) == html
