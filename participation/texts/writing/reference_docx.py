"""The DOCX that pandoc takes its styles, page and running lines from; made anew for each document."""

from html import escape

from participation.texts.writing import styles
from participation.texts.writing.archives import packed
from participation.texts.writing.documents import Document, shortened
from participation.texts.writing.styles import Style, styles_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LONGEST_TITLE, LONGEST_SENDER = 70, 45
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'

# Parts of the body that pandoc does not know: which running lines a section has, and how its page stands.
RUNNING_LINES = (
    '<w:headerReference w:type="default" r:id="{header}"/><w:headerReference w:type="first" r:id="{first}"/>'
    '<w:footerReference w:type="default" r:id="{footer}"/><w:footerReference w:type="first" r:id="{footer}"/>'
)
_PARTS = {
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "numbering": "numbering",
    "header": "header1",
    "first": "header2",
    "footer": "footer1",
}


def reference_docx(document: Document) -> bytes:
    kinds = {name: name if name != "first" else "header" for name in _PARTS}
    overrides = "".join(
        f'<Override PartName="/word/{file}.xml" ContentType="{_TYPE}.{kinds[name]}+xml"/>'
        for name, file in _PARTS.items()
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_R}/{kinds[name]}" Target="{file}.xml"/>' for name, file in _PARTS.items()
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="main" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}'
        "</Relationships>",
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body><w:p/>{page(first=not document.points)}</w:body>"
        "</w:document>",
        "word/styles.xml": _styles(document),
        "word/settings.xml": f'<w:settings {_NAMESPACES}><w:autoHyphenation/><w:defaultTabStop w:val="720"/>'
        f'<w:themeFontLang w:val="{escape(document.language)}"/></w:settings>',
        "word/fontTable.xml": f'<w:fonts {_NAMESPACES}><w:font w:name="{styles.FONT}">'
        f'<w:altName w:val="{styles.FALLBACK_FONT}"/><w:family w:val="roman"/></w:font></w:fonts>',
        "word/numbering.xml": f"<w:numbering {_NAMESPACES}/>",
        "word/header1.xml": f"<w:hdr {_NAMESPACES}>{_line('Header', _run(running_line(document)))}</w:hdr>",
        "word/header2.xml": f"<w:hdr {_NAMESPACES}><w:p/></w:hdr>",
        "word/footer1.xml": f"<w:ftr {_NAMESPACES}>{_line('Footer', _page_number(document.labels.page))}</w:ftr>",
    }
    return packed({name: (_XML + content).encode() for name, content in members.items()})


def running_line(document: Document) -> str:
    """The title and the sender, short enough for one line."""
    texts = (shortened(document.title, LONGEST_TITLE), shortened(document.sender.name, LONGEST_SENDER))
    return "  ·  ".join(filter(None, texts))


def page(first: bool = False, across: bool = False) -> str:
    """The properties of a section; `first` has no running line on its first page, `across` lies on its side."""
    width, height = _twentieths(styles.PAGE_WIDTH), _twentieths(styles.PAGE_HEIGHT)
    size = f'w:w="{height}" w:h="{width}" w:orient="landscape"' if across else f'w:w="{width}" w:h="{height}"'
    side = _twentieths(styles.MARGIN_SIDE_ACROSS if across else styles.MARGIN_SIDE)
    return (
        f"<w:sectPr>{RUNNING_LINES.format(header='header', first='first', footer='footer')}"
        f'<w:pgSz {size}/><w:pgMar w:top="{_twentieths(styles.MARGIN_TOP)}" w:right="{side}" '
        f'w:bottom="{_twentieths(styles.MARGIN_BOTTOM)}" w:left="{side}" w:header="709" w:footer="567" w:gutter="0"/>'
        f"{'<w:titlePg/>' if first else ''}</w:sectPr>"
    )


def section_end(first: bool = False, across: bool = False) -> str:
    """A paragraph of no height that ends a section."""
    return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{page(first, across)}</w:pPr></w:p>'


def _styles(document: Document) -> str:
    return (
        f"<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_font(styles.FONT)}"
        f'<w:sz w:val="{styles.BODY_SIZE * 2}"/><w:szCs w:val="{styles.BODY_SIZE * 2}"/>'
        f'<w:lang w:val="{escape(document.language)}"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:spacing w:after="80" w:line="276" w:lineRule="auto"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        f"{''.join(map(paragraph_style, styles_of(document)))}{_table_style()}"
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f'<w:rPr><w:color w:val="{styles.INK}"/><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="character" w:customStyle="1" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/>'
        f'<w:rPr>{_font("Consolas")}<w:sz w:val="20"/></w:rPr></w:style></w:styles>'
    )


def paragraph_style(style: Style) -> str:
    """A style as Word writes it."""
    level = f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else ""
    keep = "<w:keepNext/><w:keepLines/>" if style.keep_next else ""
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{_twentieths(style.left)}"/></w:tabs>' if style.hanging else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    halves = round((style.size or 0) * 2)
    size = f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>' if halves else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.name.replace(" ", "")}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on.replace(" ", "")}"/><w:qFormat/><w:pPr>{keep}{_border(style)}{tab}'
        f'<w:spacing w:before="{_twentieths(style.before)}" w:after="{_twentieths(style.after)}" '
        f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>'
        f'<w:ind w:left="{_twentieths(style.left)}" w:hanging="{_twentieths(style.hanging)}"/>'
        f'<w:jc w:val="{style.align}"/>{level}</w:pPr><w:rPr>'
        f"{'<w:b/>' if style.bold else ''}{'<w:i/>' if style.italic else ''}{colour}{size}</w:rPr></w:style>"
    )


def _border(style: Style) -> str:
    if not style.border:
        return ""
    width, space = (8, 8) if style.border == "left" else (6, 4)
    return (
        f'<w:pBdr><w:{style.border} w:val="single" w:sz="{width}" w:space="{space}" '
        f'w:color="{style.border_colour}"/></w:pBdr>'
    )


def _table_style() -> str:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{styles.HAIRLINE}"'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:tblPr>'
        f"<w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{styles.INK}"/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{styles.WASH}"/></w:tcPr></w:tblStylePr></w:style>'
    )


def _page_number(words: str) -> str:
    before, _, rest = words.partition("%(page)s")
    between, _, after = rest.partition("%(pages)s")
    return f"{_run(before)}{_field('PAGE')}{_run(between)}{_field('NUMPAGES')}{_run(after)}"


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _line(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _twentieths(points: float) -> int:
    return round(points * 20)
