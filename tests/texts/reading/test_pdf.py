"""PDFs as typst sets them: columns, running heads, notes, hyphens, marks beside the text; and as others draw them."""

import pytest
from texts.reading.building import codes, drawn_pdf, outline, pdf_file, written

from participation.texts.provisions import Kind, Unreadable
from participation.texts.reading.documents import read_document

ARTICLES = """
#set text(lang: "sl", hyphenate: true, size: 11pt)
#set par(justify: true)
#place(top + center, scope: "parent", float: true)[#text(16pt, weight: "bold")[ODLOK \\ o mladini v Občini Zgled]]
#for n in range(1, 10) [
  #align(center)[*#n. člen* \\ (naslov člena #n)]

  (1) Občina zagotavlja pogoje za delovanje mladinskih organizacij in njihovo vključevanje v odločanje na vseh
  ravneh, kolikor to dopuščajo proračunska sredstva#if n == 2 [#footnote[Opomba k drugemu členu.]] v tekočem letu.

  (2) Mladinske organizacije sodelujejo pri pripravi:
  - letnih programov dela in načrtov prostorov za mladinske dejavnosti v občini,
  - poročil.
]
"""
PARAGRAPH = (
    "Občina zagotavlja pogoje za delovanje mladinskih organizacij in njihovo vključevanje v odločanje na vseh "
    "ravneh, kolikor to dopuščajo proračunska sredstva v tekočem letu."
)


def page(columns: int) -> str:
    return (
        f'#set page(paper: "a5", columns: {columns}, header: [Občina Zgled #h(1fr) predlog], '
        "footer: context [#h(1fr) Stran #counter(page).display() od 9])"
    )


@pytest.mark.parametrize("columns", [1, 2])
def test_an_act_is_read_in_order_whole_and_without_running_heads(columns: int) -> None:
    reading = read_document(pdf_file(page(columns) + ARTICLES), "o.pdf")
    expected = []
    for number in range(1, 10):
        cited = PARAGRAPH.replace("sredstva", "sredstva[1]") if number == 2 else PARAGRAPH
        expected += [("article", f"{number}. člen", 4, f"(naslov člena {number})"), ("paragraph", "(1)", 5, cited)]
        expected += [("note", "1", 6, "Opomba k drugemu členu.")] if number == 2 else []
        expected += [
            ("paragraph", "(2)", 5, "Mladinske organizacije sodelujejo pri pripravi:"),
            ("indent", "–", 6, "letnih programov dela in načrtov prostorov za mladinske dejavnosti v občini,"),
            ("indent", "–", 6, "poročil."),
        ]
    assert reading.title == "ODLOK o mladini v Občini Zgled"
    assert outline(reading) == expected
    assert codes(reading) == ["repeated_lines_dropped"]


def test_a_provision_says_on_which_page_it_begins() -> None:
    reading = read_document(pdf_file("= Odlok\n1. člen\n\nPrvi.\n#pagebreak()\n2. člen\n\nDrugi."), "o.pdf")
    assert [one.place for one in reading.provisions if one.kind is Kind.ARTICLE] == ["page 1", "page 2"]


def test_a_pdf_without_letters_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_document(pdf_file("#rect(width: 5cm, height: 5cm)"), "o.pdf")
    assert refusal.value.code == "no_text"


def test_words_with_figures_among_their_letters_are_not_trusted() -> None:
    guessed = "Na podlagi 6etrtega odstavka 31. elena je Ob6inski svet ob6ine sprejel ta sk1ep o p1akatiranju. " * 6
    reading = read_document(pdf_file(guessed.replace("6e", "č6e")), "o.pdf")
    assert [code for code in codes(reading) if code == "scan_suspected"] == ["scan_suspected"]


def test_a_blank_page_is_passed_over() -> None:
    made = pdf_file("1. člen\n\nPark je zelena površina.\n\n#pagebreak()\n#pagebreak()\n2. člen\n\nRok je 30 dni.")
    reading = read_document(made, "odlok.pdf")
    assert [(one.label, one.place) for one in reading.provisions if one.kind is Kind.ARTICLE] == [
        ("1. člen", "page 1"),
        ("2. člen", "page 3"),
    ]


def texts(data: bytes) -> list[str]:
    return [text for _, _, _, text in outline(read_document(data, "odlok.pdf"))]


def test_a_table_is_read_row_by_row_and_in_a_row_cell_by_cell() -> None:
    rows = [
        ("Veljavno", "Predlagano", "Razlog"),
        ("Rok za pripombe je petnajst dni od objave predpisa.", "Rok je trideset dni.", "Društva ne utegnejo."),
        ("Park je odprt.", "Park je odprt ponoči in podnevi, vse dni v letu.", "Ljudje delajo."),
    ]
    cells = "".join(f"[{cell}]" for row in rows for cell in row)
    made = pdf_file(
        f"#set page(width: 12cm)\nUvodno besedilo.\n#table(columns: 3, {''.join(cells).replace('][', '],[')})"
    )
    read = " ".join(texts(made)).split()
    assert read == ["Uvodno", "besedilo.", *" ".join(cell for row in rows for cell in row).split()]


def test_a_page_that_the_file_turns_is_read_as_it_is_looked_at() -> None:
    first = written("Park je zelena površina v mestu.", 100, 60, turned=True)
    second = written("Rok za pripombe je trideset dni.", 160, 60, turned=True)
    assert texts(drawn_pdf(second + first, page=b"/Rotate 90")) == [
        "Park je zelena površina v mestu.",
        "Rok za pripombe je trideset dni.",
    ]


def test_a_line_drawn_out_of_order_is_put_together() -> None:
    pieces = (
        written("površina v mestu.", 153, 700)
        + written("Rok je 30 dni.", 72, 600)
        + written("Park je zelena", 72, 700)
    )
    assert texts(drawn_pdf(pieces)) == ["Park je zelena površina v mestu.", "Rok je 30 dni."]


def test_what_is_written_across_every_page_is_furniture() -> None:
    across = b"BT /F 60 Tf 0.7 0.7 -0.7 0.7 150 250 Tm (OSNUTEK) Tj ET\n"
    made = drawn_pdf(
        across + written("Park je zelena površina.", 72, 700), across + written("Rok je trideset dni.", 72, 700)
    )
    assert texts(made) == ["Park je zelena površina.", "Rok je trideset dni."]


def test_a_hyphen_that_the_text_writes_elsewhere_is_kept_at_the_end_of_a_line() -> None:
    lines = ["Svet sprejme okoljsko-podnebni nacrt in okoljsko-", "podnebni program ter pro-", "racun."]
    made = drawn_pdf(b"".join(written(line, 72, 700 - 13 * at) for at, line in enumerate(lines)))
    assert texts(made) == ["Svet sprejme okoljsko-podnebni nacrt in okoljsko-podnebni program ter proracun."]


def test_a_file_that_has_fewer_pages_than_it_says_is_not_taken_for_whole() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_document(drawn_pdf(written("Park je zelena površina.", 72, 700), pages=3), "odlok.pdf")
    assert (refusal.value.code, refusal.value.details) == ("truncated", {"page": "2"})
