"""The signs by which a line of an act is known: headings, articles, paragraphs, points.

Slovenian acts first; the words of neighbouring languages beside them.
"""

import re
from dataclasses import dataclass

from participation.texts.provisions import Kind

_QUOTES = '»„“"”‟'
_NUMBER = r"\d{1,4}(?:\.?\s?[a-zčšž]{1,2}(?=[.\s]))?"
_WORD = r"(?:[čćcČĆC]\s?[lL]\s?[eE]\s?[nN]|[čćČĆ]lanak|ČLANAK|cikk)"
_ARTICLES = (
    # "12. člen", "12.a člen", "3. cikk", with a title in brackets or after a dash.
    re.compile(rf"^(?P<label>{_NUMBER}\s?\.?\s?{_WORD})\.?(?P<rest>$|\s*[(:–-].*$)"),
    # "Article 12", "Article 21-25-1", "Art. 5", "Artikel 5", "Članak 12.", "Articolo 3", "§ 3", "Article premier".
    re.compile(
        r"^(?P<label>(?:Articles?|ARTICLE|Art\.|ART\.|Artikel|ARTIKEL|Articolo|ARTICOLO|Članak|ČLANAK|Člen|ČLEN)\s+"
        r"(?:\d{1,4}(?:-\d{1,4}){0,4}(?:\s?(?:bis|ter|[a-z])\b)?|premier|1er|[IVXL]{1,7}\b)[.º°]?)(?P<rest>$|\s*[(:–-].*$|\s+[A-ZČŠŽÀ-Þ].{0,120}[^.;:,]$)"
    ),
    re.compile(r"^(?P<label>§\s?\d{1,4}\s?[a-z]?\.?)(?P<rest>$|\s*[(:–-].*$|\s+[A-ZČŠŽÀ-Þ].{0,120}[^.;:,]$)"),
    re.compile(r"^(?P<label>\d{1,4}\.\s?§)(?P<rest>$|\s+.*$)"),
)
_TITLE = re.compile(r"^\((?!\d)[^()]*(?:\([^()]*\)[^()]*)*\)[«;.“”]*$")
_ROMAN = r"[IVXLC]{1,7}"
_ORDINAL = r"(?:PRVI|DRUGI|TRETJI|ČETRTI|PETI|ŠESTI|SEDMI|OSMI|DEVETI|DESETI|SPLOŠNI|POSEBNI)"
_ORDINAL_N = r"(?:PRVO|DRUGO|TRETJE|ČETRTO|PETO|ŠESTO|SEDMO|OSMO|DEVETO|DESETO)"
_COUNT = rf"(?:\d{{1,3}}|{_ROMAN}|[A-Z]|ONE|TWO|THREE|FOUR|FIVE|SIX)\b\.?"
_DIVISIONS = (
    (
        Kind.PART,
        rf"{_ORDINAL}\s+DEL|(?:\d{{1,3}}|{_ROMAN})\.\s*(?:DEL|DIO|TEIL|RÉSZ)|(?:DEL|PART|TEIL|DIO|PARTE|PARTIE)\s+{_COUNT}",
    ),
    (
        Kind.CHAPTER,
        rf"{_ORDINAL_N}\s+POGLAVJE|(?:\d{{1,3}}|{_ROMAN})\.\s*(?:POGLAVJE|POGLAVLJE|KAPITEL|FEJEZET)"
        rf"|(?:POGLAVJE|POGLAVLJE|GLAVA|CHAPTER|KAPITEL|CAPO|CHAPITRE|TITLE|TITOLO|TITRE)\s+{_COUNT}",
    ),
    (
        Kind.SECTION,
        rf"{_ORDINAL}\s+ODDELEK|(?:\d{{1,3}}|{_ROMAN})\.\s*(?:ODDELEK|ODSEK|ABSCHNITT|ODJELJAK)|(?:ODDELEK|SECTION|ABSCHNITT|SEZIONE)\s+{_COUNT}",
    ),
    (
        Kind.ANNEX,
        rf"(?:PRILOGA|PRILOG|ANNEX|APPENDIX|ANHANG|ALLEGATO|ANNEXE)(?:\s+(?:ŠT\.\s*)?{_COUNT})?|DODATEK"
        r"|O\s?B\s?R\s?A\s?Z\s?L\s?O\s?Ž\s?I\s?T\s?E\s?V",
    ),
)
_NAMED = tuple(
    (kind, re.compile(rf"^(?P<label>{pattern})(?P<rest>$|\s*[:–—-]\s*.*$|\s+.*$)", re.I))
    for kind, pattern in _DIVISIONS
)
_ROMAN_CHAPTER = re.compile(rf"^(?P<label>{_ROMAN}\.(?:\s?[a-z]\.)?)(?P<rest>$|\s+.*$)")
_DECIMAL = re.compile(r"^(?P<label>\d{1,2}(?:\.\d{1,2}){0,4}\.?)\s+(?P<rest>\S.*)$")
_PARAGRAPH = re.compile(r"^(\(\d{1,3}(?:\.?\s?[a-zčšž])?\.?\))(?:\s+|(?=[^\W\d])|$)")
_POINT = re.compile(
    r"^(\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)]|[a-zčšž]{1,2}\)|[a-zčšž]\.|\([a-zčšž]{1,2}\)|\(?[ivx]{1,5}\))(?=\s|$)"
)
_INDENT = re.compile(r"^[-–—−•·▪■●○◦‣*➢✓](?:\s+|$)")
_GOES_ON = re.compile(
    r"^\d+\.(?:\s?[a-z]\.?)?\s+(?:in|ali|oziroma|oz\.|do|"
    r"člen\w+|odstav\w*|točk\w*|aline\w*|poglavj\w*|"
    r"januar\w*|februar\w*|marc\w*|april\w*|maj\w*|junij\w*|julij\w*|avgust\w*|"
    r"septemb\w*|oktob\w*|novemb\w*|decemb\w*|\d{1,2}\.\s?\d{4}|\d{4})\b"
)
_SIGNED = re.compile(
    r"^(?:Št(?:evilka)?\.?\s?:?\s?[\dA-Z][\w/. -]*\d[\w/-]*$|(?:Št(?:evilka)?|Datum|Broj|Number|EVA)\s?[.:]"
    r"|(?:V\s)?[A-ZČŠŽ]\w+(?:\s\w+){0,3},\s(?:(?:dne|dana|den|on|am)\b|\d{1,2}\.\s?(?:\d|[a-z])))"
)
_TAIL = re.compile(
    r"^(?:»?Zakon|Odlok|Uredba|Pravilnik|Sklep|Statut|Odločba)\w*\s.*\((?:Uradni list|Ur\.|Uradno glasilo|MUV)"
    r".*(?:vsebuje|črta|spreminja|razveljavlja).*:$",
    re.S,
)


