"""Changes in the formula of the trade."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from texts.acts import sentences

from participation.texts.formulas import (
    edits_of,
    formula_of_addition,
    formula_of_change,
    formula_of_deletion,
    formula_of_move,
    place_of,
)
from participation.texts.provisions import Kind, Provision

TEXT = [
    Provision(Kind.CHAPTER, "I.", 2, "SPLOŠNE DOLOČBE"),
    Provision(Kind.ARTICLE, "12. člen", 4, "(rok)"),
    Provision(Kind.PARAGRAPH, "(1)", 5, "Rok traja trideset dni."),
    Provision(Kind.PARAGRAPH, "(2)", 5, "Organ odgovori v petnajstih dneh in odgovor objavi na spletni strani:"),
    Provision(Kind.INDENT, "–", 6, "pisno,"),
    Provision(Kind.INDENT, "–", 6, "ustno."),
    Provision(Kind.POINT, "1.", 6, "do roka,"),
    Provision(Kind.POINT, "a)", 7, "po roku."),
    Provision(Kind.ARTICLE, "12.a člen", 4, ""),
    Provision(Kind.PARAGRAPH, "", 5, "Odlok velja od jutri. Odlok velja od danes."),
    Provision(Kind.TABLE, "", 5, "leto | znesek"),
]
WITHOUT_ARTICLES = [
    Provision(Kind.SECTION, "2.1", 2, "Cilji"),
    Provision(Kind.PARAGRAPH, "", 5, "Več parkov."),
    Provision(Kind.PARAGRAPH, "", 5, "Več dreves."),
]


@pytest.mark.parametrize(
    ("at", "new", "slovenian", "english"),
    [
        (
            2,
            "Rok traja šestdeset dni.",
            "V prvem odstavku 12. člena se beseda »trideset« nadomesti z besedo »šestdeset«.",
            "In Article 12(1), the word ‘trideset’ is replaced by the word ‘šestdeset’.",
        ),
        (
            2,
            "Rok traja dva meseca.",
            "V prvem odstavku 12. člena se besedi »trideset dni« nadomestita z besedama »dva meseca«.",
            "In Article 12(1), the words ‘trideset dni’ are replaced by the words ‘dva meseca’.",
        ),
        (
            3,
            "Organ odgovori v petnajstih delovnih dneh in odgovor objavi na spletni strani:",
            "V drugem odstavku 12. člena se za besedo »petnajstih« doda beseda »delovnih«.",
            "In Article 12(2), after the word ‘petnajstih’, the word ‘delovnih’ is inserted.",
        ),
        (
            3,
            "Zato organ odgovori v petnajstih dneh in odgovor takoj objavi na spletni strani:",
            "V drugem odstavku 12. člena se beseda »Organ« nadomesti z besedama »Zato organ« "
            "in se za besedama »in odgovor« doda beseda »takoj«.",
            "In Article 12(2), the word ‘Organ’ is replaced by the words ‘Zato organ’ "
            "and after the words ‘in odgovor’, the word ‘takoj’ is inserted.",
        ),
        (
            3,
            "Organ odgovori v petnajstih dneh in odgovor objavi:",
            "V drugem odstavku 12. člena se črta besedilo »na spletni strani«.",
            "In Article 12(2), the words ‘na spletni strani’ are deleted.",
        ),
        (
            3,
            "Organ odgovori v petnajstih dneh, razen poleti, in odgovor objavi na spletni strani:",
            "V drugem odstavku 12. člena se za besedo »dneh« dodata vejica in besedilo »razen poleti,«.",
            "In Article 12(2), after the word ‘dneh’, the comma and the words ‘razen poleti,’ are inserted.",
        ),
        (
            5,
            "ustno;",
            "V drugi alineji drugega odstavka 12. člena se pika nadomesti s podpičjem.",
            "In Article 12(2), second indent, the full stop is replaced by the semicolon.",
        ),
        (
            7,
            "po izteku roka.",
            "V točki a) 1. točke drugega odstavka 12. člena se beseda »roku« nadomesti z besedama »izteku roka«.",
            "In Article 12(2), point (1), point (a), the word ‘roku’ is replaced by the words ‘izteku roka’.",
        ),
        (
            9,
            "Odlok velja od jutri. Odlok začne veljati od danes.",
            "V 12.a členu se besedilo »jutri. Odlok velja« nadomesti z besedilom »jutri. Odlok začne veljati«.",
            "In Article 12a, the words ‘jutri. Odlok velja’ are replaced by the words ‘jutri. Odlok začne veljati’.",
        ),
        (
            1,
            "(roki)",
            "Naslov 12. člena se spremeni tako, da se glasi: »(roki)«.",
            "The title of Article 12 is replaced by the following: ‘(roki)’.",
        ),
        (
            9,
            "Nekaj povsem drugega.",
            "12.a člen se spremeni tako, da se glasi: »Nekaj povsem drugega.«.",
            "Article 12a is replaced by the following: ‘Nekaj povsem drugega.’.",
        ),
        (2, "Rok  traja\ntrideset dni.", "", ""),
    ],
)
def test_a_change_is_said_as_lawyers_say_it(at: int, new: str, slovenian: str, english: str) -> None:
    place = place_of(TEXT, at)
    assert formula_of_change(place, TEXT[at].text, new, "sl") == slovenian
    assert formula_of_change(place, TEXT[at].text, new, "en") == english
    assert formula_of_change(place, TEXT[at].text, new, "hu") == english


@pytest.mark.parametrize(
    ("at", "slovenian", "english"),
    [
        (1, "12. člen se črta.", "Article 12 is deleted."),
        (2, "Prvi odstavek 12. člena se črta.", "Article 12(1) is deleted."),
        (4, "Prva alineja drugega odstavka 12. člena se črta.", "Article 12(2), first indent is deleted."),
        (6, "1. točka drugega odstavka 12. člena se črta.", "Article 12(2), point (1) is deleted."),
        (10, "Tabela 12.a člena se črta.", "Article 12a, table is deleted."),
    ],
)
def test_a_deletion_names_what_goes(at: int, slovenian: str, english: str) -> None:
    assert formula_of_deletion(place_of(TEXT, at), "sl") == slovenian
    assert formula_of_deletion(place_of(TEXT, at), "en") == english


@pytest.mark.parametrize(
    ("at", "slovenian", "english"),
    [
        (
            1,
            "Za 12. členom se doda nov 12.a člen, ki se glasi: »Novo.«.",
            "After Article 12, the following Article 12a is inserted: ‘Novo.’.",
        ),
        (
            8,
            "Za 12.a členom se doda nov 12.b člen, ki se glasi: »Novo.«.",
            "After Article 12a, the following Article 12b is inserted: ‘Novo.’.",
        ),
        (
            3,
            "Za drugim odstavkom 12. člena se doda nov odstavek, ki se glasi: »Novo.«.",
            "After Article 12(2), the following paragraph is inserted: ‘Novo.’.",
        ),
        (
            5,
            "Za drugo alinejo drugega odstavka 12. člena se doda nova alineja, ki se glasi: »Novo.«.",
            "After Article 12(2), second indent, the following indent is inserted: ‘Novo.’.",
        ),
    ],
)
def test_an_addition_says_after_what(at: int, slovenian: str, english: str) -> None:
    assert formula_of_addition(place_of(TEXT, at), "Novo.", "sl") == slovenian
    assert formula_of_addition(place_of(TEXT, at), "Novo.", "en") == english


@pytest.mark.parametrize(
    ("at", "after", "slovenian", "english"),
    [
        (1, 8, "12. člen se prestavi tako, da stoji za 12.a členom.", "Article 12 is moved to follow Article 12a."),
        (
            2,
            3,
            "Prvi odstavek 12. člena se prestavi tako, da stoji za drugim odstavkom 12. člena.",
            "Article 12(1) is moved to follow Article 12(2).",
        ),
        (
            5,
            7,
            "Druga alineja drugega odstavka 12. člena se prestavi tako, "
            "da stoji za točko a) 1. točke drugega odstavka 12. člena.",
            "Article 12(2), second indent is moved to follow Article 12(2), point (1), point (a).",
        ),
        (8, None, "12.a člen se prestavi na začetek besedila.", "Article 12a is moved to the beginning of the text."),
    ],
)
def test_a_move_says_where_it_stands_then(at: int, after: int | None, slovenian: str, english: str) -> None:
    other = None if after is None else place_of(TEXT, after)
    assert formula_of_move(place_of(TEXT, at), other, "sl") == slovenian
    assert formula_of_move(place_of(TEXT, at), other, "en") == english


def test_where_there_is_no_article_the_section_is_named() -> None:
    place = place_of(WITHOUT_ARTICLES, 2)
    assert formula_of_change(place, "Več dreves.", "Več starih dreves.", "sl") == (
        "V drugem odstavku razdelka »2.1 Cilji« se za besedo »Več« doda beseda »starih«."
    )
    assert formula_of_deletion(place, "en") == "The section ‘2.1 Cilji’, second paragraph is deleted."


def test_a_paragraph_is_named_by_its_printed_number() -> None:
    text = [
        Provision(Kind.SECTION, "3.", 2, "Ukrepi"),
        Provision(Kind.PARAGRAPH, "(8)", 5, "Več parkov."),
        Provision(Kind.PARAGRAPH, "(9)", 5, "Več dreves."),
    ]
    assert formula_of_deletion(place_of(text, 2), "sl") == "Deveti odstavek razdelka »3. Ukrepi« se črta."


@given(sentences, sentences)
def test_the_edits_make_the_new_wording_of_the_old(old: str, new: str) -> None:
    edits = edits_of(old, new)
    if any(one.stop > other.start for one, other in pairwise(edits)):
        return
    made = old
    for edit in reversed(edits):
        assert old[edit.start : edit.stop].strip() == (edit.removed or edit.after)
        made = f"{made[: edit.start]} {edit.after} {edit.added} {made[edit.stop :]}"
    assert "".join(made.split()) == "".join(new.split())


@given(sentences, sentences)
def test_what_is_cited_stands_once(old: str, new: str) -> None:
    for edit in edits_of(old, new):
        cited = edit.removed or edit.after
        assert not cited or old.count(cited) == 1
