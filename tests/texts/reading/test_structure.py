"""What an act's lines become. The drafts are plain text, so that nothing but the words decides."""

from texts.reading.building import codes, outline

from participation.texts.provisions import Reading
from participation.texts.reading.documents import read_document

ORDINANCE = """
Na podlagi 21. člena Statuta Občine Zgled je občinski svet na 3. redni seji dne 4. 5. 2026 sprejel

ODLOK
o mladini v Občini Zgled

I. SPLOŠNE DOLOČBE

1. člen
(vsebina)

(1) Odlok ureja položaj mladih v občini.
(2) Mladi po tem odloku so osebe do:
a) 29. leta, če so redno vpisani:
– na fakulteto,
– v srednjo šolo;
b) 25. leta v drugih primerih.

2.a člen

Občina zagotavlja prostore.
Župan objavi seznam prostorov.

II. KONČNA DOLOČBA

3. člen

Ta odlok začne veljati petnajsti dan po objavi.

Številka: 007-3/2026
Zgled, dne 4. 5. 2026

Županja
Ana Primer
"""


def read(text: str) -> Reading:
    return read_document(text.encode(), "osnutek.txt")


def test_an_ordinance_becomes_a_tree() -> None:
    reading = read(ORDINANCE)
    assert reading.title == "ODLOK o mladini v Občini Zgled"
    assert reading.language == "sl"
    assert outline(reading)[1:] == [
        ("chapter", "I.", 2, "SPLOŠNE DOLOČBE"),
        ("article", "1. člen", 4, "(vsebina)"),
        ("paragraph", "(1)", 5, "Odlok ureja položaj mladih v občini."),
        ("paragraph", "(2)", 5, "Mladi po tem odloku so osebe do:"),
        ("point", "a)", 6, "29. leta, če so redno vpisani:"),
        ("indent", "–", 7, "na fakulteto,"),
        ("indent", "–", 7, "v srednjo šolo;"),
        ("point", "b)", 6, "25. leta v drugih primerih."),
        ("article", "2.a člen", 4, ""),
        ("paragraph", "", 5, "Občina zagotavlja prostore."),
        ("paragraph", "", 5, "Župan objavi seznam prostorov."),
        ("chapter", "II.", 2, "KONČNA DOLOČBA"),
        ("article", "3. člen", 4, ""),
        ("paragraph", "", 5, "Ta odlok začne veljati petnajsti dan po objavi."),
        ("paragraph", "", 1, "Številka: 007-3/2026"),
        ("paragraph", "", 1, "Zgled, dne 4. 5. 2026"),
        ("paragraph", "", 1, "Županja"),
        ("paragraph", "", 1, "Ana Primer"),
    ]


def test_every_provision_stands_below_an_earlier_one_of_a_smaller_level_or_outside() -> None:
    inside = [one for one in outline(read(ORDINANCE)) if one[2] > 1][1:]
    for at, one in enumerate(inside[1:], 1):
        assert any(earlier[2] < one[2] for earlier in inside[:at]) or one[0] == "chapter"


def test_the_preamble_above_the_title_is_kept() -> None:
    assert outline(read(ORDINANCE))[0] == (
        "paragraph",
        "",
        5,
        "Na podlagi 21. člena Statuta Občine Zgled je občinski svet na 3. redni seji dne 4. 5. 2026 sprejel",
    )


def test_a_quoted_article_belongs_to_the_article_that_brings_it_in() -> None:
    reading = read(
        "1. člen\n\nZa 5. členom se doda nov 5.a člen, ki se glasi:\n\n»5.a člen\n(svet)\n\n"
        "(1) Občina ima svet mladih.\n\n5.b člen\n\nSvet ima pet članov.«.\n\n"
        "2. člen\n\nTa odlok velja od objave.\n"
    )
    assert outline(reading) == [
        ("article", "1. člen", 4, ""),
        ("paragraph", "", 5, "Za 5. členom se doda nov 5.a člen, ki se glasi:"),
        ("paragraph", "»5.a člen", 5, "(svet)"),
        ("paragraph", "(1)", 6, "Občina ima svet mladih."),
        ("paragraph", "5.b člen", 5, ""),
        ("paragraph", "", 6, "Svet ima pet članov.«."),
        ("article", "2. člen", 4, ""),
        ("paragraph", "", 5, "Ta odlok velja od objave."),
    ]


def test_new_wording_of_a_point_does_not_end_the_list() -> None:
    reading = read(
        "1. člen\n\nV 3. členu se:\n1. črta beseda »lahko«,\n2. doda nova alineja, ki se glasi:\n"
        "»– mladinski sveti.«,\n3. črta zadnji stavek.\n"
    )
    assert outline(reading)[2:] == [
        ("point", "1.", 6, "črta beseda »lahko«,"),
        ("point", "2.", 6, "doda nova alineja, ki se glasi:"),
        ("paragraph", "", 7, "»– mladinski sveti.«,"),
        ("point", "3.", 6, "črta zadnji stavek."),
    ]


def test_the_tail_of_a_consolidated_act_stands_outside_its_last_article() -> None:
    reading = read(
        "1. člen\n\nZakon ureja zglede.\n\n2. člen\n\nZgledi so javni.\n\n"
        "Zakon o spremembah Zakona o zgledih (Uradni list RS, št. 1/20) vsebuje naslednjo končno določbo:\n\n"
        "»KONČNA DOLOČBA\n\n2. člen\n\nTa zakon velja od objave.«.\n\n"
        "Zakon o zgledih – ZZ-B (Uradni list RS, št. 2/21) vsebuje naslednjo končno določbo:\n\n"
        "»9. člen\n\nTa zakon velja od objave.«.\n"
    )
    assert [(kind, label, level) for kind, label, level, _ in outline(reading)[4:]] == [
        ("section", "", 1),
        ("section", "", 3),
        ("article", "2. člen", 4),
        ("paragraph", "", 5),
        ("section", "", 1),
        ("section", "»9. člen", 3),
        ("paragraph", "", 5),
    ]
    assert [(one.code, one.details) for one in reading.warnings if one.code.startswith("article_")] == [
        ("article_repeats", {"label": "2. člen", "times": "2"})
    ]