@dataclass(frozen=True)
class Sign:
    """A line that opens something: its kind, printed number, and the words after it."""

    kind: Kind
    label: str
    rest: str


def article(text: str) -> Sign | None:
    """An article's heading that stands alone in its line, with or without its title."""
    if len(text) > 300:
        return None
    for pattern in _ARTICLES:
        match = pattern.match(text)
        if match:
            return Sign(Kind.ARTICLE, match["label"].strip(), match["rest"].strip(" :–-"))
    return None


def quoted(text: str) -> str:
    """The line without the quotation mark it opens with; empty when it opens with none."""
    return text[1:].lstrip() if text[:1] and text[0] in _QUOTES else ""


def is_title(text: str) -> bool:
    """Whether this is a heading's title in brackets, "(namen)", and not "(1) ..."."""
    return len(text) <= 300 and bool(_TITLE.match(text))


def division(text: str, stands_out: bool) -> Sign | None:
    """A part, chapter, section or annex. `stands_out`: its look already says it is a heading."""
    if len(text) > 250 or text.endswith((";", ",", ":")):
        return None
    capitals = is_capitals(text)
    for kind, pattern in _NAMED:
        match = pattern.match(text)
        if match and (stands_out or _is_named_heading(match)):
            return Sign(kind, match["label"].strip(), match["rest"].strip(" :–—-"))
    match = _ROMAN_CHAPTER.match(text)
    if match and (stands_out or capitals or not match["rest"].strip()):
        return Sign(Kind.CHAPTER, match["label"], match["rest"].strip())
    match = _DECIMAL.match(text)
    if match and is_capitals(match["rest"]) and not _GOES_ON.match(text):
        outermost = match["label"].count(".") == match["label"].endswith(".")
        return Sign(Kind.CHAPTER if outermost else Kind.SECTION, match["label"], match["rest"])
    return None


def numbered_heading(text: str) -> Sign | None:
    """ "2.1 Cilji" in a line whose look says that it is a heading."""
    match = _DECIMAL.match(text) or re.match(r"^(?P<label>[A-Z][.)])\s+(?P<rest>\S.*)$", text)
    if match is None or _GOES_ON.match(text):
        return None
    return Sign(Kind.SECTION, match["label"], match["rest"])


def paragraph(text: str) -> Sign | None:
    match = _PARAGRAPH.match(text)
    return Sign(Kind.PARAGRAPH, match[1], text[match.end() :].strip()) if match else None


def point(text: str) -> Sign | None:
    """A numbered or lettered item; not a date and not "2. člena" at the start of a line."""
    match = _POINT.match(text)
    if match is None or goes_on(text):
        return None
    return Sign(Kind.POINT, match[1], text[match.end() :].strip())


def indent(text: str) -> Sign | None:
    match = _INDENT.match(text)
    return Sign(Kind.INDENT, "–", text[match.end() :].strip()) if match else None


def goes_on(text: str) -> bool:
    """Whether the number at the start belongs to a sentence: "2. člena", "1. januarja 2027"."""
    return bool(_GOES_ON.match(text))


def is_capitals(text: str) -> bool:
    """A heading in capitals: at least four letters, hardly one of them small."""
    if len(text) > 250:
        return False
    letters = list(filter(str.isalpha, text))
    if len(letters) < 4:
        return False
    return sum(map(str.isupper, letters)) >= 0.85 * len(letters)


def opens_signature(text: str) -> bool:
    """The reference number or the place and date below an act."""
    return len(text) < 120 and bool(_SIGNED.match(text))


def opens_tail(text: str) -> bool:
    """A consolidated act's sentence that brings in the final provisions of an amending act."""
    return len(text) <= 1_000 and bool(_TAIL.match(text))


def ends_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", ":", ";", "!", "?", "«", "“", "”", ".)", ";)"))


def _is_named_heading(match: re.Match[str]) -> bool:
    """Without a look of its own, "Poglavje 2 določa ..." is a sentence, "2. poglavje" a heading."""
    rest = match["rest"].strip()
    if not rest:
        return True
    return rest[0] in ":–—-" or is_capitals(rest)
