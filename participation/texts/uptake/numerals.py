"""Numbers in figures and in words, in Slovenian, English and French."""

import re

_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
# Stems take the endings of Slovenian numerals; "ena" and "un" are left out, because they are articles as well.
_STEMS = {
    5: "pet", 6: "šest", 7: "sedm", 8: "osm", 9: "devet", 10: "deset", 11: "enajst", 12: "dvanajst", 13: "trinajst",
    14: "štirinajst", 15: "petnajst", 16: "šestnajst", 17: "sedemnajst", 18: "osemnajst", 19: "devetnajst",
    20: "dvajset", 30: "trideset", 40: "štirideset", 50: "petdeset", 60: "šestdeset", 70: "sedemdeset",
    80: "osemdeset", 90: "devetdeset",
}  # fmt: skip
_ONES = {1: "ena", 2: "dva", 3: "tri", 4: "štiri", 5: "pet", 6: "šest", 7: "sedem", 8: "osem", 9: "devet"}
_OTHERS = {
    2: "dva dve dveh dvema two deux", 3: "tri trije treh trem tremi three trois",
    4: "štiri štirje štirih štirim štirimi four quatre", 5: "five cinq", 6: "six", 7: "sedem seven sept",
    8: "osem eight huit", 9: "nine neuf", 10: "ten dix", 11: "eleven onze", 12: "twelve douze", 13: "thirteen treize",
    14: "fourteen quatorze", 15: "fifteen quinze", 16: "sixteen seize", 17: "seventeen", 18: "eighteen",
    19: "nineteen", 20: "twenty vingt", 30: "thirty trente", 40: "forty quarante", 50: "fifty cinquante",
    60: "sixty soixante", 70: "seventy", 80: "eighty", 90: "ninety", 100: "sto stotih hundred cent",
}  # fmt: skip


def _named() -> dict[str, int]:
    stems = dict(_STEMS)
    for ten in range(20, 100, 10):
        stems |= {ten + one: f"{name}in{_STEMS[ten]}" for one, name in _ONES.items()}
    names = {stem + ending: number for number, stem in stems.items() for ending in ("", "ih", "im", "imi")}
    return names | {name: number for number, listed in _OTHERS.items() for name in listed.split()}


_NAMED = _named()


def number_in(word: str) -> float | None:
    """The number that a word is, or None. A point before three figures groups them, as in Slovenian."""
    if _GROUPED.fullmatch(word):
        return float(word.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(word):
        return float(word.replace(",", "."))
    return _NAMED.get(word.casefold())
