"""The pages of the PDF as a reader meets them: address, summary, table, signatories, bookmarks, running lines."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.pdftypes import resolve1
from texts.writing.pdf_reading import (
    lines_of,
    lines_of_first_page,
    opened,
    page_texts,
    pages,
    signs_of,
    structure_kinds,
)
from texts.writing.samples import POINTS, SUBMISSION, large

from participation.texts.writing.pdf import pdf

KEPT = "a-2a+ua-1"
MM, PAGE = 72 / 25.4, 841.89


@pytest.fixture(scope="module")
def made() -> bytes:
    result = pdf(SUBMISSION)
    assert result.standard == KEPT
    return result.data


def test_the_letter_stands_upright_and_the_table_across(made: bytes) -> None:
    assert [width < height for width, height in pages(made)] == [True, False, True]


def test_pages_are_numbered(made: bytes) -> None:
    text = " ".join(" ".join(page_texts(made)).split())
    assert [f"Stran {number} od 3" in text for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_the_head_of_the_table_is_printed_on_each_of_its_pages() -> None:
    data = pdf(large(30, 0)).data
    across = [number for number, (width, height) in enumerate(pages(data)) if width > height]
    assert len(across) == 5
    for number in across:
        text = extract_text(BytesIO(data), page_numbers=[number])
        assert [text.count(head) for head in ("Veljavno besedilo", "Predlagano besedilo", "Obrazložitev")] == [
            1,
            1,
            1,
        ]


def numbered_words(name: str, count: int) -> str:
    return " ".join(f"{name}{number}" for number in range(count))


def test_a_row_that_fits_on_a_page_is_not_divided() -> None:
    points = [
        replace(POINTS[0], number=str(n), existing="", demanded=numbered_words(f"zahteva{n}x", 20 + 9 * (n % 6)))
        for n in range(1, 25)
    ]
    texts = page_texts(pdf(replace(SUBMISSION, points=tuple(points), summary=())).data)
    found = [[page for page, text in enumerate(texts) if f"zahteva{n}x" in text] for n in range(1, 25)]
    assert [len(pages_of_point) for pages_of_point in found] == [1] * 24
    assert len({pages_of_point[0] for pages_of_point in found}) > 3


def test_a_row_taller_than_a_page_goes_on_under_a_head_of_its_own() -> None:
    tall = replace(POINTS[0], article=numbered_words("oznaka", 400))
    texts = page_texts(pdf(replace(SUBMISSION, points=(tall,), summary=())).data)
    across = [text for text in texts if re.search(r"Predlagano besedilo", text)]
    assert len(across) > 2
    assert {f"oznaka{number}" for number in range(400)} - set(re.findall(r"\w+", " ".join(across))) == set()


def test_a_demand_of_3000_words_stands_in_the_width_of_a_page() -> None:
    long = replace(POINTS[1], demanded=numbered_words("beseda", 3000))
    data = pdf(replace(SUBMISSION, points=(POINTS[0], long))).data
    texts, upright = page_texts(data), [width < height for width, height in pages(data)]
    assert [("V celoti za tabelo" in text, "beseda1" in text) for text in texts][:2] == [
        (False, False),
        (True, False),
    ]
    holding = [number for number, text in enumerate(texts) if re.search(r"beseda\d", text)]
    assert [upright[number] for number in holding] == [True] * len(holding)
    assert 4 <= len(holding) <= 8
    assert "Daljša besedila v celoti" in texts[holding[0]]
    assert set(re.findall(r"beseda\d+", " ".join(texts))) == set(long.demanded.split())


def test_a_provision_that_is_a_table_of_twelve_columns_is_set_as_one() -> None:
    rows = "\n".join(" | ".join(f"c{row}x{column}" for column in range(12)) for row in range(5))
    point = replace(POINTS[0], existing=rows, demanded=rows.replace("c3x7", "nov"))
    result = pdf(replace(SUBMISSION, points=(POINTS[1], point)))
    assert result.standard == KEPT
    kinds = structure_kinds(resolve1(opened(result.data).catalog["StructTreeRoot"]))
    assert (kinds.count("Table"), kinds.count("TH")) == (3, 6 + 2 * 12)
    assert "|" not in "".join(page_texts(result.data))


def test_the_two_columns_of_signatories_are_alike_and_in_order() -> None:
    data = pdf(replace(large(3, 20), annexes=())).data
    columns: list[list[int]] = [[], []]
    for line in lines_of(list(extract_pages(BytesIO(data)))[-1]):
        found = re.match(r"(\d+)\.\s", line.get_text())
        if found:
            columns[line.x0 > 300].append(int(found[1]))
    assert (sorted(columns[0] + columns[1]), max(columns[0]) < min(columns[1])) == (list(range(1, 21)), True)
    assert abs(len(columns[0]) - len(columns[1])) <= 4


def test_bookmarks_lead_to_the_parts_the_points_and_the_areas(made: bytes) -> None:
    outlines = [(level, title.replace("\u00a0", " ")) for level, title, *_ in opened(made).get_outlines()]
    assert outlines == [
        (1, SUBMISSION.title),
        (2, "Ključne zahteve"),
        (2, "Splošne pripombe"),
        (2, "Pripombe po členih"),
        (3, "1 4. člen, drugi odstavek"),
        (3, "2 7. člen"),
        (3, "3 11. člen, tretja alineja"),
        (2, "Seznam podpisnic"),
        (3, "Obsotelje in Kozjansko"),
        (3, "Celjsko"),
        (3, "Spodnja Savinjska dolina"),
        (3, "Zgornja Savinjska dolina"),
        (2, "Ločena mnenja"),
        (2, "Priloge"),
    ]


def test_the_address_stands_in_the_window_of_an_envelope(made: bytes) -> None:
    places = {text: (left / MM, (PAGE - top) / MM) for text, left, top in lines_of_first_page(made)}
    for line in SUBMISSION.addressees[0].split("\n"):
        left, below = places[line]
        assert 20 < left < 30
        assert 45 < below < 85
    # The letter itself begins under the window.
    assert [below > 90 for text, (_, below) in places.items() if text.startswith("Zadeva:")] == [True]


def test_the_running_title_is_on_every_page_but_the_first(made: bytes) -> None:
    heads = ["Skupno stališče nevladnih organizacij o osnutku Odloka o …" in text for text in page_texts(made)]
    assert heads == [False, True, True]


def test_the_summary_names_the_points_and_their_pages(made: bytes) -> None:
    first = " ".join(page_texts(made)[0].split())
    assert [f"gl. št. {number}" in first for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert first.count("str. 2") == 3


def test_right_to_left_words_are_printed_in_their_letters() -> None:
    result = pdf(replace(SUBMISSION, points=(replace(POINTS[1], reasons="Beseda שלום in سَلام v stavku."),)))
    assert result.standard == KEPT
    assert set("שלוםسلام") <= signs_of(result.data)
    assert "□" not in signs_of(result.data)


def test_the_fonts_are_in_the_file(made: bytes) -> None:
    names = {name.partition(b"+")[2] for name in re.findall(rb"/BaseFont\s*/([\w+-]+)", made)}
    assert {b"SoglasjeSerif-Regular", b"SoglasjeSerif-Semibold", b"SoglasjeSans-Regular"} <= names


def test_the_language_of_the_letter_says_where_words_divide() -> None:
    words_of_point = "Representativeness straightforwardly characteristically " * 8
    point = replace(POINTS[1], reasons=words_of_point)
    divided = {}
    for language in ("en", "sl"):
        data = pdf(replace(SUBMISSION, language=language, points=(point,))).data
        assert opened(data).catalog["Lang"] == language.encode()
        divided[language] = set(re.findall(r"straigh\w+(?=-\n)", extract_text(BytesIO(data))))
    assert divided == {"en": {"straightfor"}, "sl": {"straightforwar", "straight"}}


def test_texts_longer_than_a_page_lose_nothing() -> None:
    words_of = [
        " ".join(f"{name}{number}" for number in range(800)) for name in ("razlog", "izjava", "splošno", "ločeno")
    ]
    document = replace(
        SUBMISSION,
        general=words_of[2],
        points=(replace(POINTS[0], reasons=words_of[0]),),
        signatories=(replace(SUBMISSION.signatories[0], statement=words_of[1]),),
        dissent=(replace(SUBMISSION.dissent[0], statement=words_of[3]),),
    )
    printed = set(re.findall(r"\w+", extract_text(BytesIO(pdf(document).data)).replace("\u00ad\n", "")))
    assert {word for text in words_of for word in text.split()} - printed == set()
