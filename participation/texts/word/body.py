"""The text of a draft as Word's paragraphs and tables, with tracked changes and the marks of comments."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from participation.texts.provisions import HEADINGS, Kind, Provision
from participation.texts.word.cells import cells_of
from participation.texts.word.comments import Comments
from participation.texts.word.demands import Demand, DraftInWord, Note, Phrases, Reply
from participation.texts.word.marking import Marked, Stretch
from participation.texts.word.runs import Numbers, attributes, run

# Hidden in Word's list of bookmarks; a provision or an addition that comes back is known by it.
PROVISION, ADDITION = "_p_", "_a_"
WHOLE_DRAFT = "draft"
_TABLE = '<w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
STYLE_OF = {
    Kind.PART: "Heading1",
    Kind.ANNEX: "Heading1",
    Kind.CHAPTER: "Heading2",
    Kind.SECTION: "Heading3",
    Kind.ARTICLE: "Heading4",
    Kind.PARAGRAPH: "Provision",
    Kind.POINT: "Point",
    Kind.INDENT: "Point",
    Kind.TABLE: "TableText",
    Kind.NOTE: "ProvisionNote",
}


class Body:
    """Writes provisions one after another; `xml` and `comments` are what has been written."""

    def __init__(self, phrases: Phrases) -> None:
        self.xml: list[str] = []
        self.comments = Comments()
        self._numbers = Numbers()
        self._phrases = phrases

    def write_title(self, title: str, notes: Sequence[Note]) -> None:
        ends = [self._comment(note.author, note.when, note.text, note.replies) for note in notes]
        words = self._bookmarked(PROVISION + WHOLE_DRAFT, _around(run(title), ends))
        self.xml.append(f"<w:p>{_properties('Title')}{words}</w:p>")

    def write(
        self, provision: Provision, key: str, marked: Marked, notes: Sequence[Note], before_table: bool
    ) -> None:
        """A provision and what is added after it; `before_table` says whether a table comes next."""
        reasons = {
            id(demand): self._comment(demand.author, demand.when, demand.reasons, demand.replies)
            for demand in self._tracked(marked, key)
            if demand.reasons or demand.replies
        }
        outer = [self._excluded(demand) for demand in marked.excluded]
        outer += [self._comment(note.author, note.when, note.text, note.replies) for note in notes]
        outer = [*([reasons.pop(id(marked.deletion))] if id(marked.deletion) in reasons else []), *outer]
        is_table = provision.kind is Kind.TABLE
        # Word joins no paragraph with a table: there a new one takes over the end of the one before it.
        takes_over = before_table and not is_table and bool(marked.additions) and marked.deletion is None
        if is_table:
            self._table(provision, key, marked, reasons, outer)
        else:
            ending = ("ins", marked.additions[0]) if takes_over else ("del", marked.deletion)
            self._paragraph(provision, key, marked, reasons, outer, ending)
        self._additions(provision, marked, takes_over)

    @staticmethod
    def _tracked(marked: Marked, key: str) -> list[Demand]:
        """The demands that are tracked here; a deletion from above has its reasons where it begins."""
        found = {id(demand): demand for _change, demand in sorted(marked.changes, key=lambda pair: pair[0])}
        if marked.deletion is not None and marked.deletion.key == key:
            found[id(marked.deletion)] = marked.deletion
        return list(found.values())

    def _paragraph(
        self,
        provision: Provision,
        key: str,
        marked: Marked,
        reasons: dict[int, "Marks"],
        outer: list["Marks"],
        ending: tuple[str, Demand | None],
    ) -> None:
        label = self._piece(Stretch(_label(provision), marked.deletion))
        stretches = marked.stretches(provision.text)
        if not provision.text and stretches:
            # What parts the number from new words comes and goes with them.
            stretches[0] = replace(stretches[0], text=_between(provision) + stretches[0].text)
        words = self._stretches(stretches, reasons)
        self.xml.append(
            f"<w:p>{_properties(STYLE_OF[provision.kind], self._mark(*ending))}"
            f"{self._bookmarked(PROVISION + key, _around(label + words, outer))}</w:p>"
        )

    def _table(
        self, provision: Provision, key: str, marked: Marked, reasons: dict[int, "Marks"], outer: list["Marks"]
    ) -> None:
        rows = cells_of(provision.text)
        stretches = marked.stretches(provision.text)
        columns = max(map(len, rows))
        start = self._bookmark_start(PROVISION + key) + "".join(marks.start for marks in outer)
        xml = f"<w:tbl>{_TABLE}<w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>"
        for at, row in enumerate(rows):
            gone = f"<w:del {self._change(marked.deletion)}/>" if marked.deletion else ""
            missing = f'<w:gridAfter w:val="{columns - len(row)}"/>' if len(row) < columns else ""
            xml += f"<w:tr>{f'<w:trPr>{missing}{gone}</w:trPr>' if missing or gone else ''}"
            for place, (first, last) in enumerate(row):
                is_last = at == len(rows) - 1 and place == len(row) - 1
                words = self._stretches(_within(stretches, first, last), reasons)
                end = "".join(marks.end for marks in outer) + self._bookmark_end() if is_last else ""
                mark = self._mark("del", marked.deletion)
                xml += f"<w:tc><w:tcPr/><w:p>{_properties('TableText', mark)}{start}{words}{end}</w:p></w:tc>"
                start = ""
            xml += "</w:tr>"
        self.xml.append(f"{xml}</w:tbl>")

    def _additions(self, provision: Provision, marked: Marked, takes_over: bool) -> None:
        style = "Provision" if provision.kind in HEADINGS | {Kind.TABLE} else STYLE_OF[provision.kind]
        lines = [
            (demand, place, line)
            for demand in marked.additions
            for place, line in enumerate(demand.wording.split("\n"))
        ]
        for at, (demand, place, line) in enumerate(lines):
            words = self._piece(Stretch(line, demand, is_new=True))
            if place == 0:
                if demand.reasons or demand.replies:
                    marks = self._comment(demand.author, demand.when, demand.reasons, demand.replies)
                    words = _around(words, [marks])
                words = self._bookmarked(f"{ADDITION}{self._numbers.next()}_{demand.key}", words)
            keeps_end = takes_over and at == len(lines) - 1
            maker = demand if not takes_over else (lines[at + 1][0] if not keeps_end else None)
            self.xml.append(f"<w:p>{_properties(style, self._mark('ins', maker))}{words}</w:p>")

    def _stretches(self, stretches: Sequence[Stretch], reasons: dict[int, "Marks"]) -> str:
        """The words, each demand's reasons standing around what it changes."""
        places: dict[int, list[int]] = {}
        for at, stretch in enumerate(stretches):
            if id(stretch.demand) in reasons:
                places.setdefault(id(stretch.demand), []).append(at)
        pieces = [self._piece(stretch) for stretch in stretches]
        for demand, found in places.items():
            marks = reasons.pop(demand)
            pieces[found[0]] = marks.start + pieces[found[0]]
            pieces[found[-1]] += marks.end
        return "".join(pieces)

    def _piece(self, stretch: Stretch) -> str:
        if not stretch.text or stretch.demand is None:
            return run(stretch.text)
        kind = "ins" if stretch.is_new else "del"
        return f"<w:{kind} {self._change(stretch.demand)}>{run(stretch.text, kind == 'del')}</w:{kind}>"

    def _mark(self, kind: str, demand: Demand | None) -> str:
        """The properties of a paragraph's end that somebody puts in or takes out."""
        return f"<w:rPr><w:{kind} {self._change(demand)}/></w:rPr>" if demand is not None else ""

    def _change(self, demand: Demand) -> str:
        return attributes(self._numbers, demand.author, demand.when)

    def _excluded(self, demand: Demand) -> "Marks":
        return self._comment(demand.author, demand.when, self._phrases.excluded(demand), demand.replies)

    def _comment(self, author: str, when: datetime, text: str, replies: Sequence[Reply]) -> "Marks":
        number, paragraph = self.comments.write(author, when, text)
        numbers = [number]
        numbers += [self.comments.write(one.author, one.when, one.text, paragraph)[0] for one in replies]
        return Marks(numbers)

    def _bookmarked(self, name: str, content: str) -> str:
        return self._bookmark_start(name) + content + self._bookmark_end()

    def _bookmark_start(self, name: str) -> str:
        self._bookmark = self._numbers.next()
        return f'<w:bookmarkStart w:id="{self._bookmark}" w:name="{name}"/>'

    def _bookmark_end(self) -> str:
        return f'<w:bookmarkEnd w:id="{self._bookmark}"/>'


