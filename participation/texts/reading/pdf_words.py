"""The words of a page of a PDF as pdfium finds them, each with its place and its look.

Every question to pdfium costs as much as some lines of Python, so it is asked about a word's
first and last letter, about all letters only where a raised figure may be among them, and about
the look of what was drawn in one go only once.
"""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import hypot
from typing import Any

_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_WORD = re.compile(r"\S+")
_WITH_FIGURE = re.compile(r"\d\D|\D\d")
_DESCENT = 0.22
_SAME_LINE = 0.1
_FORCED_BOLD = 1 << 18
_LONGEST_NAME = 128
# What pdfium writes for a hyphen that cuts a word at a line's end, and for a letter it cannot name.
_SIGNS = {0x02: "-", 0xFFFE: "-", 0x00: "\ufffd"}


@dataclass(slots=True)
class Word:
    """Letters without a space between them. `spaced` says that the file has one before them;
    `tilted` that they do not run from left to right. In points from the page's lower left."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool
    spaced: bool
    tilted: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    bold: bool
    tilted: bool


@dataclass(frozen=True)
class View:
    """The page as it is looked at: cut to its visible part, and turned if the file says so."""

    width: float
    height: float
    left: float
    bottom: float
    across: tuple[float, float]
    up: tuple[float, float]

    def place(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        return x * self.across[0] + y * self.across[1], x * self.up[0] + y * self.up[1]


def view_of(page: Any) -> View:
    import pypdfium2.raw as pdfium

    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    x, y = ctypes.c_double(), ctypes.c_double()

    def corner(right: int, down: int) -> tuple[float, float]:
        pdfium.FPDF_DeviceToPage(page, 0, 0, 1, 1, 0, right, down, x, y)
        return x.value, y.value

    left, bottom = corner(0, 1)
    across, up = corner(1, 1), corner(0, 0)
    return View(
        width,
        height,
        left,
        bottom,
        ((across[0] - left) / (width or 1), (across[1] - bottom) / (width or 1)),
        ((up[0] - left) / (height or 1), (up[1] - bottom) / (height or 1)),
    )


def read_words(page: Any, view: View) -> list[Word]:
    """The words in the order in which the file draws them."""
    import pypdfium2.raw as pdfium

    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        return list(_Letters(text_page, view).words())
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Letters:
    """The letters of a page. Holds the places that pdfium writes its answers to."""

    def __init__(self, page: Any, view: View) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium, self._page, self._view = pdfium, page, view
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix, self._box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        self._name, self._flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
        self._looks: dict[int, _Look] = {}
        self.text = self._read_text().translate(_SIGNS)

    def words(self) -> Iterator[Word]:
        stopped = 0
        for line in _LINE.finditer(self.text):
            look, baseline = self._look(line.start()), self._origin(line.start())[1]
            in_one_go = not look.tilted and self._drawn(line.start()) == self._drawn(line.end() - 1)
            for match in _WORD.finditer(self.text, *line.span()):
                start, stop = match.span()
                # A line's end between two words is a guess of pdfium, not a letter of the file.
                spaced = bool(self.text[stopped:start].strip("\r\n"))
                stopped = stop
                if in_one_go:
                    yield self._word(start, stop, spaced, look, baseline)
                    continue
                for first, last in self._alike(start, stop):
                    own = self._origin(first)[1]
                    yield self._word(first, last, spaced and first == start, self._look(first), own)

    def _read_text(self) -> str:
        count = max(0, self._pdfium.FPDFText_CountChars(self._page))
        letters = (ctypes.c_ushort * (count + 1))()
        written = self._pdfium.FPDFText_GetText(self._page, 0, count, letters)
        text = bytes(letters)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if written == count + 1 and len(text) == count:
            return text
        # Letters without a name are left out of the text, and so its places are not theirs.
        return "".join(chr(self._pdfium.FPDFText_GetUnicode(self._page, at) % 0x110000) for at in range(count))

    def _alike(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """Cut a word where its letters change their size or their line."""
        same_line = abs(self._origin(start)[1] - self._origin(stop - 1)[1]) < _SAME_LINE
        if (same_line and not _WITH_FIGURE.search(self.text, start, stop)) or self._look(start).tilted:
            yield start, stop
            return
        stands = [(round(self._origin(at)[1], 1), self._look(at).size) for at in range(start, stop)]
        for _, alike in groupby(range(start, stop), key=lambda at: stands[at - start]):
            letters = list(alike)
            yield letters[0], letters[-1] + 1

    def _word(self, start: int, stop: int, spaced: bool, look: _Look, baseline: float) -> Word:
        left, right, bottom, top = self._extent(stop - 1)
        x0 = self._origin(start)[0]
        if look.tilted or right < x0:
            # Its first letter is not the one furthest to the left and at the bottom.
            first = self._extent(start)
            left, right = min(left, first[0]), max(right, first[1])
            bottom, top = min(bottom, first[2]), max(top, first[3])
            x0 = left
        if not look.tilted:
            bottom = baseline - _DESCENT * look.size
            top = bottom + look.size
        return Word(self.text[start:stop], x0, right, bottom, top, look.size, look.bold, spaced, look.tilted)

    def _origin(self, at: int) -> tuple[float, float]:
        self._pdfium.FPDFText_GetCharOrigin(self._page, at, self._x, self._y)
        return self._view.place(self._x.value, self._y.value)

    def _extent(self, at: int) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of one letter."""
        box = self._box
        self._pdfium.FPDFText_GetLooseCharBox(self._page, at, box)
        x, y = self._view.place(box.left, box.bottom)
        other_x, other_y = self._view.place(box.right, box.top)
        return min(x, other_x), max(x, other_x), min(y, other_y), max(y, other_y)

    def _drawn(self, at: int) -> int:
        """The number of what was drawn in one go; one of its own for a letter that pdfium made up."""
        drawn = self._pdfium.FPDFText_GetTextObject(self._page, at)
        return ctypes.addressof(drawn.contents) if drawn else -1 - at

    def _look(self, at: int) -> _Look:
        key = self._drawn(at)
        if key not in self._looks:
            self._looks[key] = self._look_of(at)
        return self._looks[key]

    def _look_of(self, at: int) -> _Look:
        matrix = self._matrix
        self._pdfium.FPDFText_GetMatrix(self._page, at, matrix)
        size = self._pdfium.FPDFText_GetFontSize(self._page, at) * hypot(matrix.c, matrix.d)
        run, rise = (matrix.a * axis[0] + matrix.b * axis[1] for axis in (self._view.across, self._view.up))
        self._pdfium.FPDFText_GetFontInfo(self._page, at, self._name, _LONGEST_NAME, self._flags)
        bold = b"bold" in self._name.value.lower() or bool(self._flags.value & _FORCED_BOLD)
        return _Look(size, bold, tilted=run < 0 or abs(rise) > 0.1 * run)
