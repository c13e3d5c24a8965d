"""The ODT that pandoc takes its styles, page and running lines from; made anew for each document."""

from html import escape

from participation.texts.writing import styles
from participation.texts.writing.archives import packed
from participation.texts.writing.documents import Document
from participation.texts.writing.reference_docx import running_line
from participation.texts.writing.styles import Style, styles_of

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_OASIS}:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
        "manifest": "manifest",
    }.items()
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MIME = "application/vnd.oasis.opendocument.text"

# What pandoc calls these paragraphs in ODT.
_NAMES = {
    "Body Text": "Text body",
    "First Paragraph": "First paragraph",
    "Block Text": "Quotations",
    "Normal": "Standard",
}
_ALIGNED = {"left": "start", "right": "end"}
FIRST, ACROSS, UPRIGHT = "First_20_Page", "Across", "Standard"


def reference_odt(document: Document) -> bytes:
    entries = "".join(
        f'<manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{path}"/>'
        for path, kind in {
            "/": _MIME,
            "content.xml": "text/xml",
            "styles.xml": "text/xml",
            "meta.xml": "text/xml",
        }.items()
    )
    members = {
        "META-INF/manifest.xml": f'<manifest:manifest {_NAMESPACES} manifest:version="1.3">{entries}'
        "</manifest:manifest>",
        "content.xml": f'<office:document-content {_NAMESPACES} office:version="1.3"><office:body><office:text/>'
        "</office:body></office:document-content>",
        "meta.xml": f'<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta/></office:document-meta>',
        "styles.xml": _document_styles(document),
    }
    return packed({"mimetype": _MIME.encode()} | {name: (_XML + text).encode() for name, text in members.items()})


def turned_paragraph(across: bool) -> str:
    """A paragraph of no height after which pages lie on their side, or stand upright again."""
    return f'<text:p text:style-name="{"TurnAcross" if across else "TurnUpright"}"/>'


def _document_styles(document: Document) -> str:
    language, _, country = document.language.partition("-")
    header = f'<text:p text:style-name="Header">{escape(running_line(document))}</text:p>'
    footer = f'<text:p text:style-name="Footer">{_page_number(document.labels.page)}</text:p>'
    lines = f"<style:header>{header}</style:header><style:footer>{footer}</style:footer>"
    first_lines = (
        f'<style:header><text:p text:style-name="Standard"/></style:header><style:footer>{footer}</style:footer>'
    )
    return (
        f'<office:document-styles {_NAMESPACES} office:version="1.3"><office:font-face-decls>'
        f'<style:font-face style:name="{styles.FONT}" svg:font-family="{styles.FONT}, {styles.FALLBACK_FONT}" '
        'style:font-family-generic="roman"/></office:font-face-decls><office:styles>'
        f'<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/>'
        f'<style:text-properties style:font-name="{styles.FONT}" fo:font-size="{styles.BODY_SIZE}pt" '
        f'fo:language="{escape(language)}" fo:country="{escape(country)}" fo:hyphenate="true"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph"/>'
        f"{''.join(map(_style, styles_of(document)))}{_turns()}{_others()}</office:styles><office:automatic-styles>"
        f"{_layout('Upright')}{_layout('Across')}</office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="{FIRST}" style:display-name="First Page" style:page-layout-name="Upright" '
        f'style:next-style-name="{UPRIGHT}">{first_lines}</style:master-page>'
        f'<style:master-page style:name="{UPRIGHT}" style:page-layout-name="Upright">{lines}</style:master-page>'
        f'<style:master-page style:name="{ACROSS}" style:page-layout-name="Across">{lines}</style:master-page>'
        "</office:master-styles></office:document-styles>"
    )