class Marks:
    """Where a comment and its replies begin and end in the text."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.start = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
        self.end = "".join(
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            for number in numbers
        )


def write_body(draft: DraftInWord, marked: Sequence[Marked]) -> Body:
    """All of the draft, in reading order."""
    notes: dict[str, list[Note]] = {}
    known = set(draft.keys)
    for note in draft.notes:
        notes.setdefault(note.key if note.key in known else "", []).append(note)
    body = Body(draft.phrases)
    body.write_title(draft.title, notes.get("", []))
    kinds = [provision.kind for provision in draft.provisions]
    for place, (provision, key) in enumerate(zip(draft.provisions, draft.keys, strict=True)):
        before_table = kinds[place + 1 : place + 2] == [Kind.TABLE]
        body.write(provision, key, marked[place], notes.get(key, []), before_table)
    return body


def _label(provision: Provision) -> str:
    """The printed number as it stands before the words: above the title of a heading, else before a tab."""
    if not provision.label or not provision.text:
        return provision.label
    return provision.label + _between(provision)


def _between(provision: Provision) -> str:
    return "\n" if provision.kind in HEADINGS else "\t"


def _properties(style: str, mark: str = "") -> str:
    return f'<w:pPr><w:pStyle w:val="{style}"/>{mark}</w:pPr>'


def _around(words: str, marks: Sequence[Marks]) -> str:
    return "".join(one.start for one in marks) + words + "".join(one.end for one in marks)


def _within(stretches: Sequence[Stretch], first: int, last: int) -> list[Stretch]:
    """The stretches between two characters of the existing text; what is put in belongs to the cell it touches."""
    found: list[Stretch] = []
    at = 0
    for stretch in stretches:
        if stretch.is_new:
            found += [stretch] if first <= at <= last else []
            continue
        start, stop = max(at, first), min(at + len(stretch.text), last)
        if start < stop:
            found.append(Stretch(stretch.text[start - at : stop - at], stretch.demand))
        at += len(stretch.text)
    return found
