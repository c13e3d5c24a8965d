"""The reading order of a page that is set in two columns.

Read box by box, columns whose headings stand at one height would be mixed. A page with a gutter
is read band by band: what spans it, then left, then right.
"""

from bisect import bisect_left, bisect_right

from participation.texts.reading.pdf_pages import Page, Printed

_FEWEST_LINES = 4
_MOST_ACROSS = 0.25
_STEP = 2


def read_columns(page: Page) -> None:
    """Put the lines of a page with two columns in reading order; leave any other page alone."""
    gutter = _gutter(page)
    if gutter is None:
        return
    place = {id(line): at for at, line in enumerate(page.lines)}
    ordered: list[Printed] = []
    left: list[Printed] = []
    right: list[Printed] = []
    for line in [*sorted(page.lines, key=lambda one: -one.y1), None]:
        if line is not None and not _crosses(line, gutter):
            (left if line.x1 <= gutter else right).append(line)
            continue
        for side in (left, right):
            # On its side of the gutter, what stands together stays together, as in a table's cells.
            ordered += sorted(side, key=lambda one: place[id(one)])
            side.clear()
        ordered += [line] if line else []
    page.lines = ordered
    page.gutter = gutter


def _gutter(page: Page) -> float | None:
    """The middle of the strip that fewest lines cross, if it parts the page."""
    middle = range(int(0.35 * page.width), int(0.65 * page.width), _STEP)
    crossing = _crossing(page.lines, middle)
    least = min(crossing, default=0)
    fewest = [x for x, lines in zip(middle, crossing, strict=True) if lines == least]
    if not fewest:
        return None
    gutter = fewest[len(fewest) // 2]
    return gutter if _parts(page.lines, gutter) else None


def _crossing(lines: list[Printed], places: range) -> list[int]:
    """How many lines cross each of the places: counted where lines begin and end."""
    begins = sorted(line.x0 for line in lines)
    ends = sorted(line.x1 for line in lines)
    return [bisect_left(begins, x) - bisect_right(ends, x) for x in places]


def _parts(lines: list[Printed], x: float) -> bool:
    left = sum(line.x1 <= x for line in lines)
    right = sum(line.x0 >= x for line in lines)
    across = len(lines) - left - right
    if min(left, right) < _FEWEST_LINES or across > _MOST_ACROSS * len(lines):
        return False
    # Both sides of a gutter hold running text; a column of figures or signatures does not.
    return min(_words([one for one in lines if one.x1 <= x]), _words([one for one in lines if one.x0 >= x])) >= 3


def _words(lines: list[Printed]) -> int:
    """How many words the middle one of the lines has."""
    counts = sorted(len(line.text.split()) for line in lines)
    return counts[len(counts) // 2]


def _crosses(line: Printed, gutter: float) -> bool:
    return line.x0 < gutter < line.x1
