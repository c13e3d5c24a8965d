"""The text of a draft as Word's paragraphs and tables, with tracked changes and the marks of comments."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat

from participation.texts.provisions import Kind, Provision
from participation.texts.trees import Tree
from participation.texts.word.arrivals import Arrivals, Block, takes_over, written
from participation.texts.word.comments import Comments
from participation.texts.word.demands import Action, Demand, DraftInWord, Note
from participation.texts.word.marking import Marked, Stretch
from participation.texts.word.marks import Marks, OnPassages, around, within
from participation.texts.word.pen import PROVISION, Pen, way_out
from participation.texts.word.runs import run
from participation.texts.word.styles import STYLE_OF, between, number_of, properties
from participation.texts.word.tables import TableFrame

WHOLE_DRAFT = "draft"


class Body:
    """Writes the provisions of a draft one after another; `xml` is what has been written."""

    def __init__(self, draft: DraftInWord, marked: Sequence[Marked]) -> None:
        self.xml: list[str] = []
        self._draft, self._marked = draft, marked
        self._pen = Pen(draft)
        self._below = Tree(draft.provisions).below
        self._place_of = {key: place for place, key in enumerate(draft.keys)}
        moves = [one for each in marked for one in (*each.ahead, *each.arrivals) if one.action is Action.MOVE]
        self._names = {id(one): f"move{number}" for number, one in enumerate(moves, 1)}
        self._arrivals = Arrivals(self._pen, {id(one): self._moved(one) for one in moves}, self._names)
        # Ends of moves that have begun, by the last place of what is moved.
        self._ends: dict[int, str] = {}

    @property
    def comments(self) -> Comments:
        return self._pen.comments

    def _moved(self, move: Demand) -> list[Provision]:
        """The provisions of a move, with the words that it gives them."""
        root = self._place_of[move.key]
        provisions, marked = self._draft.provisions, self._marked
        return [
            replace(provisions[at], text=marked[at].becomes or provisions[at].text)
            for at in (root, *self._below[root])
        ]

    def _is_table(self, place: int) -> bool:
        return place < len(self._draft.provisions) and self._draft.provisions[place].kind is Kind.TABLE

    def write_title(self, notes: Sequence[Note]) -> None:
        marks = [self._pen.note(note) for note in notes]
        start, end = self._pen.bookmark(PROVISION + WHOLE_DRAFT)
        words = start + around(run(self._draft.title), marks) + end
        blocks = self._arrivals.blocks(self._marked[0].ahead if self._marked else (), Kind.PARAGRAPH)
        takes = takes_over(blocks, self._is_table(0))
        mark = self._pen.end("ins", blocks[0].demand) if takes else ""
        self.xml.append(f"<w:p>{properties('Title', mark)}{words}</w:p>")
        self.xml += written(self._pen, blocks, takes)

    def write(self, place: int, notes: Sequence[Note]) -> None:
        """A provision, and what arrives behind it."""
        provision, marked = self._draft.provisions[place], self._marked[place]
        reasons = self._pen.reasons(self._tracked(place))
        deletion = reasons.pop(id(marked.gone), None)
        outer = [*([deletion] if deletion else []), *(self._pen.excluded(demand) for demand in marked.excluded)]
        passages = []
        for note in notes:
            marks = self._pen.note(note)
            if note.is_on_a_passage_of(provision.text):
                passages.append((note.start, note.stop, marks))
            else:
                outer.append(marks)
        said = _Said(reasons, outer, OnPassages(passages))
        blocks = self._arrivals.blocks(marked.arrivals, provision.kind)
        takes = False
        if provision.kind is Kind.TABLE:
            self.xml.append(self._table(place, said))
        else:
            takes = marked.gone is None and takes_over(blocks, self._is_table(place + 1))
            self.xml.append(self._paragraph(place, said, blocks[0] if takes else None))
        self.xml.append(self._ends.pop(place, ""))
        self.xml += written(self._pen, blocks, takes)

    def _tracked(self, place: int) -> list[Demand]:
        """The demands whose reasons stand here: of a deletion where it begins, of a move where it leads."""
        marked = self._marked[place]
        found = {id(demand): demand for _change, demand in sorted(marked.changes, key=lambda pair: pair[0])}
        gone = marked.gone
        if gone is not None and gone.key == self._draft.keys[place] and gone.action is Action.DELETE:
            found[id(gone)] = gone
        return list(found.values())

    def _begin(self, place: int) -> str:
        """What marks that a move begins with this provision."""
        gone = self._marked[place].gone
        if gone is None or gone.action is not Action.MOVE or gone.key != self._draft.keys[place]:
            return ""
        begin, end = self._pen.move("moveFrom", gone, self._names[id(gone)])
        self._ends[max([place, *self._below[place]])] = end
        return begin

    def _paragraph(self, place: int, said: "_Said", taking: Block | None) -> str:
        provision, marked = self._draft.provisions[place], self._marked[place]
        begin = self._begin(place)
        number = self._pen.words(Stretch(number_of(provision, provision.text), marked.gone))
        stretches = said.passages.cut(marked.stretches(provision.text))
        if not provision.text and stretches:
            # What parts the number from new words comes and goes with them.
            stretches[0] = replace(stretches[0], text=between(provision) + stretches[0].text)
        words = said.passages.write(stretches, self._pieces(stretches, said.reasons), 0) + said.passages.rest()
        start, end = self._pen.bookmark(PROVISION + self._draft.keys[place])
        mark = ""
        if taking is not None:
            mark = self._pen.end("ins", taking.demand)
        elif marked.gone is not None:
            mark = self._pen.end(way_out(marked.gone), marked.gone)
        style = properties(STYLE_OF[provision.kind], mark)
        return f"<w:p>{style}{begin}{start}{around(number + words, said.outer)}{end}</w:p>"

    def _table(self, place: int, said: "_Said") -> str:
        provision, marked = self._draft.provisions[place], self._marked[place]
        frame = TableFrame(provision.text)
        begin = self._begin(place)
        stretches = said.passages.cut(marked.stretches(provision.text))
        start, end = self._pen.bookmark(PROVISION + self._draft.keys[place])
        words = []
        for cell in frame.cells:
            own = within(stretches, cell)
            words.append(said.passages.write(own, self._pieces(own, said.reasons), cell[0]))
        words[0] = begin + start + "".join(one.start for one in said.outer) + words[0]
        words[-1] += said.passages.rest() + "".join(one.end for one in said.outer) + end
        gone = marked.gone
        rows = (f"<w:del {self._pen.change(gone)}/>" if gone else "" for _row in repeat(None))
        ends = (self._pen.end(way_out(gone), gone) if gone else "" for _cell in repeat(None))
        return frame.around(words, rows, ends)

    def _pieces(self, stretches: Sequence[Stretch], reasons: dict[int, Marks]) -> list[str]:
        """The words, each demand's reasons standing around what it changes."""
        places: dict[int, list[int]] = {}
        for at, stretch in enumerate(stretches):
            if id(stretch.demand) in reasons:
                places.setdefault(id(stretch.demand), []).append(at)
        pieces = [self._pen.words(stretch) for stretch in stretches]
        for demand, found in places.items():
            marks = reasons.pop(demand)
            pieces[found[0]] = marks.start + pieces[found[0]]
            pieces[found[-1]] += marks.end
        return pieces


class _Said:
    """The comments at one provision: reasons beside changes, those on all of it, those on passages."""

    def __init__(self, reasons: dict[int, Marks], outer: list[Marks], passages: OnPassages) -> None:
        self.reasons, self.outer, self.passages = reasons, outer, passages


def write_body(draft: DraftInWord, marked: Sequence[Marked]) -> Body:
    """All of the draft, in reading order."""
    notes: dict[str, list[Note]] = {}
    known = set(draft.keys)
    for note in draft.notes:
        notes.setdefault(note.key if note.key in known else "", []).append(note)
    body = Body(draft, marked)
    body.write_title(notes.get("", []))
    for place, key in enumerate(draft.keys):
        body.write(place, notes.get(key, []))
    return body
