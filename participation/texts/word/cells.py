"""The text of a table provision as its cells: one row a line, cells parted by bars."""

from itertools import chain

from participation.texts.replacements import Replacement, replacements_of

BETWEEN_CELLS = " | "
Span = tuple[int, int]


def cells_of(text: str) -> list[list[Span]]:
    """Where each cell of each row stands in the text."""
    rows: list[list[Span]] = []
    at = 0
    for line in text.split("\n"):
        row: list[Span] = []
        for cell in line.split(BETWEEN_CELLS):
            row.append((at, at + len(cell)))
            at += len(cell) + len(BETWEEN_CELLS)
        at += 1 - len(BETWEEN_CELLS)
        rows.append(row)
    return rows


def replacements_in_cells(existing: str, wording: str) -> list[Replacement] | None:
    """What changes within the cells; None where the wording has other rows or columns."""
    old, new = cells_of(existing), cells_of(wording)
    if [len(row) for row in old] != [len(row) for row in new]:
        return None
    found: list[Replacement] = []
    for (start, stop), (first, last) in zip(chain(*old), chain(*new), strict=True):
        for one in replacements_of(existing[start:stop], wording[first:last]):
            found.append(Replacement(start + one.start, start + one.stop, one.words))
    return found
