"""Printed lines of all pages as lines of text: what belongs together, what is furniture."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from participation.texts.reading import signs
from participation.texts.reading.lines import Line
from participation.texts.reading.pdf_pages import Page, Printed

_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"^(?:(?:stran|str\.|page|p\.|seite|-|–)\s*)?\d{1,4}(?:\s*(?:/|od|of|von|-|–)\s*\d{0,4})?\.?$", re.I
)
_BULLETS = "•●▪■◦‣○*·–—-o"
_NOTE = re.compile(r"^\[?(\d{1,3})\]?\s*(?=[^\W\d_]|https?:)")


def drop_repeated(pages: list[Page]) -> int:
    """Take out headers, footers and page numbers; how many lines were taken."""
    edges = [{_key(line) for line in page.lines if _on_edge(line, page)} for page in pages]
    times = Counter(key for edge in edges for key in edge)
    dropped = 0
    for page in pages:
        kept = []
        for line in page.lines:
            repeated = len(pages) > 1 and times[_key(line)] >= max(2, 0.4 * len(pages))
            numbered = bool(_PAGE_NUMBER.match(line.text)) and _is_outermost(line, page)
            furniture = _on_edge(line, page) and (repeated or numbered)
            if not furniture or signs.article(line.text):
                kept.append(line)
        dropped += len(page.lines) - len(kept)
        page.lines = kept
    return dropped


def as_lines(pages: list[Page]) -> Iterator[Line]:
    """The lines of all pages; notes at the foot of a page come after its text."""
    body = _usual_size(pages)
    texts = [line.text.lower() for page in pages for line in page.lines]
    known = Counter(word for text in texts for word in re.findall(r"[\w-]+", text))
    for page in pages:
        text, notes = _without_notes(page, body)
        for lines in (text, notes):
            yield from _page_lines(page, lines, body, lines is notes, known)


def _page_lines(
    page: Page, lines: list[Printed], body: float, are_notes: bool, known: Counter[str]
) -> Iterator[Line]:
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        after = lines[at + 1] if at + 1 < len(lines) else None
        edge = max((one.x1 for one in lines if one.box == line.box), default=line.x1)
        yield (
            Line(
                _joined_at_end(line, after, known),
                f"page {page.number}",
                room=_has_room(line, after, edge),
                apart=before is None or _is_apart(before, line),
                label=_label(line, are_notes),
                bold=line.bold or line.size > 1.15 * body,
                centred=_is_centred(line, page),
                kind="note" if are_notes else "text",
            )
            if not are_notes
            else _note_line(line, page, at)
        )


def _note_line(line: Printed, page: Page, at: int) -> Line:
    match = _NOTE.match(line.text)
    label = line.label or (match[1] if match else "")
    text = line.text[match.end() :] if match and not line.label else line.text
    return Line(text, f"page {page.number}", apart=at == 0, label=label, kind="note")


def _label(line: Printed, are_notes: bool) -> str:
    if are_notes or not line.label:
        return ""
    return "–" if line.label in _BULLETS else line.label


def _joined_at_end(line: Printed, after: Printed | None, known: Counter[str]) -> str:
    """A hyphen at a line's end cuts a word, unless the text writes the word with it elsewhere."""
    text = line.text
    match = re.search(r"([^\W\d_]{2,})-$", text)
    if not match or after is None or not after.text[:1].islower():
        return text
    rest = re.match(r"[^\W\d_]+", after.text)
    whole = f"{match[1]}-{rest[0] if rest else ''}".lower()
    return text if known[whole] else text[:-1] + "\u00ad"


def _is_apart(before: Printed, line: Printed) -> bool:
    if before.box != line.box or before.bold != line.bold or abs(before.size - line.size) > 1:
        return True
    return before.y0 - line.y1 > 0.8 * line.size


def _has_room(line: Printed, after: Printed | None, edge: float) -> bool:
    if after is None:
        return False
    first = after.text.split(" ", 1)[0]
    width = (after.x1 - after.x0) / max(len(after.text), 1)
    return line.x1 + width * (len(first) + 1) < edge


def _is_centred(line: Printed, page: Page) -> bool:
    left, right = line.x0, page.width - line.x1
    return abs(left - right) < 0.03 * page.width and left > 0.2 * page.width


def _usual_size(pages: list[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _without_notes(page: Page, body: float) -> tuple[list[Printed], list[Printed]]:
    """Notes are the small print at the foot of a page that begins with a number."""
    small = [line for line in page.lines if line.size < 0.93 * body and line.y1 < 0.45 * page.height]
    lowest = min((line.y0 for line in page.lines if line.size >= 0.93 * body), default=0.0)
    notes = [line for line in small if line.y1 <= lowest + body]
    if not notes or not (notes[0].label or _NOTE.match(notes[0].text)):
        return page.lines, []
    return [line for line in page.lines if not any(line is note for note in notes)], [replace(one) for one in notes]


def _on_edge(line: Printed, page: Page) -> bool:
    return line.y1 < _MARGIN * page.height or line.y0 > (1 - _MARGIN) * page.height


def _is_outermost(line: Printed, page: Page) -> bool:
    return line.y0 <= min(one.y0 for one in page.lines) or line.y1 >= max(one.y1 for one in page.lines)


def _key(line: Printed) -> str:
    """Two running heads are one when only their numbers differ."""
    return re.sub(r"\d+", "#", line.text.casefold())
