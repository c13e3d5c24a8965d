"""A passage that somebody quotes from a provision: where it stands, and what stands around it.

What is selected on a page or copied from it may have other spaces than the text; its words and signs are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

# So many characters before and after a passage tell it from others of the same words.
SURROUNDINGS = 64


@dataclass(frozen=True, slots=True)
class Passage:
    """A TextQuoteSelector and a TextPositionSelector in one (W3C Web Annotation Data Model, 4.2.4 and 4.2.5).

    `start` and `end` count the characters of the provision's text.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def passages_of(text: str, quoted: str) -> list[Passage]:
    """Every place where the quoted words stand in the text, from its beginning; none for no words."""
    return [_passage(text, *span) for span in _spans(text, quoted)]


def nearest(passages: list[Passage], at: int) -> Passage:
    """The one that begins nearest to a character of the text."""
    return min(passages, key=lambda passage: abs(passage.start - at))


def _spans(text: str, quoted: str) -> Iterator[tuple[int, int]]:
    words = " ".join(quoted.split())
    if not words:
        return
    # In the text with single spaces, because a pattern would read all words again from each place.
    kept = [at for at, sign in enumerate(text) if not sign.isspace() or not text[at - 1 : at].isspace()]
    single = "".join(" " if text[at].isspace() else text[at] for at in kept)
    at = single.find(words)
    while at >= 0:
        yield kept[at], kept[at + len(words) - 1] + 1
        at = single.find(words, at + 1)


def _passage(text: str, start: int, end: int) -> Passage:
    return Passage(
        text[start:end], text[max(0, start - SURROUNDINGS) : start], text[end : end + SURROUNDINGS], start, end
    )