def test_a_missing_article_is_doubted_and_an_inserted_one_is_not() -> None:
    reading = read("1. člen\n\nPrvi.\n\n1.a člen\n\nVrinjeni.\n\n4. člen\n\nČetrti.\n")
    assert [one.details for one in reading.warnings if one.code == "article_missing"] == [
        {"missing": "2–3", "before": "4. člen"}
    ]


def test_articles_named_before_their_number_are_known_with_their_titles() -> None:
    reading = read(
        "REGULATION ON YOUTH COUNCILS\n\nCHAPTER I\nGeneral provisions\n\nArticle 1\nSubject matter\n\n"
        "1. This Regulation lays down rules.\n2. It applies to:\n(a) councils;\n(b) bodies as referred to in\n"
        "Article 3 of the Act.\n\nArticle 2\n\nThis Regulation enters into force on the day of its publication.\n"
    )
    assert reading.language == "en"
    assert outline(reading) == [
        ("chapter", "CHAPTER I", 2, "General provisions"),
        ("article", "Article 1", 4, "Subject matter"),
        ("paragraph", "1.", 5, "This Regulation lays down rules."),
        ("paragraph", "2.", 5, "It applies to:"),
        ("point", "(a)", 6, "councils;"),
        ("point", "(b)", 6, "bodies as referred to in Article 3 of the Act."),
        ("article", "Article 2", 4, ""),
        ("paragraph", "", 5, "This Regulation enters into force on the day of its publication."),
    ]


def test_german_and_croatian_acts_are_known() -> None:
    german = read(
        "SATZUNG ÜBER DIE JUGEND\n\n§ 1 Zweck\n\n(1) Die Satzung regelt die Förderung der Jugend in der Stadt.\n"
    )
    croatian = read("PRAVILNIK O RADU\n\nČlanak 1.\n\nOvim se pravilnikom uređuje rad savjeta koji su izabrani.\n")
    assert (german.language, outline(german)[0]) == ("de", ("article", "§ 1", 4, "Zweck"))
    assert (croatian.language, outline(croatian)[0]) == ("hr", ("article", "Članak 1.", 4, ""))


def test_a_sentence_that_names_an_article_or_a_date_is_no_heading_and_no_point() -> None:
    reading = read(
        "1. člen\n\nOdlok se uporablja skladno s prvim odstavkom\n\n2. člena zakona.\n\n"
        "1. januarja 2027 preneha veljati Odlok o zgledih.\n\n12. 5. 2026 se začne razprava.\n"
    )
    assert outline(reading) == [
        ("article", "1. člen", 4, ""),
        ("paragraph", "", 5, "Odlok se uporablja skladno s prvim odstavkom 2. člena zakona."),
        ("paragraph", "", 5, "1. januarja 2027 preneha veljati Odlok o zgledih."),
        ("paragraph", "", 5, "12. 5. 2026 se začne razprava."),
    ]


def test_an_annex_and_the_explanation_end_the_signature() -> None:
    reading = read(ORDINANCE + "\nPRILOGA 1\n\nSeznam prostorov:\n- dom,\n- šola.\n\nOBRAZLOŽITEV\n\nOdlok je nov.\n")
    assert outline(reading)[19:] == [
        ("annex", "PRILOGA 1", 1, ""),
        ("paragraph", "", 5, "Seznam prostorov:"),
        ("indent", "–", 6, "dom,"),
        ("indent", "–", 6, "šola."),
        ("annex", "OBRAZLOŽITEV", 1, ""),
        ("paragraph", "", 5, "Odlok je nov."),
    ]


def test_a_draft_without_articles_says_so() -> None:
    assert codes(
        read(
            "Predlog stališča mreže o podnebju\n\nMreža predlaga, da se ukrepi za društva ohranijo in da so javni.\n"
        )
    ) == ["no_articles"]


def test_a_very_long_paragraph_is_doubted() -> None:
    reading = read("1. člen\n\n" + "Društva sodelujejo pri pripravi programov. " * 200)
    assert [one.details for one in reading.warnings if one.code == "long_provision"] == [
        {"label": "", "characters": "8599"}
    ]


def test_a_file_of_one_line_still_has_something_to_comment_on() -> None:
    assert outline(read("ODLOK O MLADINI")) == [("section", "", 3, "ODLOK O MLADINI")]


def test_counts_name_every_kind() -> None:
    counts = read(ORDINANCE).counts
    assert counts == {
        "part": 0,
        "annex": 0,
        "chapter": 2,
        "section": 0,
        "article": 3,
        "paragraph": 10,
        "point": 2,
        "indent": 2,
        "table": 0,
        "note": 0,
    }


def test_the_reading_as_json_has_the_promised_shape() -> None:
    values = read("1. člen\n\n(1) Odlok velja za vse, ki so v občini.\n").as_json()
    assert list(values) == ["title", "language", "warnings", "counts", "provisions"]
    assert values["provisions"] == [
        {"kind": "article", "label": "1. člen", "level": 4, "text": ""},
        {"kind": "paragraph", "label": "(1)", "level": 5, "text": "Odlok velja za vse, ki so v občini."},
    ]
    assert values["warnings"] == [{"code": "title_missing", "place": "", "details": {}}]
