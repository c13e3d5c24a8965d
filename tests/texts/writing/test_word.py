"""The submission as DOCX and ODT: real styles, a table whose head repeats, the words and nothing but the words."""

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pypandoc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from texts.writing.samples import POINTS, SUBMISSION, empty, everywhere, large

from participation.texts.writing import pandoc_process
from participation.texts.writing.documents import Document
from participation.texts.writing.pandoc_process import WritingFailed
from participation.texts.writing.styles import styles_of
from participation.texts.writing.word import docx, odt

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WRITERS = {"docx": docx, "odt": odt}
ODD = st.text(
    st.one_of(st.characters(), st.sampled_from("😀\u202e\ufeff\x00\x0b\ud800\ue000\ufffe]]>&<\"'سلام中文")),
    min_size=1,
    max_size=30,
)
MARKUP = ["<w:p>&amp;</w:p>", "*a* **b** `c` [d](e)", "# a", "\\newpage $x$", "{=openxml}", "::: div", "| a | b |"]


@pytest.fixture(scope="module", params=["docx", "odt"])
def target(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def write(target: str) -> Callable[[Document], bytes]:
    return WRITERS[target]


def read_back(target: str, data: bytes, folder: Path) -> str:
    """What another program reads from the file, as plain text without line ends."""
    path = folder / f"submission.{target}"
    path.write_bytes(data)
    command = [pypandoc.get_pandoc_path(), "--from", target, "--to", "plain", "--wrap=none", str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def squeezed(text: str) -> str:
    return "".join(text.split())


def part(data: bytes, name: str) -> ElementTree.Element:
    with ZipFile(BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314


def styles_used(data: bytes) -> list[str]:
    return [element.get(f"{W}val", "") for element in part(data, "word/document.xml").iter(f"{W}pStyle")]


def test_the_words_come_back(target: str, write: Callable[[Document], bytes], tmp_path: Path) -> None:
    text = squeezed(read_back(target, write(SUBMISSION), tmp_path))
    for expected in [
        SUBMISSION.title,
        SUBMISSION.subject,
        *SUBMISSION.addressees,
        *SUBMISSION.summary,
        *(one.name for one in SUBMISSION.signatories),
        "Objava krepi zaupanje in zmanjša število pritožb:",
        "Javnost mora imeti za odziv na predlog predpisa od 30 do 60 dni.",
        SUBMISSION.fingerprint,
        SUBMISSION.address,
    ]:
        assert squeezed(expected) in text


def test_the_same_document_makes_the_same_bytes(write: Callable[[Document], bytes]) -> None:
    assert write(SUBMISSION) == write(SUBMISSION)


def test_no_file_in_it_tells_when_it_was_made(write: Callable[[Document], bytes]) -> None:
    with ZipFile(BytesIO(write(SUBMISSION))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        texts = b"".join(archive.read(name) for name in archive.namelist())
    assert set(re.findall(rb"20\d\d-\d\d-\d\dT[\d:]+", texts)) == {b"2026-11-23T00:00:00"}


def test_a_document_with_next_to_nothing_in_it(target: str, write: Callable[[Document], bytes]) -> None:
    content = part(write(empty()), "word/document.xml" if target == "docx" else "content.xml")
    assert "".join(content.itertext()).split() == ["Naslov"]


@pytest.mark.parametrize("typed", MARKUP)
def test_markup_is_written_as_it_was_typed(
    typed: str, target: str, write: Callable[[Document], bytes], tmp_path: Path
) -> None:
    document = replace(SUBMISSION, points=(replace(POINTS[1], demanded=typed),), title=typed)
    command = [pypandoc.get_pandoc_path(), "--from", target, "--to", "json"]
    done = subprocess.run(command, input=write(document), capture_output=True, check=True)
    paragraphs = [squeezed(text) for text in json_paragraphs(json.loads(done.stdout)["blocks"])]
    assert paragraphs.count(squeezed(typed)) == 2


def json_paragraphs(node: object) -> list[str]:
    if isinstance(node, list):
        return [text for child in node for text in json_paragraphs(child)]
    if not isinstance(node, dict):
        return []
    if node["t"] in ("Para", "Plain", "Header"):
        return [inline_text(node["c"])]
    return json_paragraphs(node.get("c", []))


def inline_text(node: object) -> str:
    if isinstance(node, list):
        return "".join(map(inline_text, node))
    if not isinstance(node, dict):
        return ""
    return node["c"] if node["t"] == "Str" else inline_text(node.get("c", []))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ODD)
def test_odd_characters_in_every_field_make_a_file_that_is_well_formed(odd: str) -> None:
    document = everywhere(lambda text: f"{odd} {text} {odd}")
    for data in (docx(document), odt(document)):
        with ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(archive.read(name))  # noqa: S314


def test_the_letter_has_real_styles() -> None:
    used = styles_used(docx(SUBMISSION))
    assert (used.count("Title"), used.count("Heading1"), used.count("Subject")) == (1, 6, 1)
    assert (used.count("Letterhead"), used.count("Addressee"), used.count("BlockText")) == (1, 2, 1)


def test_every_style_that_is_used_is_defined() -> None:
    data = docx(SUBMISSION)
    defined = {style.get(f"{W}styleId") for style in part(data, "word/styles.xml").iter(f"{W}style")}
    assert set(styles_used(data)) - defined == set()


def test_the_head_of_each_table_repeats_and_the_columns_fill_the_page() -> None:
    tables = list(part(docx(SUBMISSION), "word/document.xml").iter(f"{W}tbl"))
    heads = [[row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")] for table in tables]
    assert heads == [[True, False, False, False], [True, *[False] * 9]]
    widths = [sum(int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")) for table in tables]
    assert [abs(width - expected) < 10 for width, expected in zip(widths, (14798, 9186), strict=True)] == [True, True]


def test_every_cell_holds_a_paragraph_as_word_requires() -> None:
    cells = list(part(docx(SUBMISSION), "word/document.xml").iter(f"{W}tc"))
    assert [cell.find(f"{W}p") is None for cell in cells] == [False] * len(cells)


def test_the_table_of_points_stands_across_on_a_page_of_a4() -> None:
    sizes = [
        (size.get(f"{W}w"), size.get(f"{W}h"))
        for size in part(docx(SUBMISSION), "word/document.xml").iter(f"{W}pgSz")
    ]
    assert sizes == [("11906", "16838"), ("16838", "11906"), ("11906", "16838")]


def test_changed_words_are_struck_out_and_underlined() -> None:
    runs = list(part(docx(SUBMISSION), "word/document.xml").iter(f"{W}r"))
    struck = ["".join(run.itertext()) for run in runs if run.find(f"{W}rPr/{W}strike") is not None]
    underlined = ["".join(run.itertext()) for run in runs if run.find(f"{W}rPr/{W}u") is not None]
    assert "".join(struck).startswith("15– prijavitelj")
    assert "".join(underlined) == "30in v\u00a0glasilu"


def test_the_reasons_keep_their_emphasis_and_links_and_show_their_list() -> None:
    cells = list(part(docx(SUBMISSION), "word/document.xml").iter(f"{W}tc"))
    paragraphs = ["".join(paragraph.itertext()) for paragraph in cells[16].iter(f"{W}p")]
    assert paragraphs == [
        "Objava krepi zaupanje in zmanjša število pritožb:",
        "–\u00a0prijavitelji vidijo svoje točke,",
        "–\u00a0občina primerja prijave.",
        "Zgled: https://mreza.example/zgled.",
    ]
    assert ["".join(run.itertext()) for run in cells[16].iter(f"{W}r") if run.find(f"{W}rPr/{W}i") is not None] == [
        "svoje"
    ]
    assert len(list(cells[16].iter(f"{W}hyperlink"))) == 1


def test_running_lines_name_the_network_and_count_the_pages() -> None:
    data = docx(SUBMISSION)
    header = "".join(part(data, "word/header1.xml").itertext())
    footer = part(data, "word/footer1.xml")
    assert header == (
        "Skupno stališče nevladnih organizacij o osnutku Odloka o …  ·  Mreža nevladnih organizacij Vzorčne regije"
    )
    assert "".join(footer.itertext()) == "Stran 1 od 1"
    assert [field.get(f"{W}instr", "").strip() for field in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]


def test_the_language_is_slovenian_and_the_properties_are_ours() -> None:
    data = docx(SUBMISSION)
    assert {lang.get(f"{W}val") for lang in part(data, "word/styles.xml").iter(f"{W}lang")} == {"sl-SI"}
    texts = [element.text for element in part(data, "docProps/core.xml")]
    assert texts[:3] == [SUBMISSION.title, SUBMISSION.subject, SUBMISSION.sender.name]


def test_the_odt_begins_with_its_type_uncompressed() -> None:
    with ZipFile(BytesIO(odt(SUBMISSION))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"


def test_a_document_of_200_points_and_300_signatories(write: Callable[[Document], bytes], target: str) -> None:
    with ZipFile(BytesIO(write(large(200, 300)))) as archive:
        content = archive.read("word/document.xml" if target == "docx" else "content.xml").decode()
    rows = re.findall(r"<w:tr>|<table:table-row[ >]", content)
    # One head a table, and a row for each of the four areas.
    assert len(rows) == 1 + 200 + 1 + 300 + 4


def test_a_writer_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc_process, "SECONDS", 0.0)
    with pytest.raises(WritingFailed):
        docx(SUBMISSION)


def test_rows_are_kept_whole_and_those_taller_than_a_page_are_not() -> None:
    tall = replace(POINTS[0], article="oznaka " * 400)
    document = replace(SUBMISSION, points=(POINTS[1], tall), signatories=())
    rows = list(part(docx(document), "word/document.xml").iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [False, True, False]
    with ZipFile(BytesIO(odt(document))) as archive:
        content = archive.read("content.xml").decode()
    assert re.findall(r'<table:table-row(?: table:style-name="(\w+)")?>', content) == ["WholeRow", "WholeRow", ""]
    assert '<style:style style:name="WholeRow" style:family="table-row">' in content


def test_the_running_title_is_not_on_the_first_page() -> None:
    sections = list(part(docx(SUBMISSION), "word/document.xml").iter(f"{W}sectPr"))
    assert [section.find(f"{W}titlePg") is not None for section in sections] == [True, False, False]
    assert "".join(part(docx(SUBMISSION), "word/header2.xml").itertext()) == ""


def test_each_table_has_a_name() -> None:
    names = [name.get(f"{W}val") for name in part(docx(SUBMISSION), "word/document.xml").iter(f"{W}tblCaption")]
    assert names == ["Pripombe po členih", "Seznam podpisnic"]


def test_the_summary_leads_to_the_points() -> None:
    content = part(docx(SUBMISSION), "word/document.xml")
    marks = {mark.get(f"{W}name") for mark in content.iter(f"{W}bookmarkStart")}
    anchors = [link.get(f"{W}anchor") for link in content.iter(f"{W}hyperlink") if link.get(f"{W}anchor")]
    assert anchors == ["point-0", "point-1", "point-2"]
    assert set(anchors) <= marks
    paragraphs = ["".join(paragraph.itertext()) for paragraph in content.iter(f"{W}p")]
    assert "Rok za prijavo na razpis naj traja najmanj 30\u00a0dni (4.\u00a0člen). (gl. št.\u00a01)" in paragraphs


def test_long_texts_stand_after_the_table_and_lose_nothing(
    write: Callable[[Document], bytes], target: str, tmp_path: Path
) -> None:
    long = replace(POINTS[1], demanded=" ".join(f"beseda{number}" for number in range(3000)))
    text = read_back(target, write(replace(SUBMISSION, points=(POINTS[0], long))), tmp_path)
    table, found, after = text.partition("Daljša besedila v\u00a0celoti")
    assert found
    assert ("beseda7" in table, "V\u00a0celoti za tabelo" in table) == (False, True)
    assert re.findall(r"beseda\d+", after) == long.demanded.split()


TABLE = "Ukrep | Leto | Nosilec | Sredstva\nDnevni center | 2034 | občina | 8 %\nPrevozi | 2030 | regija"


def test_a_provision_that_is_a_table_is_written_as_one() -> None:
    point = replace(POINTS[0], existing=TABLE, demanded=TABLE.replace("2034", "2032"))
    tables = list(part(docx(replace(SUBMISSION, points=(point,))), "word/document.xml").iter(f"{W}tbl"))
    assert [len(list(table.iter(f"{W}tr"))) for table in tables] == [2, 3, 3, 10]
    cells = ["".join(cell.itertext()) for cell in tables[2].iter(f"{W}tc")]
    assert cells == [
        *("Ukrep", "Leto", "Nosilec", "Sredstva"),
        *("Dnevni center", "2032", "občina", "8\u00a0%"),
        *("Prevozi", "2030", "regija", ""),
    ]
    underlined = [run for run in tables[2].iter(f"{W}r") if run.find(f"{W}rPr/{W}u") is not None]
    assert ["".join(run.itertext()) for run in underlined] == ["2032"]


def test_columns_that_say_nothing_of_anybody_are_left_out() -> None:
    silent = tuple(replace(one, person="", statement="") for one in SUBMISSION.signatories)
    tables = list(part(docx(replace(SUBMISSION, signatories=silent)), "word/document.xml").iter(f"{W}tbl"))
    head = next(iter(tables[1].iter(f"{W}tr")))
    assert ["".join(cell.itertext()) for cell in head.iter(f"{W}tc")] == ["Št.", "Organizacija", "Sedež"]


def test_what_belongs_together_stays_on_a_line() -> None:
    document = replace(SUBMISSION, general="1. Odlok iz 12. člena velja 30 dni v občini.\n2. Drugo.")
    content = part(docx(document), "word/document.xml")
    paragraphs = ["".join(paragraph.itertext()) for paragraph in content.iter(f"{W}p")]
    assert "Odlok iz 12.\u00a0člena velja 30\u00a0dni v\u00a0občini." in paragraphs


@pytest.mark.parametrize("lines", [1, 4, 9])
def test_the_letter_begins_under_the_window_however_long_the_address_is(lines: int) -> None:
    document = replace(SUBMISSION, addressees=("\n".join(["Vrstica"] * lines),), copies=())
    style = next(style for style in styles_of(document) if style.name == "Place")
    assert style.before == {1: 35, 4: 6, 9: 6}[lines]
