"""One page of a PDF as printed lines, each with its place and its look."""

import re
from collections import Counter
from dataclasses import dataclass, field

from participation.texts.reading.blocks import tidy
from participation.texts.reading.pdf_words import Word

_MARK = re.compile(
    r"^(?:[•●▪■◦‣○*·–—-]|o|\d{1,3}[.)]|[a-zčšž]\)|\(\d{1,3}[a-z]?\)|\([a-zčšž]\)|\d{1,2}(?:\.\d{1,2})+\.?)$"
)
# In widths of the letter m. What is further apart stands in another column, or is a mark of its line.
_WIDEST_SPACE = 1.2
_WIDEST_SPACE_OF_STRANGERS = 0.6
_NARROWEST_SPACE = 0.12


@dataclass
class Printed:
    """A line as it stands on the page. Coordinates are in points from the lower left."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool
    box: int = 0
    label: str = ""
    tilted: bool = False

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


@dataclass
class Page:
    number: int
    width: float
    height: float
    lines: list[Printed] = field(default_factory=list)
    covered: bool = False
    gutter: float | None = None


def printed_lines(words: list[Word]) -> list[Printed]:
    """The lines that words drawn one after another make up, in the order of the drawing."""
    rows: list[list[Word]] = []
    for word in words:
        if rows and _goes_on(rows[-1][-1], word, _WIDEST_SPACE):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = [_line(row) for row in _rejoined(rows)]
    return [line for line in lines if line.text]


def _goes_on(last: Word, word: Word, widest: float) -> bool:
    """Whether a word stands right of the last one, at its height or as a raised figure beside it."""
    if last.tilted or word.tilted:
        return last.tilted and word.tilted
    size = last.size if last.size > word.size else word.size
    if not -0.5 * size < word.x0 - last.x1 < widest * size:
        return False
    if last.y0 == word.y0:
        return True
    return min(last.y1, word.y1) - max(last.y0, word.y0) > 0.5 * min(last.size, word.size)


def _rejoined(rows: list[list[Word]]) -> list[list[Word]]:
    """Some programs draw a line out of order, as one font after the other: put it together."""
    ends: dict[int, list[list[Word]]] = {}
    joined: list[list[Word]] = []
    for row in sorted(rows, key=lambda row: row[0].x0):
        beside = ends.setdefault(round(row[0].y0), [])
        before = next((one for one in beside if _goes_on(one[-1], row[0], _WIDEST_SPACE_OF_STRANGERS)), None)
        if before is None:
            beside.append(row)
            joined.append(row)
        else:
            before += row
    return joined


def _line(words: list[Word]) -> Printed:
    sizes = Counter[float]()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    size = sizes.most_common(1)[0][0]
    usual = [word for word in words if round(word.size, 1) == size]
    return Printed(
        _text(words, size, usual[0].y0),
        min(word.x0 for word in words),
        max(word.x1 for word in words),
        min(word.y0 for word in usual),
        max(word.y1 for word in usual),
        size,
        all(word.bold for word in words),
        tilted=words[0].tilted,
    )


def _text(words: list[Word], size: float, bottom: float) -> str:
    """The line's words; a small raised figure is a note's mark and is set apart by brackets."""
    pieces: list[str] = []
    before: Word | None = None
    for word in words:
        if before and (word.spaced or word.tilted or word.x0 - before.x1 > _NARROWEST_SPACE * size):
            pieces.append(" ")
        is_raised = word.text.isdigit() and word.size < 0.8 * size and word.y0 > bottom + 0.15 * size
        pieces.append(f"[{word.text}]" if is_raised and before else word.text)
        before = word
    joined = "".join(pieces)
    cut = joined.endswith("\u00ad")
    return tidy(joined).replace("\n", " ") + ("\u00ad" if cut else "")


def with_marks(lines: list[Printed]) -> list[Printed]:
    """Give bullets and numbers that stand beside their lines, in a column of their own, back to them."""
    marks = [line for line in lines if _MARK.match(line.text)]
    others = [line for line in lines if not _MARK.match(line.text)]
    for mark in marks:
        beside = [
            line
            for line in others
            if line.y0 - 1 <= mark.middle <= line.y1 + 1 and 0 <= line.x0 - mark.x1 < 90 and not line.label
        ]
        if beside:
            nearest = min(beside, key=lambda line: line.x0)
            nearest.label = mark.text
        else:
            others.insert(_position(others, mark, lines), mark)
    return others


def _position(others: list[Printed], mark: Printed, lines: list[Printed]) -> int:
    """Where a mark that stands alone comes in reading order."""
    at = next(index for index, line in enumerate(lines) if line is mark)
    later = {id(line) for line in lines[at + 1 :]}
    return next((index for index, line in enumerate(others) if id(line) in later), len(others))