def _style(style: Style) -> str:
    name = _NAMES.get(style.name, style.name)
    level = f' style:default-outline-level="{style.level}"' if style.level else ""
    first = f' style:master-page-name="{FIRST}"' if style.name == "Letterhead" else ""
    colour = f' fo:color="#{style.colour}"' if style.colour else ""
    size = f' fo:font-size="{style.size}pt"' if style.size else ""
    weight = ' fo:font-weight="bold"' if style.bold else ""
    slant = ' fo:font-style="italic"' if style.italic else ""
    keep = ' fo:keep-with-next="always" fo:keep-together="always"' if style.keep_next else ""
    tab = '<style:tab-stops><style:tab-stop style:position="0pt"/></style:tab-stops>' if style.hanging else ""
    hyphens = ' fo:hyphenate="false"' if style.keep_next else ""
    return (
        f'<style:style style:name="{_encoded(name)}" style:display-name="{name}" style:family="paragraph" '
        f'style:parent-style-name="{_encoded(_NAMES.get(style.based_on, style.based_on))}"{level}{first}>'
        f'<style:paragraph-properties fo:margin-top="{style.before}pt" fo:margin-bottom="{style.after}pt" '
        f'fo:margin-left="{style.left}pt" fo:text-indent="{-style.hanging}pt" '
        f'fo:text-align="{_ALIGNED[style.align]}" '
        f'fo:line-height="{round(style.line * 100)}%"{keep}{_border(style)}>'
        f"{tab}</style:paragraph-properties>"
        f"<style:text-properties{colour}{size}{weight}{slant}{hyphens}/></style:style>"
    )


def _border(style: Style) -> str:
    if not style.border:
        return ""
    padding = "6pt" if style.border == "left" else "3pt"
    return f' fo:border-{style.border}="0.75pt solid #{style.border_colour}" fo:padding-{style.border}="{padding}"'


def _turns() -> str:
    return "".join(
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="SectionEnd" '
        f'style:master-page-name="{master}"/>'
        for name, master in (("TurnAcross", ACROSS), ("TurnUpright", UPRIGHT))
    )


def _others() -> str:
    return (
        '<style:style style:name="Table_20_Contents" style:family="paragraph" style:parent-style-name="TableText"/>'
        '<style:style style:name="Table_20_Heading" style:family="paragraph" style:parent-style-name="TableHeading"/>'
        '<style:style style:name="Internet_20_link" style:family="text">'
        f'<style:text-properties fo:color="#{styles.INK}" style:text-underline-style="solid"/></style:style>'
        '<style:style style:name="Source_Text" style:family="text">'
        '<style:text-properties fo:font-family="monospace" fo:font-size="90%"/></style:style>'
        '<style:style style:name="Horizontal_20_Line" style:family="paragraph" style:parent-style-name="Standard">'
        f'<style:paragraph-properties fo:border-bottom="0.75pt solid #{styles.HAIRLINE}" fo:margin-bottom="7pt"/>'
        "</style:style>"
    )


def _layout(name: str) -> str:
    width, height, side, print_as = styles.PAGE_WIDTH, styles.PAGE_HEIGHT, styles.MARGIN_SIDE, "portrait"
    if name == "Across":
        width, height, side, print_as = height, width, styles.MARGIN_SIDE_ACROSS, "landscape"
    return (
        f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width}pt" '
        f'fo:page-height="{height}pt" style:print-orientation="{print_as}" fo:margin-top="36pt" '
        f'fo:margin-bottom="30pt" fo:margin-left="{side}pt" fo:margin-right="{side}pt" style:num-format="1"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="16pt" fo:margin-bottom="18pt"/>'
        '</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="16pt" '
        'fo:margin-top="18pt"/></style:footer-style></style:page-layout>'
    )


def _page_number(words: str) -> str:
    page = '<text:page-number text:select-page="current">1</text:page-number>'
    return escape(words).replace("%(page)s", page).replace("%(pages)s", "<text:page-count>1</text:page-count>")


def _encoded(name: str) -> str:
    return name.replace(" ", "_20_")
