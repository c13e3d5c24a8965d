"""The PDF of a submission: its words, its structure, its standards, and that nothing typed makes it fail."""

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_text
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
        *(one.name + one.seat for one in SUBMISSION.signatories),
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
    assert bound("V 12. členu, 5. 3. 2026, 30 %, št. 5. Konec") == (
        "V 12.\u00a0členu, 5.\u00a03.\u00a02026, 30\u00a0%, št.\u00a05. Konec"
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
    assert len(across) == 4
    for number in across:
        text = extract_text(BytesIO(data), page_numbers=[number])
        assert [text.count(head) for head in ("Veljavno besedilo", "Predlagano besedilo", "Obrazložitev")] == [
            1,
            1,
            1,
        ]


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
