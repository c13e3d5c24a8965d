"""A submission as DOCX and ODT, with real styles, through pandoc in a process of its own."""

import re
from dataclasses import replace
from datetime import datetime, time
from html import escape

from participation.texts.writing.archives import packed, unpacked
from participation.texts.writing.documents import Document, normalised
from participation.texts.writing.pandoc_nodes import Node
from participation.texts.writing.pandoc_process import write
from participation.texts.writing.pandoc_tree import tables_of, tree
from participation.texts.writing.reference_docx import reference_docx, section_end
from participation.texts.writing.reference_odt import reference_odt, turned_paragraph
from participation.texts.writing.styles import (
    HAIRLINE,
    INK,
    MARGIN_SIDE,
    MARGIN_SIDE_ACROSS,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WASH,
)

_REGIONS = {"sl": "SI", "en": "GB", "de": "AT", "hr": "HR", "it": "IT", "hu": "HU"}
# Without it Word lays the document out as Word 2007 did, with tables reaching into the margin.
MODERN_LAYOUT = (
    b'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    b'w:val="15"/></w:compat>'
)
CELLS = {
    "TableHeaderRowCell": f'fo:background-color="#{WASH}" fo:border-bottom="1pt solid #{INK}" fo:padding="3pt"',
    "TableRowCell": f'fo:border-bottom="0.5pt solid #{HAIRLINE}" fo:padding="3pt"',
}
# A row is not divided between pages unless one of its cells may be taller than a page.
LONGEST_CELL_OF_A_WHOLE_ROW = 1800
_WHOLE_ROW_OF_WORD = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_WHOLE_ROW_OF_ODT = '<table:table-row table:style-name="WholeRow">'
_WHOLE_ROW_STYLE = (
    '<style:style style:name="WholeRow" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>'
)


def docx(document: Document) -> bytes:
    """The submission for Word. Raises WritingFailed."""
    document = _prepared(document)
    begins, ends = _raw("openxml", section_end(first=True)), _raw("openxml", section_end(across=True))
    members = unpacked(write("docx", tree(document, begins, ends), reference_docx(document)))
    members["docProps/core.xml"] = _core_properties(document).encode()
    content = _with_full_width(members["word/document.xml"].decode(), document)
    members["word/document.xml"] = _with_whole_rows(content, "<w:tr>", "</w:tr>", _WHOLE_ROW_OF_WORD).encode()
    members["word/settings.xml"] = members["word/settings.xml"].replace(b"<w:rsids>", MODERN_LAYOUT + b"<w:rsids>")
    return packed(members)


def odt(document: Document) -> bytes:
    """The submission for LibreOffice. Raises WritingFailed."""
    document = _prepared(document)
    begins, ends = (_raw("opendocument", turned_paragraph(across)) for across in (True, False))
    members = unpacked(write("odt", tree(document, begins, ends), reference_odt(document)))
    members["meta.xml"] = _meta(members["meta.xml"].decode(), document).encode()
    content = _with_lined_tables(members["content.xml"].decode())
    content = content.replace("</office:automatic-styles>", f"{_WHOLE_ROW_STYLE}</office:automatic-styles>", 1)
    content = _with_whole_rows(content, "<table:table-row>", "</table:table-row>", _WHOLE_ROW_OF_ODT)
    members["content.xml"] = content.encode()
    return packed(members)


def _prepared(document: Document) -> Document:
    """Normalised, with the language as word processors want it: "sl-SI"."""
    document = normalised(document)
    language, _, region = document.language.replace("_", "-").partition("-")
    region = region or _REGIONS.get(language.lower(), "")
    return replace(document, language=f"{language.lower()}-{region.upper()}" if region else language.lower())


def _raw(target: str, content: str) -> list[Node]:
    return [{"t": "RawBlock", "c": [target, content]}]


def _moment(document: Document) -> str:
    return datetime.combine(document.dated, time()).isoformat() + "Z"


def _core_properties(document: Document) -> str:
    moment = _moment(document)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(document.subject)}</dc:subject>"
        f"<dc:creator>{escape(document.sender.name)}</dc:creator><dc:language>{escape(document.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )


def _with_full_width(content: str, document: Document) -> str:
    """pandoc measures columns against a page of its own; Word needs them in the measure of ours, and a name."""
    upright, across = PAGE_WIDTH - 2 * MARGIN_SIDE, PAGE_HEIGHT - 2 * MARGIN_SIDE_ACROSS
    tables = iter(tables_of(document))

    def mended(table: re.Match[str]) -> str:
        name, lies = next(tables)
        return _named(_widened(table[0], across if lies else upright), name)

    return re.sub(r"<w:tbl>.*?</w:tblGrid>", mended, content, flags=re.DOTALL)


def _named(table: str, name: str) -> str:
    """With the name that a screen reader says of the table."""
    return table.replace("</w:tblPr>", f'<w:tblCaption w:val="{escape(name)}" /></w:tblPr>', 1)


def _with_whole_rows(content: str, begins: str, ends: str, whole: str) -> str:
    """pandoc says nothing of where rows may be divided."""
    parts = content.split(begins)
    for place, part in enumerate(parts[1:], start=1):
        cells = re.split("</(?:w:tc|table:table-cell)>", part.partition(ends)[0])
        longest = max(len(re.sub("<[^>]+>", "", cell)) for cell in cells)
        has_head = part.startswith("<w:trPr>")
        parts[place] = (begins if has_head or longest > LONGEST_CELL_OF_A_WHOLE_ROW else whole) + part
    return "".join(parts)


def _widened(table: str, points: float) -> str:
    twentieths = round(points * 20)
    columns = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', table)]
    widths = iter([round(width * twentieths / sum(columns)) for width in columns])
    table = re.sub(r"<w:tblW [^>]*/>", f'<w:tblW w:type="dxa" w:w="{twentieths}" />', table)
    return re.sub(r"<w:gridCol [^>]*/>", lambda _: f'<w:gridCol w:w="{next(widths)}" />', table)


def _meta(meta: str, document: Document) -> str:
    """pandoc writes the time of its run; the document has one date."""
    values = {
        "dc:title": document.title,
        "dc:subject": document.subject,
        "meta:initial-creator": document.sender.name,
        "dc:creator": document.sender.name,
        "meta:creation-date": _moment(document),
        "dc:date": _moment(document),
    }
    for name, value in values.items():
        before, opening, rest = meta.partition(f"<{name}>")
        if opening:
            meta = f"{before}{opening}{escape(value)}{rest[rest.index(f'</{name}>') :]}"
    return meta


def _with_lined_tables(content: str) -> str:
    """pandoc gives the cells of an ODT no lines, and no style of ours can."""
    for name, properties in CELLS.items():
        content = re.sub(
            rf'(<style:style style:name="{name}"[^>]*>\s*)<style:table-cell-properties[^>]*/>',
            rf"\1<style:table-cell-properties {properties}/>",
            content,
        )
    return content
