"""How a person names a provision on its own: "12. člen, (2)", "II. poglavje".

The words are in the language of the draft, not of the reader: they become part of what
is quoted to a public body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from participation.texts.provisions import HEADINGS, Kind

LONGEST_PATH = 400
LONGEST_HEADING = 70

_FALLBACK = "en"
_ORDINALS = {
    "sl": ("{}. odstavek", "{}. točka", "{}. alineja", "{}. tabela", "{}. opomba"),
    "en": ("paragraph {}", "point {}", "indent {}", "table {}", "note {}"),
    "de": ("Absatz {}", "Punkt {}", "{}. Spiegelstrich", "Tabelle {}", "Fußnote {}"),
    "hr": ("stavak {}.", "točka {}.", "alineja {}.", "tablica {}.", "bilješka {}."),
    "it": ("comma {}", "punto {}", "trattino {}", "tabella {}", "nota {}"),
    "hu": ("{}. bekezdés", "{}. pont", "{}. francia bekezdés", "{}. táblázat", "{}. jegyzet"),
    "fr": ("alinéa {}", "point {}", "tiret {}", "tableau {}", "note {}"),
}
_ORDINAL_KINDS = (Kind.PARAGRAPH, Kind.POINT, Kind.INDENT, Kind.TABLE, Kind.NOTE)
_DIVISIONS = {
    "sl": {Kind.PART: "{} del", Kind.CHAPTER: "{} poglavje"},
    "en": {Kind.PART: "Part {}", Kind.CHAPTER: "Chapter {}"},
    "de": {Kind.PART: "{} Teil", Kind.CHAPTER: "{} Kapitel"},
    "hr": {Kind.PART: "{} dio", Kind.CHAPTER: "{} poglavlje"},
    "it": {Kind.PART: "Parte {}", Kind.CHAPTER: "Capo {}"},
    "hu": {Kind.PART: "{} rész", Kind.CHAPTER: "{} fejezet"},
    "fr": {Kind.PART: "Partie {}", Kind.CHAPTER: "Chapitre {}"},
}
_NUMBER_ALONE = re.compile(r"(?:\d{1,3}|[IVXLC]{1,7})(?:\.?[a-zčšž])?\.?")
_NUMBER = re.compile(r"(\d{1,4}(?:\.?[a-zčšž])?)\.?")


class Named(Protocol):
    """What a path is made of."""

    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def text(self) -> str: ...


def paths_of(provisions: Iterable[Named], language: str) -> Iterator[str]:
    """The path of each provision in reading order, in the language of the draft.

    Below a heading only the nearest one is named, because article numbers run through the
    whole act; an annex is named too, because its numbers begin anew.
    """
    language = language if language in _ORDINALS else _FALLBACK
    above: list[tuple[int, Kind, str, Counter[Kind]]] = []
    outermost: Counter[Kind] = Counter()
    for provision in provisions:
        kind = Kind(provision.kind)
        while above and above[-1][0] >= provision.level:
            above.pop()
        siblings = above[-1][3] if above else outermost
        siblings[kind] += 1
        own = _own_name(provision, kind, siblings[kind], language)
        path = _joined(own, kind, [(parent_kind, name) for _level, parent_kind, name, _count in above])
        above.append((provision.level, kind, path, Counter()))
        yield path


def _joined(own: str, kind: Kind, above: list[tuple[Kind, str]]) -> str:
    if not above:
        return _shortened(own, LONGEST_PATH)
    parent_kind, parent = above[-1]
    if kind in HEADINGS and parent_kind in HEADINGS:
        annex = next((name for above_kind, name in above if above_kind is Kind.ANNEX), "")
        return _shortened(f"{annex}, {own}" if annex else own, LONGEST_PATH)
    return _shortened(f"{parent}, {own}", LONGEST_PATH)


def _own_name(provision: Named, kind: Kind, place: int, language: str) -> str:
    if kind not in HEADINGS:
        return _item_name(provision.label, kind, place, language)
    form = _DIVISIONS[language].get(kind)
    if form and _NUMBER_ALONE.fullmatch(provision.label):
        # "II." reads "II. poglavje" in Slovenian, but "Chapter II" in English.
        number = provision.label if form.startswith("{}") else provision.label.rstrip(".")
        return form.format(number)
    if kind is Kind.SECTION or not provision.label:
        return _shortened(f"{provision.label} {provision.text}".strip(), LONGEST_HEADING) or f"[{place}]"
    return provision.label


def _item_name(label: str, kind: Kind, place: int, language: str) -> str:
    ordinal = _ORDINALS[language][_ORDINAL_KINDS.index(kind)]
    number = _NUMBER.fullmatch(label)
    if kind in (Kind.POINT, Kind.NOTE) and number:
        return ordinal.format(number[1])
    if kind in (Kind.INDENT, Kind.TABLE, Kind.NOTE) or not any(sign.isalnum() for sign in label):
        return ordinal.format(place)
    return label


def _shortened(words: str, longest: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
