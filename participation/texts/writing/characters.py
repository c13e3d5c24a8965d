"""Which characters the fonts of the PDF can show, and how text is kept from breaking where it must not.

A PDF of the standards A and UA may not hold a character without a glyph: one emoji would make the whole document
fail.
"""

import re

UNKNOWN = "□"

# Letters, marks and signs of Latin, Greek, Cyrillic and Hebrew and the letters of Arabic, present in roman, bold and
# italic among our two families and the three that typst brings with it (Libertinus Serif, New Computer Modern, DejaVu
# Sans Mono). The test compiles them all.
_SHOWN = """
20-7e a0-ac ae-34e 350-377 37a-37f 384-38a 38c 38e-3a1 3a3-482 48a-4ff 510-513 51a-51d 5b0-5bd 5bf 5c1-5c2 5d0-5ea
60c 61b 61f 621-63a 640-64a 660-669 67e 686 698 6a9 6af 6cc 1e00-1f15 1f18-1f1d 1f20-1f45
1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe
2000-200a 2010-2027 202f-2037 2039-2040 2042 2044-204b 204f 2052 2054 205f 2070-2071 2074-208e 2090-209c 20a0-20c0
2100-2103 2105-2106 2109 210c-210f 2111 2113 2115-2117 2119-211a 211c-211e 2120 2122 2124 2126-2127 212a-212b 212e
2135-2139 2148 2150-2151 2153-2184 2189 2190-2220 2222-222d 2234-223d 2241-226b 226d-228b 228d-22a5 22b2-22b5 22b8
22c2-22c6 22cd-22d1 22da-22e9 22ef 2500-2600 2605 2619 261b 261e 2627 262d 262f 2638-2653 2660-2667 2669-266f 2695
2698 26a2-26a4 26ad-26ae 26b2 2c60-2c71 2c74-2c77 2c79-2c7a 2c7c-2c7f fb00-fb06 fffd
"""
# Vowel signs, which Arabic is read without and our fonts lack.
_ARABIC_VOWELS = re.compile("[\u064b-\u0652\u0670]")
_PICTURE_TONES = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"


def _range(entry: str) -> str:
    first, _, last = entry.partition("-")
    return re.escape(chr(int(first, 16))) + "-" + re.escape(chr(int(last or first, 16)))


_MISSING = f"[^\n{''.join(map(_range, _SHOWN.split()))}]{_PICTURE_TONES}"
_NOT_SHOWN = re.compile(f"{_MISSING}(?:\u200d{_MISSING})*")
_FIRST_MARKS = re.compile("(^|[\\s□])([\u0300-\u036f]+)")

_NUMBER_AND_WORD = re.compile(r"(?<![\w.,])(\d{1,4}\.) (?=\d|[a-zà-öø-ÿčćđšž])")
_UNITS = (
    r"EUR|mio|mrd|tisoč|odstotk\w+|dan|dni|dneh|dnevi|mesec\w*|let|leti|leta|days?|months?|years?|per cent"
    r"|k?g|t|[kcm]?m[²³]?|ha|a|l|h|min|s|[kM]Wh?"
)
_NUMBER_AND_UNIT = re.compile(rf"(?<=\d) (?=%|‰|€|°|(?:{_UNITS})(?!\w))")
# A preposition of one letter does not end a line in Slovenian; nor is it missed there in other languages.
_SHORT_WORD = re.compile(r"(?<![\w.’'])([AaHhIiKkOoSsUuVvZz]) (?=\w\w)")
_SIGN_AND_NUMBER = re.compile(r"(?i)(§|\b(?:št\.|čl\.|odst\.|str\.|tč\.|no\.|art\.|para\.|p\.)) (?=\d)")

_LONG_WORD = re.compile(r"\S{25,}")
_BREAKABLE = re.compile(r"([/.\-_?&=,;:@)\]}])(?=\w)")
_TOO_LONG_PIECE = re.compile(r"[^\s\u200b]{20}(?=[^\s\u200b]{6})")


def shown(text: str) -> str:
    """The text with "□" in place of each character, or emoji of several, that the fonts lack."""
    text = _NOT_SHOWN.sub(UNKNOWN, _ARABIC_VOWELS.sub("", text.replace("\t", " ")))
    # A mark needs a letter to stand on; without one it would be drawn over its neighbour.
    return _FIRST_MARKS.sub("\\1\u00a0\\2", text)


def certain(text: str) -> str:
    """The text in Latin letters only, for the rare case in which a combination of shown characters fails."""
    return re.sub("[^\n\x20-\x7e\u00a0-\u00ac\u00ae-\u017f\u2010-\u2026€□]", UNKNOWN, text)


def bound(text: str) -> str:
    """Keeps together "12. člen", "5. 3. 2026", "30 %", "30 dni", "št. 5" and "v občini"."""
    text = _SHORT_WORD.sub("\\1\u00a0", _NUMBER_AND_WORD.sub("\\1\u00a0", text))
    return _SIGN_AND_NUMBER.sub("\\1\u00a0", _NUMBER_AND_UNIT.sub("\u00a0", text))


def breakable(text: str) -> str:
    """Lets a web address or another word without an end break within a narrow column."""
    return _LONG_WORD.sub(
        lambda word: _TOO_LONG_PIECE.sub("\\g<0>\u200b", _BREAKABLE.sub("\\1\u200b", word[0])), text
    )
