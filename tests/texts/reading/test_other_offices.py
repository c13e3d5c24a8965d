"""ODT, RTF, HTML and Markdown: the same act is the same tree, and list numbers stay what they were."""

import pytest
from texts.reading.building import archive, converted, outline

from participation.texts.reading.documents import read_document

ACT = """<html><head><title>Odlok o mladini</title></head><body><h1>Odlok o mladini</h1>
<h2>I. SPLOŠNE DOLOČBE</h2><h3>1. člen</h3><p>(1) Odlok ureja položaj, ki ga imajo mladi.</p>
<ol start="3"><li>tretja točka;</li><li>četrta točka:<ul><li>alineja,</li><li>alineja.</li></ul></li></ol>
<h3>2. člen</h3><table><tr><th>Leto</th><th>Znesek</th></tr><tr><td>2027</td><td>100</td></tr></table>
<p>Odlok velja za vse.</p></body></html>"""
TREE = [
    ("chapter", "I.", 2, "SPLOŠNE DOLOČBE"),
    ("article", "1. člen", 4, ""),
    ("paragraph", "(1)", 5, "Odlok ureja položaj, ki ga imajo mladi."),
    ("point", "3.", 6, "tretja točka;"),
    ("point", "4.", 6, "četrta točka:"),
    ("indent", "–", 7, "alineja,"),
    ("indent", "–", 7, "alineja."),
    ("article", "2. člen", 4, ""),
    ("table", "", 5, "Leto | Znesek\n2027 | 100"),
    ("paragraph", "", 5, "Odlok velja za vse."),
]


@pytest.mark.parametrize(
    ("target", "name"), [("docx", "o.docx"), ("odt", "o.odt"), ("rtf", "o.rtf"), ("html", "o.html"), ("gfm", "o.md")]
)
def test_the_same_act_is_the_same_tree_in_every_format(target: str, name: str) -> None:
    reading = read_document(converted(ACT, target), name)
    assert (reading.title, reading.language) == ("Odlok o mladini", "sl")
    assert outline(reading) == TREE


def test_an_odt_list_keeps_start_values_gaps_and_continuations() -> None:
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "text", "style")
    )
    levels = (
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    )

    def item(text: str, more: str = "", start: str = "") -> str:
        return f"<text:list-item{start}><text:p>{text}</text:p>{more}</text:list-item>"

    nested = f"<text:list>{item('črka a,')}{item('črka b.')}</text:list>"
    content = (
        f"<office:document-content{names}><office:automatic-styles>"
        f'<text:list-style style:name="L">{levels}</text:list-style></office:automatic-styles>'
        "<office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>izbrisano</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="1">Uvod</text:h>'
        f'<text:list text:style-name="L">{item("prva;")}{item("druga:", nested)}</text:list><text:p>Vmes.</text:p>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item("tretja;")}'
        f"{item('sedma.', start=' text:start-value=' + chr(34) + '7' + chr(34))}</text:list>"
        "</office:text></office:body></office:document-content>"
    )
    outlined = (
        f"<office:document-styles{names}><office:styles><text:outline-style>"
        '<text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        "</text:outline-style></office:styles></office:document-styles>"
    )
    reading = read_document(
        archive(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": content,
                "styles.xml": outlined,
                "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            }
        ),
        "o.odt",
    )
    assert outline(reading) == [
        ("chapter", "I.", 2, "Uvod"),
        ("point", "1.", 6, "prva;"),
        ("point", "2.", 6, "druga:"),
        ("point", "a)", 7, "črka a,"),
        ("point", "b)", 7, "črka b."),
        ("paragraph", "", 5, "Vmes."),
        ("point", "3.", 6, "tretja;"),
        ("point", "7.", 6, "sedma."),
    ]
    assert [one.details for one in reading.warnings if one.code == "tracked_changes_accepted"] == [{"count": "1"}]


def test_an_rtf_in_the_central_european_code_page_keeps_its_letters_and_numbers() -> None:
    rtf = (
        r"{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0\fcharset238 Times;}}\pard\qc\b 1. \'e8len\b0\par"
        r"\pard{\listtext\f0 5.\tab}\ls1 Peta to\'e8ka \u381?upana,\par"
        r"\pard{\listtext\f0 7.\tab}\ls1 sedma \u353\'9aolska.\par}"
    )
    assert outline(read_document(rtf.encode(), "o.rtf")) == [
        ("article", "1. člen", 4, ""),
        ("point", "5.", 6, "Peta točka Župana,"),
        ("point", "7.", 6, "sedma šolska."),
    ]


def test_a_saved_page_is_read_without_its_furniture() -> None:
    page = """<!DOCTYPE html><html><head><title>Odlok - Občina</title><style>p{}</style></head><body>
    <header><h1>Občina Zgled</h1><nav><ul><li>9. člen menija</li></ul></nav></header>
    <form><main><article><header><h1>Odlok o mladini</h1></header>
    <p align="center"><b>1. člen<br>(vsebina)</b></p><p>(1) Odlok&nbsp;ve&shy;lja.
    <ol start="3"><li>tretja;<li value="7">sedma:<ol type="a"><li>črka a,</ol></ol>
    <div>2. člen</div><div>Besedilo<br>v dveh vrsticah.</div></article></main></form>
    <div role="navigation">Nazaj</div><footer>Kontakt</footer><script>alert(1)</script></body></html>"""
    reading = read_document(page.encode(), "o.html")
    assert reading.title == "Odlok o mladini"
    assert outline(reading) == [
        ("article", "1. člen", 4, "(vsebina)"),
        ("paragraph", "(1)", 5, "Odlok velja."),
        ("point", "3.", 6, "tretja;"),
        ("point", "7.", 6, "sedma:"),
        ("point", "a)", 7, "črka a,"),
        ("article", "2. člen", 4, ""),
        ("paragraph", "", 5, "Besedilo v dveh vrsticah."),
    ]


def test_furniture_that_is_never_closed_does_not_swallow_the_text() -> None:
    reading = read_document("<html><body><nav>Meni<p>1. člen</p><p>Besedilo.</p></body></html>".encode(), "o.html")
    assert [one for one in outline(reading) if one[0] == "article"] == [("article", "1. člen", 4, "")]


def test_markdown_keeps_a_gap_in_its_numbers_notes_and_tables() -> None:
    text = """# Strategija

## 1 Uvod

Besedilo[^1] je za vse.

1. prva,
3. tretja:
   - alineja.

skladno z
4. členom zakona.

| Cilj | Kazalnik |
|---|---|
| Več | 120 |

[^1]: Opomba.
"""
    assert outline(read_document(text.encode(), "o.md")) == [
        ("section", "1", 1, "Uvod"),
        ("paragraph", "", 5, "Besedilo[1] je za vse."),
        ("note", "1", 6, "Opomba."),
        ("point", "1.", 6, "prva,"),
        ("point", "3.", 6, "tretja:"),
        ("indent", "–", 7, "alineja."),
        ("paragraph", "", 5, "skladno z 4. členom zakona."),
        ("table", "", 5, "Cilj | Kazalnik\nVeč | 120"),
    ]
