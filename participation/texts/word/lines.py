"""The paragraphs and tables of an edited Word file, piece by piece."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from participation.texts.provisions import Unreadable
from participation.texts.reading.blocks import MAXIMUM_BLOCKS
from participation.texts.reading.figures import roman
from participation.texts.reading.xml import attribute, child, children, is_on, name, value
from participation.texts.word.cells import BETWEEN_CELLS
from participation.texts.word.redline import Hand, Line, Piece
from participation.texts.word.remarks import hand_of, number_of_comment

_DROPPED = {
    "pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "tcPr", "trPr", "instrText", "delInstrText", "Fallback", "rt",
    "rubyPr", "fldData", "del", "ins", "moveFrom", "moveTo",
}  # fmt: skip
_INSERTS, _DELETES = ("ins", "moveTo"), ("del", "moveFrom")
_PLAIN = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True)
class Fate:
    """Who put in and who took out what stands within an element."""

    inserted: Hand | None = None
    deleted: Hand | None = None

    def within(self, element: Element) -> "Fate":
        kind = name(element)
        if kind in _INSERTS:
            return replace(self, inserted=replace(hand_of(element), moves=kind == "moveTo"))
        if kind in _DELETES:
            return replace(self, deleted=replace(hand_of(element), moves=kind == "moveFrom"))
        return self

    def marked(self, properties: Element | None) -> "Fate":
        """With what the properties of a paragraph's end or of a row say of it."""
        fate = self
        for one in properties if properties is not None else ():
            fate = fate.within(one)
        return fate


@dataclass
class Lines:
    """Reads a body; `read` is what has been read."""

    read: list[Line] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)
    _notes: Counter[str] = field(default_factory=Counter)
    _boxes: list[tuple[Element, Fate]] = field(default_factory=list)

    def read_body(self, elements: Iterable[Element], fate: Fate) -> None:
        for one in elements:
            kind = name(one)
            if kind == "p":
                self._read_paragraph(one, fate)
            elif kind == "tbl":
                self._read_table(one, fate)
            elif kind == "sdt":
                self.read_body([] if _is_contents(one) else child(one, "sdtContent") or [], fate)
            elif kind in (*_INSERTS, *_DELETES, "customXml", "smartTag"):
                self.read_body(one, fate.within(one))
            else:
                self._mark(one)

    def _add(self, line: Line) -> None:
        self.read.append(line)
        self._names = []
        if len(self.read) > MAXIMUM_BLOCKS:
            raise Unreadable("too_long", paragraphs=str(len(self.read)), limit=str(MAXIMUM_BLOCKS))

    def _read_paragraph(self, paragraph: Element, fate: Fate) -> None:
        pieces = _joined(self._pieces(paragraph, fate))
        ending = fate.marked(child(child(paragraph, "pPr"), "rPr"))
        self._add(Line(pieces, Piece("", ending.inserted, ending.deleted), tuple(self._names)))
        boxes, self._boxes = self._boxes, []
        for box, within in boxes:
            self.read_body(box, within)

    def _read_table(self, table: Element, fate: Fate) -> None:
        rows = list(_rows(table, fate))
        if all(len(list(children(row, "tc"))) == 1 for row, _fate in rows):
            for row, within in rows:
                self.read_body(child(row, "tc") or [], within)
            return
        pieces: list[Piece] = []
        for at, (row, within) in enumerate(rows):
            pieces += [self._piece("\n", within)] if at else []
            for place, cell in enumerate(children(row, "tc")):
                pieces += [self._piece(BETWEEN_CELLS, within)] if place else []
                pieces += self._cell(cell, within)
        self._add(Line(_joined(pieces), Piece("", fate.inserted, fate.deleted), tuple(self._names), is_table=True))

    def _cell(self, cell: Element, fate: Fate) -> Iterator[Piece]:
        merged = child(child(cell, "tcPr"), "vMerge")
        if merged is not None and attribute(merged, "val") != "restart":
            return
        for at, paragraph in enumerate(one for one in cell.iter() if name(one) == "p"):
            if at:
                yield self._piece(" ", fate)
            for piece in self._pieces(paragraph, fate):
                yield replace(piece, text=piece.text.replace("\n", " "))

    def _pieces(self, element: Element, fate: Fate) -> Iterator[Piece]:
        for one in element:
            kind = name(one)
            if kind == "txbxContent":
                self._boxes.append((one, fate))
            elif kind in (*_INSERTS, *_DELETES):
                yield from self._pieces(one, fate.within(one))
            elif kind == "r" and is_on(child(child(one, "rPr"), "vanish")):
                continue
            elif self._mark(one):
                yield self._piece("", fate)
            elif kind in ("t", "delText"):
                yield self._piece(one.text or "", fate)
            elif kind in _PLAIN:
                yield self._piece(_PLAIN[kind], fate)
            elif kind == "br":
                yield self._piece(" " if attribute(one, "type") in ("page", "column") else "\n", fate)
            elif kind in ("footnoteReference", "endnoteReference"):
                yield self._piece(self._note(kind), fate)
            elif kind == "commentReference":
                said = number_of_comment(one)
                yield Piece("", fate.inserted, fate.deleted, tuple(dict.fromkeys([*self._open, said])))
            elif kind not in _DROPPED:
                yield from self._pieces(one, fate)

    def _piece(self, text: str, fate: Fate) -> Piece:
        return Piece(text, fate.inserted, fate.deleted, tuple(self._open))

    def _note(self, kind: str) -> str:
        """The number of a note, as the reading of drafts writes it."""
        self._notes[kind] += 1
        count = self._notes[kind]
        return f"[{count if kind == 'footnoteReference' else roman(count)}]"

    def _mark(self, element: Element) -> bool:
        """Take note of a bookmark or of the edge of a comment; whether it was one."""
        kind = name(element)
        if kind == "bookmarkStart":
            self._names.append(attribute(element, "name") or "")
        elif kind == "commentRangeStart":
            self._open.append(number_of_comment(element))
        elif kind == "commentRangeEnd":
            ended = number_of_comment(element)
            self._open = [one for one in self._open if one != ended]
        return kind in ("bookmarkStart", "commentRangeStart", "commentRangeEnd")


def _rows(table: Element, fate: Fate) -> Iterator[tuple[Element, Fate]]:
    for one in table:
        if name(one) == "tr":
            yield one, fate.marked(child(one, "trPr"))
        elif name(one) in ("sdt", "sdtContent", "customXml", *_INSERTS, *_DELETES):
            yield from _rows(one, fate.within(one))


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one fate as one piece; Word parts words wherever a spelling was checked."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and (last.inserted, last.deleted, last.remarks) == (piece.inserted, piece.deleted, piece.remarks):
            found[-1] = replace(last, text=last.text + piece.text)
        elif piece.text or piece.remarks:
            found.append(piece)
    return tuple(found)


def _is_contents(block: Element) -> bool:
    gallery = child(child(block, "sdtPr"), "docPartObj")
    return (value(gallery, "docPartGallery") or "").lower() == "table of contents"
