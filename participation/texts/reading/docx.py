"""Word documents, from their own XML, so that the numbers are those a person sees in Word.

Tracked changes are read as accepted. Comments, hidden text and pictures are left out, and the
doubts say how many.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from participation.texts.provisions import Doubt
from participation.texts.reading import progress
from participation.texts.reading.blocks import Block, Source, tidy
from participation.texts.reading.docx_styles import Numbering, Styles
from participation.texts.reading.figures import roman
from participation.texts.reading.safety import open_archive, read_part
from participation.texts.reading.xml import attribute, child, children, is_on, name, parse, value

_DROPPED = {
    "del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "instrText", "delText",
    "delInstrText", "Fallback", "rt", "rubyPr", "pPrChange", "rPrChange", "fldData",
}  # fmt: skip
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_PLAIN = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def read_docx(data: bytes) -> Source:
    """The blocks of a Word document that formats.recognise let through."""
    archive = open_archive(data)

    def part(path: str) -> Element | None:
        content = read_part(archive, path)
        return parse(content) if content else None

    body = _Body(Styles(part("word/styles.xml")), part("word/numbering.xml"))
    body.read_notes("footnote", part("word/footnotes.xml"))
    body.read_notes("endnote", part("word/endnotes.xml"))
    document = child(part("word/document.xml"), "body")
    elements = list(document) if document is not None else []
    for done, element in enumerate(elements, 1):
        body.read([element])
        progress.tell("read", done=done, of=len(elements), unit="paragraph")
    body.finish()
    core = part("docProps/core.xml")
    title = child(core, "title")
    return Source(body.blocks, tidy((title.text if title is not None else "") or ""), body.doubts())


class _Body:
    def __init__(self, styles: Styles, numbering: Element | None) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._numbering = Numbering(numbering, styles)
        self._notes: dict[tuple[str, str | None], str] = {}
        self._cited: list[tuple[str, str]] = []
        self._note_count: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._boxes: list[Element] = []
        self._carried = ""
        self._paragraphs = 0

    def read_notes(self, kind: str, root: Element | None) -> None:
        for note in children(root, kind):
            if attribute(note, "type") in (None, "normal"):
                text = " ".join(self._plain(one) for one in note.iter() if name(one) == "p")
                self._notes[kind, attribute(note, "id")] = tidy(text)

    def read(self, elements: Iterable[Element]) -> None:
        for element in elements:
            match name(element):
                case "p":
                    self._read_paragraph(element)
                case "tbl":
                    self._read_table(element)
                case "sdt":
                    if not _is_contents(element):
                        self.read(child(element, "sdtContent") or ())
                case "del" | "moveFrom":
                    self._left_out["tracked_changes_accepted"] += 1
                case "ins" | "moveTo" | "customXml" | "smartTag":
                    self.read(element)

    def finish(self) -> None:
        """Keep what a deleted paragraph mark at the very end carried on."""
        if tidy(self._carried):
            self.blocks.append(Block(tidy(self._carried), f"block {self._paragraphs}"))

    def doubts(self) -> list[Doubt]:
        if self._numbering.lost:
            self._left_out["numbering_lost"] = self._numbering.lost
        return [Doubt(code, details={"count": str(count)}) for code, count in sorted(self._left_out.items())]

    def _read_paragraph(self, paragraph: Element) -> None:
        self._paragraphs += 1
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle")
        if any(one.startswith(("toc ", "table of")) for one in self._styles.names(style)[:1]):
            return
        text = self._carried + self._plain(paragraph)
        self._carried = ""
        if _mark_is_deleted(properties):
            # Without its mark a paragraph runs on into the next one, and has no number.
            self._left_out["tracked_changes_accepted"] += 1
            self._carried = text
            return
        label, depth = self._numbering.next_label(properties, style)
        text = tidy(text)
        place = f"block {self._paragraphs}"
        if text or any(letter.isalpha() for letter in label if len(label) > 4):
            self.blocks.append(
                Block(
                    text,
                    place,
                    heading=self._heading(properties, style),
                    label=label,
                    depth=depth,
                    bold=self._is_bold(paragraph, style),
                    centred=self._is_centred(properties, style),
                )
            )
        self._add_cited_notes(place)
        self._add_boxes()

    def _add_cited_notes(self, place: str) -> None:
        for label, text in self._cited:
            self.blocks.append(Block(text, place, label=label, kind="note"))
        self._cited = []

    def _add_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.read(box)

    def _read_table(self, table: Element) -> None:
        rows = [list(children(row, "tc")) for row in _rows(table)]
        if all(len(row) == 1 for row in rows):
            # A single column is a frame around running text, not a table.
            for row in rows:
                self.read(row[0])
            return
        lines = [" | ".join(self._cell(cell) for cell in row) for row in rows]
        text = "\n".join(tidy(line) for line in lines if line.strip(" |"))
        self._paragraphs += 1
        place = f"block {self._paragraphs}"
        if text:
            self.blocks.append(Block(text, place, kind="table"))
        self._add_cited_notes(place)

    def _cell(self, cell: Element) -> str:
        merged = child(child(cell, "tcPr"), "vMerge")
        if merged is not None and attribute(merged, "val") != "restart":
            return ""
        texts = []
        for paragraph in (one for one in cell.iter() if name(one) == "p"):
            properties = child(paragraph, "pPr")
            label, _ = self._numbering.next_label(properties, value(properties, "pStyle"))
            texts.append(f"{label} {self._plain(paragraph)}".strip())
        return " ".join(text for text in texts if text).replace("\n", " ")

    def _plain(self, element: Element) -> str:
        """The text of a paragraph, as it reads when every change is accepted."""
        pieces: list[str] = []
        for one in element:
            kind = name(one)
            if kind in _CHANGES:
                self._left_out["tracked_changes_accepted"] += 1
            if kind in _DROPPED:
                continue
            if kind == "t":
                pieces.append(one.text or "")
            elif kind in _PLAIN:
                pieces.append(_PLAIN[kind])
            elif kind == "br":
                pieces.append(" " if attribute(one, "type") in ("page", "column") else "\n")
            elif kind == "sym":
                pieces.append(_symbol(attribute(one, "char")))
            elif kind in ("footnoteReference", "endnoteReference"):
                pieces.append(self._cite(kind.removesuffix("Reference"), attribute(one, "id")))
            elif kind == "commentReference":
                self._left_out["comments_left_out"] += 1
            elif kind == "txbxContent":
                self._boxes.append(one)
            elif kind == "r" and is_on(child(child(one, "rPr"), "vanish")):
                self._count("hidden_text_left_out", bool("".join(one.itertext()).strip()))
            else:
                self._count("pictures_left_out", kind in ("blip", "imagedata"))
                pieces.append(self._plain(one))
        return "".join(pieces)

    def _count(self, code: str, found: bool) -> None:
        if found:
            self._left_out[code] += 1

    def _cite(self, kind: str, identifier: str | None) -> str:
        text = self._notes.get((kind, identifier))
        if not text:
            return ""
        self._note_count[kind] += 1
        count = self._note_count[kind]
        label = str(count) if kind == "footnote" else roman(count)
        self._cited.append((label, text))
        return f"[{label}]"

    def _heading(self, properties: Element | None, style: str | None) -> int:
        direct = value(properties, "outlineLvl")
        if direct is not None and direct.isdigit() and int(direct) < 9:
            return int(direct) + 1
        return self._styles.heading(style)

    def _is_centred(self, properties: Element | None, style: str | None) -> bool:
        alignment = value(properties, "jc") or self._styles.paragraph_value(style, "jc")
        return alignment == "center"

    def _is_bold(self, paragraph: Element, style: str | None) -> bool:
        by_style = self._styles.switched_on(style, "b")
        seen = False
        for run in (one for one in paragraph.iter() if name(one) == "r"):
            if not "".join(one.text or "" for one in children(run, "t")).strip():
                continue
            seen = True
            switch = child(child(run, "rPr"), "b")
            if not (is_on(switch) if switch is not None else by_style):
                return False
        return seen


def _rows(table: Element) -> Iterator[Element]:
    for one in table:
        if name(one) == "tr" and child(child(one, "trPr"), "del") is None:
            yield one
        elif name(one) in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _rows(one)


def _mark_is_deleted(properties: Element | None) -> bool:
    mark = child(properties, "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _is_contents(block: Element) -> bool:
    gallery = child(child(block, "sdtPr"), "docPartObj")
    return (value(gallery, "docPartGallery") or "").lower() == "table of contents"


def _symbol(code: str | None) -> str:
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
