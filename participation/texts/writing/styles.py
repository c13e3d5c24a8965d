"""How the letter looks in word processors: one table of paragraph styles, from which DOCX and ODT are both made.

Lengths are points. The names that pandoc gives to paragraphs are kept, so that body text, headings and quotations are
real styles that a reader can change; the others are named after what stands in them.
"""

from dataclasses import dataclass, replace

from participation.texts.writing.documents import Document

FONT = "Cambria"
FALLBACK_FONT = "Caladea"
INK, QUIET, HAIRLINE, WASH = "1D3B4F", "4A545B", "9AA7AE", "EEF2F4"

PAGE_WIDTH, PAGE_HEIGHT = 595.3, 841.9
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_SIDE = 71, 65, 68
MARGIN_SIDE_ACROSS = 51


@dataclass(frozen=True)
class Style:
    name: str
    based_on: str = "Normal"
    size: float | None = None
    bold: bool = False
    italic: bool = False
    colour: str = ""
    before: float = 0
    after: float = 0
    line: float = 1.15
    left: float = 0
    hanging: float = 0
    align: str = "left"
    keep_next: bool = False
    level: int = 0
    border: str = ""
    """"top", "bottom" or "left"; a line of the colour `border_colour`."""
    border_colour: str = HAIRLINE


BODY_SIZE = 11

STYLES = (
    Style("Body Text", after=7),
    Style("First Paragraph", "Body Text", after=7),
    Style("Compact", "Body Text", after=3),
    Style("Block Text", "Body Text", left=14, after=7, border="left"),
    Style("Title", size=17, bold=True, colour=INK, before=18, after=12, line=1.05, keep_next=True),
    Style("Heading 1", size=13, bold=True, colour=INK, before=16, after=6, keep_next=True, level=1),
    Style("Heading 2", size=11, bold=True, colour=INK, before=16, after=4, hanging=24, keep_next=True, level=2),
    Style("Letterhead", size=15, bold=True, colour=INK, after=2, line=1.05),
    Style("SenderAddress", size=9, colour=QUIET, after=24, border="bottom", border_colour=INK),
    Style("Place", align="right", before=6, after=2),
    Style("Reference", size=9, colour=QUIET, align="right", after=2),
    Style("AddresseeLabel", size=9, colour=QUIET, after=2, keep_next=True),
    Style("Addressee", after=8, line=1.1),
    Style("Copies", size=9, colour=QUIET, after=4),
    Style("Overview", size=9.5, left=22, hanging=22, after=1, line=1.1),
    Style("TextLabel", size=9, bold=True, colour=INK, before=8, after=2, keep_next=True),
    Style("Subject", bold=True, before=14, after=4, left=52, hanging=52),
    Style("Remark", size=9, colour=QUIET, after=6, keep_next=True),
    Style("TableText", size=9, after=3, line=1.08),
    Style("TableSmall", "TableText", size=7.5, after=2, line=1.05),
    Style("TableHeading", size=9, bold=True, colour=INK, after=2, keep_next=True),
    Style("TableGroup", size=10, bold=True, italic=True, colour=QUIET, before=6, after=2, keep_next=True),
    Style("Opinion", left=14, after=8, border="left"),
    Style("Colophon", size=8.5, colour=QUIET, before=4, after=2, line=1.1),
    Style("ColophonFirst", "Colophon", size=8.5, colour=QUIET, before=26, after=2, line=1.1, border="top"),
    Style("SectionEnd", size=1, line=0.06),
    Style("Header", size=8.5, colour=QUIET, after=0, border="bottom"),
    Style("Footer", size=8.5, colour=QUIET, align="right"),
)


# Where the first address begins, and where the window of an envelope ends, below the edge of the sheet.
WINDOW_BEGINS, WINDOW_ENDS = 142, 258
ADDRESS_LINE, SMALL_LINE, PLACE_LINE = 14.2, 14, 17


def styles_of(document: Document) -> tuple[Style, ...]:
    """The styles, with as much space before the date as keeps the letter itself out of the window of an envelope."""
    lines = sum(addressee.count("\n") + 1 for addressee in document.addressees)
    addresses = lines * ADDRESS_LINE + len(document.addressees) * 8 + (SMALL_LINE + 4 if document.copies else 0)
    particulars = sum(map(bool, (document.our_reference, document.reference, document.sender.contact)))
    below = PLACE_LINE + particulars * SMALL_LINE
    space = max(6, WINDOW_ENDS - WINDOW_BEGINS - addresses - below)
    return tuple(replace(style, before=round(space)) if style.name == "Place" else style for style in STYLES)
