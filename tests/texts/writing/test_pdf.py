"""The PDF of a submission: its words, its structure, its standards, and that nothing typed makes it fail."""

import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTPage, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from texts.writing.samples import POINTS, SUBMISSION, empty, everywhere, large

from participation.texts.writing import pdf as pdf_module
from participation.texts.writing.characters import _SHOWN, bound, breakable, shown
from participation.texts.writing.documents import Document
from participation.texts.writing.pdf import pdf
from participation.texts.writing.plain_pdf import plain_pdf

KEPT = "a-2a+ua-1"
ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "😀👨\u200d\u202e\ufeff\x00\x1b\ud800\ue000\U000f0000\ufffe\u0301\u0915\u0943ﷺسلام中文שלום\u00ad#$*`_\\]["
        ),
    ),
    min_size=1,
    max_size=40,
)


def opened(data: bytes) -> PDFDocument:
    return PDFDocument(PDFParser(BytesIO(data)))


def words(data: bytes) -> list[str]:
    return extract_text(BytesIO(data)).replace("\u00a0", " ").replace("\u00ad\n", "").replace("\u00ad", "-").split()


def signs_of(data: bytes) -> set[str]:
    """The characters that the embedded fonts can be read back as; quicker than reading all pages."""
    document = opened(data)
    objects = [document.getobj(number) for xref in document.xrefs for number in xref.get_objids()]
    streams = [entry.get_data() for entry in objects if isinstance(entry, PDFStream)]
    maps = [stream for stream in streams if b"begincmap" in stream]
    codes = [code for entry in maps for code in re.findall(rb"<[0-9a-fA-F]+>\s*<([0-9a-fA-F]+)>", entry)]
    return set("".join(bytes.fromhex(code.decode()).decode("utf-16-be", "replace") for code in codes))


def pages(data: bytes) -> list[tuple[float, float]]:
    return [tuple(page.mediabox[2:]) for page in PDFPage.create_pages(opened(data))]


@pytest.fixture(scope="module")
def made() -> bytes:
    result = pdf(SUBMISSION)
    assert result.standard == KEPT
    return result.data


def test_every_word_of_the_submission_is_printed(made: bytes) -> None:
    printed = "".join(words(made))
    for text in [
        SUBMISSION.title,
        SUBMISSION.subject,
        *SUBMISSION.addressees,
        *SUBMISSION.summary,
        SUBMISSION.fingerprint,
        SUBMISSION.address,
        *(text for one in SUBMISSION.signatories for text in (one.name, one.seat, one.area)),
        "Posebej poudarjamo 2. točko.",
        "Pogoj sedeža naj ostane, a naj traja eno leto.",
        "Javni razpis se objavi najmanj 30 dni",
        "Objava krepi zaupanje in zmanjša število pritožb:",
        "Javnost mora imeti za odziv na predlog predpisa od 30 do 60 dni.",
    ]:
        assert "".join(text.split()) in printed


def test_the_pdf_is_tagged_and_says_its_language_and_title(made: bytes) -> None:
    catalogue = opened(made).catalog
    assert catalogue["Lang"] == b"sl"
    assert resolve1(catalogue["StructTreeRoot"])["Type"].name == "StructTreeRoot"
    assert resolve1(catalogue["MarkInfo"])["Marked"] is True
    assert resolve1(catalogue["ViewerPreferences"])["DisplayDocTitle"] is True


def test_the_pdf_declares_both_standards(made: bytes) -> None:
    metadata = resolve1(opened(made).catalog["Metadata"]).get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_the_table_of_points_is_a_table_with_header_cells(made: bytes) -> None:
    kinds = structure_kinds(resolve1(opened(made).catalog["StructTreeRoot"]))
    assert (kinds.count("Table"), kinds.count("TH"), kinds.count("TD")) == (1, 6, 18)
    assert (kinds.count("H1"), kinds.count("H2")) == (1, 6)


def structure_kinds(element: object) -> list[str]:
    element = resolve1(element)
    if isinstance(element, list):
        return [kind for child in element for kind in structure_kinds(child)]
    if not isinstance(element, dict):
        return []
    own = [element["S"].name] if "S" in element else []
    return own + structure_kinds(element.get("K", []))


def test_the_letter_stands_upright_and_the_table_across(made: bytes) -> None:
    assert [width < height for width, height in pages(made)] == [True, False, True]


def test_pages_are_numbered(made: bytes) -> None:
    text = " ".join(words(made))
    assert [f"Stran {number} od 3" in text for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_the_same_document_makes_the_same_bytes(made: bytes) -> None:
    assert pdf(SUBMISSION).data == made


def test_a_document_with_next_to_nothing_in_it() -> None:
    result = pdf(empty())
    assert result.standard == KEPT
    assert words(result.data) == ["Naslov", "Stran", "1", "od", "1"]


def test_a_document_without_points_has_no_table() -> None:
    result = pdf(replace(SUBMISSION, points=()))
    assert [width < height for width, height in pages(result.data)] == [True] * len(pages(result.data))


@pytest.mark.parametrize(
    "typed",
    [
        '#read("/etc/passwd")',
        "$x^2$ *krepko* _ležeče_ `koda`",
        "]] #] } )",
        "= Naslov\n- točka\n+ ena",
        "\\u{41} @oznaka <oznaka> // opomba /* in */",
        "#import sys: inputs",
        "~ --- ... \"a\" 'b'",
    ],
)
def test_markup_in_a_cell_is_printed_as_it_was_typed(typed: str) -> None:
    document = replace(
        SUBMISSION, points=(replace(POINTS[1], demanded=typed),), title=typed, summary=(typed,), signatories=()
    )
    result = pdf(document)
    assert result.standard == KEPT
    assert "".join(words(result.data)).count("".join(typed.split())) >= 2


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ODD, min_size=20, max_size=40))
def test_odd_characters_in_every_field_keep_the_standards(odds: list[str]) -> None:
    points = tuple(
        replace(
            POINTS[number % 3], number=odd, article=f"a {odd}", existing=odd * 2, demanded=f"{odd} a", reasons=odd
        )
        for number, odd in enumerate(odds)
    )
    document = everywhere(lambda text: f"{text} {' '.join(odds[:5])}{odds[0]}")
    assert pdf(replace(document, points=points)).standard == KEPT


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ODD)
def test_a_document_of_odd_characters_alone_keeps_the_standards(odd: str) -> None:
    assert pdf(everywhere(lambda text: odd)).standard == KEPT


