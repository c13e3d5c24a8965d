"""Texts as strings of codes, one character a word: passages are then counted and found as fast as characters."""

import re
import unicodedata
from dataclasses import dataclass

from participation.texts.reading.blocks import tidy

_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# A number is one word with its separators and its minus, and so is a sign that people read aloud. Commas before three
# figures stand in lists of articles as well.
_TOKEN = re.compile(
    r"(?:(?<!\S)[-−])?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.:/]\d+)*(?:,\d{1,2}(?!\d))?"
    rf"|(?:[^\W\d]|[{_INVISIBLE}\u0300-\u036f])[\w{_INVISIBLE}\u0300-\u036f]*"
    r"|[%‰§€$£°±<>=≤≥+]"
)
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_SPACES_IN_NUMBER = re.compile(r"[ \u00a0\u202f]")
_BEGINS_SENTENCE = re.compile(r"[.!?;:\n•]")
_SAME_SIGNS = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        **dict.fromkeys("’‘‚‛`´", "'"),
        **dict.fromkeys("»«„“”‟›‹", '"'),
    }
)
# Codes of words lie above these: one stands between passages that do not adjoin, one at the edges of provisions.
GAP, EDGE = "\x00", "\x01"
_FIRST, _MOST = 2, 0x110000 - 2


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in codes, with the characters that each word takes in it; `starts` are words that begin a sentence."""

    text: str
    codes: str
    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]

    def passage(self, start: int, stop: int) -> str:
        """The characters of some of its words, with the signs between them; at least one word."""
        return self.text[self.spans[start][0] : self.spans[stop - 1][1]]


class Codes:
    """Which character stands for which word. A sentence may begin with a capital: there it counts as small."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._normal: dict[str, str] = {}

    def of(self, word: str) -> str:
        code = self._codes.get(word)
        if code is None:
            code = chr(_FIRST + len(self._codes) % _MOST)
            self._codes[word] = code
            self._words.setdefault(code, word)
        return code

    def word(self, code: str) -> str:
        return self._words.get(code, "")

    def read(self, text: str) -> Wording:
        codes: list[str] = []
        spans: list[tuple[int, int]] = []
        starts: list[int] = []
        last = 0
        for found in _TOKEN.finditer(text):
            word = self._normal.get(found[0])
            if word is None:
                word = self._normal[found[0]] = _normal(found[0])
            if not word:
                continue
            if not codes or _BEGINS_SENTENCE.search(text, last, found.start()):
                word = word[0].lower() + word[1:]
                starts.append(len(codes))
            codes.append(self.of(word))
            spans.append(found.span())
            last = found.end()
        return Wording(text, "".join(codes), tuple(spans), tuple(starts))

    def with_first_as_written(self, wording: Wording) -> str:
        """The same codes, but the first word with its capital, as it stands within a sentence."""
        if not wording.codes:
            return ""
        return self.of(_normal(wording.passage(0, 1))) + wording.codes[1:]


def plain(text: str) -> str:
    """A text with its signs, but one kind of space, quotation mark and dash, without the sign it ends with."""
    single = " ".join(tidy(text).translate(_SAME_SIGNS).split()).rstrip(" .,;:!?")
    return single[:1].lower() + single[1:]


def _normal(token: str) -> str:
    word = unicodedata.normalize("NFC", _HIDDEN.sub("", token)).replace("−", "-")
    return _SPACES_IN_NUMBER.sub("", word)
