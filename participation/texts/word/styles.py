"""How a provision looks as a paragraph: its style, and its number before its words."""

from participation.texts.provisions import HEADINGS, Kind, Provision

STYLE_OF = {
    Kind.PART: "Heading1",
    Kind.ANNEX: "Heading1",
    Kind.CHAPTER: "Heading2",
    Kind.SECTION: "Heading3",
    Kind.ARTICLE: "Heading4",
    Kind.PARAGRAPH: "Provision",
    Kind.POINT: "Point",
    Kind.INDENT: "Point",
    Kind.TABLE: "TableText",
    Kind.NOTE: "ProvisionNote",
}


def properties(style: str, end: str = "") -> str:
    return f'<w:pPr><w:pStyle w:val="{style}"/>{end}</w:pPr>'


def number_of(provision: Provision, words: str) -> str:
    """The printed number as it stands before the words: above the title of a heading, else before a tab."""
    return provision.label + between(provision) if provision.label and words else provision.label


def between(provision: Provision) -> str:
    return "\n" if provision.kind in HEADINGS else "\t"