def test_every_character_said_to_be_shown_is_shown_in_roman_bold_and_italic() -> None:
    text = " ".join(shown(sign) for sign in shown_signs())
    document = replace(SUBMISSION, title=text, general=f"{text}\n\n*x {text.replace('*', '')}*", summary=(text,))
    result = pdf(document)
    assert result.standard == KEPT
    assert [sign in signs_of(result.data) for sign in "ЖΩ€"] == [True, True, True]


def test_marks_on_letters_digits_and_signs_of_any_script_are_shown() -> None:
    marks = [sign for sign in shown_signs() if unicodedata.combining(sign)]
    text = " ".join(base + mark for base in "aŽ4…[Ίж≠■" for mark in marks)
    result = pdf(replace(SUBMISSION, title=text, general=f"{text}\n\n**{text}**", summary=(text,)))
    assert result.standard == KEPT
    # Cyrillic and mathematics would have become boxes had the document been made with fewer characters.
    assert [sign in signs_of(result.data) for sign in "ж≠□"] == [True, True, False]


def shown_signs() -> list[str]:
    ranges = [entry.partition("-") for entry in _SHOWN.split()]
    return [chr(code) for first, _, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1)]


def test_what_the_fonts_lack_becomes_a_box() -> None:
    assert shown("Živijo 👩🏽\u200d🌾, 中, \ue000 in ❤\ufe0f!") == "Živijo □, □, □ in □!"


def test_numbers_stay_with_their_words() -> None:
    assert bound("Iz 12. člena, 5. 3. 2026, 30 %, 30 dni, 15 km, 3 danes, št. 5. Konec v občini, a b") == (
        "Iz 12.\u00a0člena, 5.\u00a03.\u00a02026, 30\u00a0%, 30\u00a0dni, 15\u00a0km, 3 danes, št.\u00a05. Konec "
        "v\u00a0občini, a b"
    )


def test_a_word_without_an_end_may_break() -> None:
    assert breakable("kratka beseda " + "a" * 47) == "kratka beseda " + "\u200b".join(["a" * 20, "a" * 20, "a" * 7])


def test_a_document_of_200_points_and_300_signatories() -> None:
    result = pdf(large(200, 300))
    assert result.standard == KEPT
    kinds = structure_kinds(resolve1(opened(result.data).catalog["StructTreeRoot"]))
    # The wording of a heading cell is said once, however often the head is printed.
    assert (kinds.count("TR"), kinds.count("TH"), kinds.count("TD")) == (201, 6, 1200)


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


def page_texts(data: bytes) -> list[str]:
    """The text of each page, words put together again that were divided at the end of a line."""
    texts = [extract_text(BytesIO(data), page_numbers=[number]) for number in range(len(pages(data)))]
    return [re.sub("[\u00ad-]\n", "", text).replace("\u00a0", " ") for text in texts]


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


MM, PAGE = 72 / 25.4, 841.89


def lines_of_first_page(data: bytes) -> list[tuple[str, float, float]]:
    page = next(iter(extract_pages(BytesIO(data))))
    return [(line.get_text().replace("\u00a0", " ").strip(), line.x0, line.y1) for line in lines_of(page)]


def lines_of(page: LTPage) -> list[LTTextLine]:
    boxes = [line for box in page if isinstance(box, LTTextContainer) for line in box]
    return [line for line in boxes if isinstance(line, LTTextLine)]


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


def test_where_typesetting_fails_altogether_the_words_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "SECONDS", 0.0)
    result = pdf(SUBMISSION)
    assert result.standard == "none"
    printed = "".join(words(result.data))
    assert "Ključnezahteve" in printed
    assert "KulturnodruštvoČriček,Vojnik,ČrtZgled,tajnik" in printed


def test_where_only_the_standards_fail_the_layout_remains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(pdf_module.TEMPLATE.parent, tmp_path, dirs_exist_ok=True)
    template = tmp_path / "submission.typ"
    template.write_text(pdf_module.TEMPLATE.read_text() + "\n#text[\U0001f600]\n")
    monkeypatch.setattr(pdf_module, "TEMPLATE", template)
    result = pdf(SUBMISSION)
    assert result.standard == "none"
    assert [width < height for width, height in pages(result.data)] == [True, False, True]


@settings(max_examples=30)
@given(ODD)
def test_the_last_resort_never_fails(odd: str) -> None:
    document: Document = everywhere(lambda text: f"{odd} {text}")
    assert len(pages(plain_pdf(document))) >= 2


def test_nothing_heavy_is_loaded_with_the_writers() -> None:
    code = (
        "import sys, participation.texts.writing.pdf, participation.texts.writing.word, "
        "participation.texts.writing.tables, participation.texts.writing.data;"
        "print([name for name in ('typst', 'pypandoc', 'xlsxwriter', 'pdfminer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
