"""One page of a PDF as printed lines, each with its place and its look."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from participation.texts.reading.blocks import tidy

_MARK = re.compile(
    r"^(?:[•●▪■◦‣○*·–—-]|o|\d{1,3}[.)]|[a-zčšž]\)|\(\d{1,3}[a-z]?\)|\([a-zčšž]\)|\d{1,2}(?:\.\d{1,2})+\.?)$"
)
_FULL_PAGE = 0.7


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
    box: int
    label: str = ""

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


def read_page(layout: Any, number: int) -> Page:
    """The lines of a page in pdfminer's reading order, marks given back to their lines."""
    page = Page(number, layout.width, layout.height)
    for at, element in enumerate(layout):
        if hasattr(element, "get_text"):
            page.lines += [line for line in (_line(one, at) for one in _text_lines(element)) if line.text]
        elif type(element).__name__ in ("LTFigure", "LTImage"):
            page.covered = page.covered or _covers(element, page)
    page.lines = _with_marks(page.lines)
    return page


def _text_lines(element: Any) -> list[Any]:
    return list(element) if type(element).__name__.startswith("LTTextBox") else [element]


def _covers(element: Any, page: Page) -> bool:
    return element.width * element.height >= _FULL_PAGE * page.width * page.height


def _line(line: Any, box: int) -> Printed:
    letters = [one for one in line if hasattr(one, "fontname") and one.get_text().strip()]
    sizes = Counter(round(one.size, 1) for one in letters)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    bold = bool(letters) and all("bold" in one.fontname.lower() for one in letters)
    x0 = min((one.x0 for one in letters), default=line.x0)
    x1 = max((one.x1 for one in letters), default=line.x1)
    return Printed(_text(line, size), x0, x1, line.y0, line.y1, size, bold, box)


def _text(line: Any, size: float) -> str:
    """The line's words; a small raised figure is a note's mark and is set apart by brackets."""
    pieces: list[str] = []
    for one in line:
        text = one.get_text()
        raised = (
            hasattr(one, "fontname")
            and text.isdigit()
            and one.size < 0.8 * size
            and one.y0 > line.y0 + 0.15 * line.height
            and bool("".join(pieces).strip())
        )
        pieces.append(f"\ue000{text}\ue001" if raised else text)
    joined = "".join(pieces).replace("\ue001\ue000", "").replace("\ue000", "[").replace("\ue001", "]")
    cut = joined.rstrip().endswith(("\u00ad", "\ufffe"))
    return tidy(joined).replace("\n", " ") + ("\u00ad" if cut else "")


def _with_marks(lines: list[Printed]) -> list[Printed]:
    """Bullets and numbers that pdfminer sees as a column of their own, beside their lines."""
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
