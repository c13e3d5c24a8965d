"""What stands in a draft behind a provision once demands are met: added lines, and provisions moved there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from participation.texts.provisions import HEADINGS, Kind, Provision
from participation.texts.word.demands import Action, Demand
from participation.texts.word.marking import Stretch
from participation.texts.word.marks import around
from participation.texts.word.pen import Pen, way_in
from participation.texts.word.styles import STYLE_OF, number_of, properties
from participation.texts.word.tables import TableFrame


@dataclass(frozen=True)
class Block:
    """A new paragraph, whose end is still to be marked, or a whole new table. `after` closes the range of a move."""

    demand: Demand
    words: str
    style: str
    is_table: bool = False
    after: str = ""


class Arrivals:
    """Writes what arrives with one pen. `moved` gives the provisions of a move as they read where they arrive."""

    def __init__(self, pen: Pen, moved: dict[int, Sequence[Provision]], names: dict[int, str]) -> None:
        self._pen = pen
        self._moved = moved
        self._names = names

    def blocks(self, demands: Sequence[Demand], kind: Kind) -> list[Block]:
        """What the demands put behind a provision of this kind."""
        style = "Provision" if kind in HEADINGS | {Kind.TABLE} else STYLE_OF[kind]
        found: list[Block] = []
        for demand in demands:
            is_move = demand.action is Action.MOVE
            found += self._moved_blocks(demand) if is_move else self._added_blocks(demand, style)
        return found

    def _added_blocks(self, demand: Demand, style: str) -> Iterator[Block]:
        for at, line in enumerate(demand.wording.split("\n")):
            words = self._pen.words(Stretch(line, demand, is_new=True))
            yield Block(demand, words if at else self._first(demand, words), style)

    def _moved_blocks(self, demand: Demand) -> Iterator[Block]:
        begin, end = self._pen.move("moveTo", demand, self._names[id(demand)])
        provisions = self._moved[id(demand)]
        for at, one in enumerate(provisions):
            after = end if at == len(provisions) - 1 else ""
            if one.kind is Kind.TABLE:
                yield self._moved_table(demand, one, is_first=not at, begin="" if at else begin, after=after)
                continue
            text = number_of(one, one.text) + one.text
            words = self._pen.words(Stretch(text, demand, is_new=True))
            yield Block(demand, words if at else begin + self._first(demand, words), STYLE_OF[one.kind], after=after)

    def _moved_table(self, demand: Demand, table: Provision, *, is_first: bool, begin: str, after: str) -> Block:
        frame = TableFrame(table.text)
        words = [self._pen.words(Stretch(table.text[start:stop], demand, is_new=True)) for start, stop in frame.cells]
        if is_first:
            words[0] = begin + self._first(demand, words[0])
        rows = (f"<w:ins {self._pen.change(demand)}/>" for _row in repeat(None))
        ends = (self._pen.end("moveTo", demand) for _cell in repeat(None))
        return Block(demand, frame.around(words, rows, ends), "", is_table=True, after=after)

    def _first(self, demand: Demand, words: str) -> str:
        """The words that an arrival begins with, within its reasons and its bookmark."""
        marks = list(self._pen.reasons([demand]).values())
        start, end = self._pen.bookmark_of_arrival(demand)
        return start + around(words, marks) + end


def takes_over(blocks: Sequence[Block], before_table: bool) -> bool:
    """Whether the first new paragraphs stand before a table.

    Word joins no paragraph with a table: there a new one takes over the end of the one before it.
    """
    if not blocks or blocks[0].is_table:
        return False
    return before_table or any(one.is_table for one in blocks)


def written(pen: Pen, blocks: Sequence[Block], takes: bool) -> Iterator[str]:
    """The new paragraphs and tables; with `takes` the first ones have the ends of those before them."""
    is_first = True
    for at, block in enumerate(blocks):
        if block.is_table:
            is_first = False
            yield block.words + block.after
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        end = pen.end(way_in(block.demand), block.demand)
        if takes and is_first:
            end = pen.end("ins", following.demand) if following is not None and not following.is_table else ""
        yield f"<w:p>{properties(block.style, end)}{block.words}</w:p>{block.after}"
