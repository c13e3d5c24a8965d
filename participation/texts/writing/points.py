"""What a layout must know of the points besides their words: which of their texts are too long for a column, which
are tables, and which points a demand speaks of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from participation.texts.writing.documents import PointRow, Run

# What fills a column of the table from the head of a page to its foot.
LONGEST_IN_A_COLUMN = 1500
LONGEST_IN_THE_LAST_COLUMN = 700
CHARACTERS_IN_A_LINE = 40

# How a provision that is a table is written as text: a row a line, with this between its cells.
BETWEEN_CELLS = " | "
FEWEST_COLUMNS = 3

# Words behind a label that say more of the same place: "4. člen, (2)".
_PLACE_WITHIN = re.compile(r"[,;(–]")


@dataclass(frozen=True)
class LongTexts:
    """Which texts of a point stand in full after the table; the two wordings only go together, to be compared."""

    wording: bool
    reasons: bool
    support: bool

    @property
    def any(self) -> bool:
        return self.wording or self.reasons or self.support


def long_texts(point: PointRow) -> LongTexts:
    return LongTexts(
        wording=any(
            _space(text) > LONGEST_IN_A_COLUMN or is_table(text) for text in (point.existing, point.demanded)
        ),
        reasons=_space(point.reasons) > LONGEST_IN_A_COLUMN,
        support=_space(point.supported_by) > LONGEST_IN_THE_LAST_COLUMN,
    )


def _space(text: str) -> int:
    """How many characters the text takes up, with what each of its line ends leaves empty."""
    return len(text) + text.count("\n") * CHARACTERS_IN_A_LINE


def numbers_named(demand: str, points: Sequence[PointRow]) -> str:
    """The numbers of the points whose article the demand names, as "1, 3"; empty where it names none.

    An article is named by the words before the first comma of its label, whatever the ending of the last of them:
    "4. člen, (2)" by "v 4. členu".
    """
    return ", ".join(point.number for point in points if _names(demand, point.article))


def _names(demand: str, article: str) -> bool:
    label = _PLACE_WITHIN.split(article, maxsplit=1)[0].strip()
    if not re.search(r"\d", label):
        return False
    ending = r"(?!\w)" if label[-1].isdigit() else r"[^\W\d]{0,3}(?!\w)"
    words = r"\s+".join(map(re.escape, label.split()))
    return re.search(rf"(?i)(?<![\w.]){words}{ending}", demand) is not None


def is_table(text: str) -> bool:
    """Whether the text is the rows of a table; a single row is not one, nor are columns of two."""
    rows = [line.count(BETWEEN_CELLS) + 1 for line in text.split("\n") if line.strip()]
    return len(rows) > 1 and min(rows) > 1 and max(rows) >= FEWEST_COLUMNS


def table_rows(runs: Sequence[Run]) -> list[list[list[Run]]]:
    """The runs of such a text by row and cell, every row with as many cells as the longest; without any, no row."""
    if not is_table("".join(text for text, _ in runs)):
        return []
    rows: list[list[list[Run]]] = [[[]]]
    for text, mark in runs:
        for place, line in enumerate(text.split("\n")):
            if place:
                rows.append([[]])
            for column, cell in enumerate(re.split(r" ?\| ?", line)):
                if column:
                    rows[-1].append([])
                if cell:
                    rows[-1][-1].append((cell, mark))
    rows = [row for row in rows if any(row)]
    columns = max(map(len, rows))
    return [[*row, *([[]] * (columns - len(row)))] for row in rows]
