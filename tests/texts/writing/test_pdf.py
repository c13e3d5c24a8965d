"""The PDF of a submission: its words, its structure, its standards, and that nothing typed makes it fail."""

import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.pdftypes import resolve1
from texts.writing.pdf_reading import opened, pages, signs_of, structure_kinds, words
from texts.writing.samples import POINTS, SUBMISSION, empty, everywhere, large

from participation.texts.markdown import normalise
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
@given(ODD.filter(normalise))
def test_a_document_of_odd_characters_alone_keeps_the_standards(odd: str) -> None:
    assert pdf(everywhere(lambda text: odd)).standard == KEPT


@pytest.mark.parametrize("blank", [" ", "\x1f", "\u2003", "\ufeff"])
def test_a_document_of_blanks_alone_has_no_title_for_the_standards_and_is_made_without_them(blank: str) -> None:
    result = pdf(everywhere(lambda text: blank))
    assert result.standard == "none"
    assert pages(result.data)


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
        "print([name for name in ('typst', 'pypandoc', 'xlsxwriter', 'pypdfium2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
