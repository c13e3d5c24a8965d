"""The DOCX file around the text: its styles, settings and the list of its parts."""

from html import escape

from participation.texts.word.body import write_body
from participation.texts.word.comments import NAMESPACES
from participation.texts.word.demands import DraftInWord
from participation.texts.word.marking import mark
from participation.texts.word.runs import escaped, moment
from participation.texts.writing.archives import packed
from participation.texts.writing.reference_docx import paragraph_style
from participation.texts.writing.styles import BODY_SIZE, FONT, HAIRLINE, INK, QUIET, Style

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "settings", "comments", "commentsExtended", "footer1")
_RELATION_OF = {
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    "footer1": f"{_R}/footer",
}
_HEADING = {"bold": True, "colour": INK, "align": "center", "keep_next": True}
_STYLES = (
    Style("Title", size=16, bold=True, colour=INK, before=0, after=18, align="center", line=1.05),
    Style("Heading 1", size=13, before=20, after=8, level=1, **_HEADING),  # type: ignore[arg-type]
    Style("Heading 2", size=12, before=18, after=6, level=2, **_HEADING),  # type: ignore[arg-type]
    Style("Heading 3", size=11, before=16, after=6, level=3, **_HEADING),  # type: ignore[arg-type]
    Style("Heading 4", size=11, before=14, after=6, level=4, **_HEADING),  # type: ignore[arg-type]
    Style("Provision", after=6),
    Style("Point", left=22, hanging=22, after=3),
    Style("ProvisionNote", size=9, colour=QUIET, left=22, after=3),
    Style("TableText", size=9.5, after=2, line=1.08),
    Style("CommentText", size=10, after=2, line=1.05),
    Style("Footer", size=8.5, colour=QUIET, align="right"),
)


def docx_with_demands(draft: DraftInWord) -> bytes:
    """The draft for Word: all rejected it is the draft, all accepted it has every tracked demand.

    The same draft always gives the same bytes. Tracking is switched on for whoever writes into it.
    """
    body = write_body(draft, mark(draft.provisions, draft.keys, draft.demands))
    members = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="main" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": _relations(),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(body.xml)}{_END}</w:body></w:document>",
        "word/comments.xml": body.comments.texts(),
        "word/commentsExtended.xml": body.comments.threads(),
        "word/styles.xml": _styles(draft.language),
        "word/settings.xml": _settings(draft.language),
        "word/footer1.xml": f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>',
        "docProps/core.xml": _core(draft),
    }
    return packed({name: (_XML + content).encode() for name, content in members.items()})


# A paragraph of its own at the end: Word cannot take out the last one of a file.
_END = (
    '<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr></w:p><w:sectPr><w:footerReference w:type="default" '
    'r:id="footer1"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" '
    'w:left="1417" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{part.rstrip("1")}+xml"/>' for part in _PARTS
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations() -> str:
    relations = "".join(
        f'<Relationship Id="{part}" Type="{_RELATION_OF.get(part, f"{_R}/{part}")}" Target="{part}.xml"/>'
        for part in _PARTS
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _styles(language: str) -> str:
    size = f'<w:sz w:val="{BODY_SIZE * 2}"/><w:szCs w:val="{BODY_SIZE * 2}"/>'
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{HAIRLINE}"'
    sides = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return (
        f'<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" '
        f'w:cs="{FONT}"/>{size}<w:lang w:val="{escape(language)}"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{''.join(map(paragraph_style, _STYLES))}"
        '<w:style w:type="table" w:styleId="Table"><w:name w:val="Table"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _settings(language: str) -> str:
    return (
        f'<w:settings {NAMESPACES}><w:trackRevisions/><w:defaultTabStop w:val="440"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{escape(language)}"/></w:settings>'
    )


def _core(draft: DraftInWord) -> str:
    when = moment(draft.dated)
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(draft.title)}</dc:title><dc:language>{escape(draft.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
    )
