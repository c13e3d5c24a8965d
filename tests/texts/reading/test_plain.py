"""Plain text: lines that were wrapped by hand are joined, and no word is lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from texts.reading.building import outline

from participation.texts.provisions import Unreadable
from participation.texts.reading.blocks import tidy
from participation.texts.reading.documents import make_reading
from participation.texts.reading.plain import read_plain

WRAPPED = """1. člen
(obveščanje javnosti o
pripravi programa)
(1) Agencija objavi sklep o pripravi
programa na spletni strani in v glasilu, ki izhaja v razvojni
regiji.
(2) Program vsebuje:
-
analizo stanja z dne 18.
1. 2012 in opis potencialov;
-
načrt ukrepov
(v nadaljnjem besedilu:
načrt).
Ukrepi se izvajajo skladno z zakonom in
12. členom uredbe.
2. člen
Uredba velja naslednji dan po objavi v uradnem listu države.
"""


def blocks(text: str, encoding: str = "utf-8") -> list[str]:
    return [block.text for block in read_plain(text.encode(encoding)).blocks]


def test_wrapped_lines_are_joined_and_paragraphs_kept_apart() -> None:
    assert blocks(WRAPPED) == [
        "1. člen",
        "(obveščanje javnosti o pripravi programa)",
        "(1) Agencija objavi sklep o pripravi programa na spletni strani in v glasilu, ki izhaja v razvojni regiji.",
        "(2) Program vsebuje:",
        "- analizo stanja z dne 18. 1. 2012 in opis potencialov;",
        "- načrt ukrepov (v nadaljnjem besedilu: načrt).",
        "Ukrepi se izvajajo skladno z zakonom in 12. členom uredbe.",
        "2. člen",
        "Uredba velja naslednji dan po objavi v uradnem listu države.",
    ]


def test_a_word_cut_by_a_soft_hyphen_is_whole_again() -> None:
    assert blocks("Društva sodelu\u00ad\njejo pri javno-\nzasebnem partnerstvu.") == [
        "Društva sodelujejo pri javno-zasebnem partnerstvu."
    ]


def test_a_file_with_a_paragraph_a_line_is_not_joined() -> None:
    long = "Društva sodelujejo pri pripravi programov, ki jih sprejme občinski svet na predlog župana, in " * 2
    assert blocks(f"{long}\nbrez pike\n{long}") == [long.strip(), "brez pike", long.strip()]


def test_spaces_that_do_not_break_and_invisible_signs_become_plain() -> None:
    assert blocks("\ufeff12.\u00a0člen\n\nDru\u00adštva\u200b  in\tzavodi\u202e.\x07") == [
        "12. člen",
        "Društva in zavodi.",
    ]


def test_letters_are_composed() -> None:
    assert blocks("c\u030clen o z\u030cupanu") == ["člen o županu"]


def test_the_windows_code_page_is_read_and_doubted() -> None:
    source = read_plain("Župan določi višino članarine.".encode("cp1250"))
    assert [block.text for block in source.blocks] == ["Župan določi višino članarine."]
    assert [doubt.code for doubt in source.doubts] == ["encoding_guessed"]


def test_utf16_is_read_by_its_mark() -> None:
    assert blocks("Župan določi ceno.", "utf-16") == ["Župan določi ceno."]


SIGNS = (
    "1. člen|2.a člen|(1)|(namen)|– |-|a)|1.|18.|»5.a člen|«.|I. DOLOČBE|PRVI DEL|Št. 1/2026|(v nadaljnjem|besedilu:|"
    "PRILOGA|javno-|občina.|\n|\n\n| |\u00ad|\x0c"
)
PIECES = st.sampled_from(SIGNS.split("|"))
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map(" ".join) | st.lists(PIECES).map("".join)


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_no_word_is_lost_and_nothing_but_a_refusal_is_raised(text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        reading = make_reading(read_plain(data), "osnutek.txt")
    except Unreadable:
        return
    read = letters(reading.title + "".join(one.label + one.text for one in reading.provisions))
    words = [word for block in read_plain(data).blocks for word in re.findall(r"\w+", block.text)]
    assert [word for word in words if word not in read] == []


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_the_lines_keep_every_letter(text: str) -> None:
    data = text.encode("utf-8", "replace")
    joined = "".join(block.text for block in read_plain(data).blocks)
    assert letters(joined) == letters(tidy(data.decode().removeprefix("\ufeff")))


def letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))


def test_outline_of_wrapped_text_has_the_title_of_the_article() -> None:
    reading = make_reading(read_plain(WRAPPED.encode()), "uredba.txt")
    assert outline(reading)[0] == ("article", "1. člen", 4, "(obveščanje javnosti o pripravi programa)")
