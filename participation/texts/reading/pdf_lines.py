"""Printed lines of all pages as lines of text: what belongs together, what is furniture."""

import re
from collections import Counter
from collections.abc import Iterator

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
    """The lines of all pages; the notes at the foot of the pages come after all text, so that a
    paragraph may run on over the page."""
    body = _usual_size(pages)
    texts = [line.text.lower() for page in pages for line in page.lines]
    known = Counter(word for text in texts for word in re.findall(r"[\w-]+", text))
    notes = [(page, _take_notes(page, body)) for page in pages]
    for page in pages:
        yield from _text_lines(page, body, known)
    for page, lines in notes:
        for at, line in enumerate(lines):
            yield _note_line(line, page, at)


def _text_lines(page: Page, body: float, known: Counter[str]) -> Iterator[Line]:
    edges: dict[int, float] = {}
    for line in page.lines:
        edges[line.box] = max(edges.get(line.box, 0.0), line.x1)
    # Of a page that is blank, or whose lines were all repeated ones, nothing is left.
    for before, line, after in zip([None, *page.lines], page.lines, [*page.lines[1:], None], strict=False):
        yield Line(
            _joined_at_end(line, after, known),
            f"page {page.number}",
            room=_has_room(line, after, edges[line.box]),
            apart=before is None or _is_apart(before, line),
            label=_label(line),
            bold=line.bold or line.size > 1.15 * body,
            centred=_is_centred(line, page),
        )


def _note_line(line: Printed, page: Page, at: int) -> Line:
    match = _NOTE.match(line.text)
    label = line.label or (match[1] if match else "")
    text = line.text[match.end() :] if match and not line.label else line.text
    return Line(text, f"page {page.number}", apart=at == 0, label=label.strip("[]."), kind="note")


def _label(line: Printed) -> str:
    if not line.label:
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
    if page.gutter is not None and not line.x0 < page.gutter < line.x1:
        return False
    return abs(left - right) < 0.03 * page.width and left > 0.2 * page.width


def _usual_size(pages: list[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _take_notes(page: Page, body: float) -> list[Printed]:
    """Take the notes out of a page: the small print at the foot of a column that begins with a
    number. Their marks in the text are set apart by brackets."""
    small = [line for line in page.lines if line.size < 0.93 * body and line.y1 < 0.5 * page.height]
    large = [line for line in page.lines if line.size >= 0.93 * body]
    notes = [line for line in small if not any(_stands_over(line, one, page) for one in large)]
    first = next((at for at, line in enumerate(notes) if line.label or _NOTE.match(line.text)), None)
    if first is None:
        return []
    notes = notes[first:]
    page.lines = [line for line in page.lines if not any(line is note for note in notes)]
    for note in notes:
        match = _NOTE.match(note.text)
        _set_apart(page, note.label.strip("[].") or (match[1] if match else ""))
    return notes


def _stands_over(line: Printed, other: Printed, page: Page) -> bool:
    """Whether a line of the text comes below this one in the same column."""
    if other.y1 > line.y1 or other.label:
        return False
    return page.gutter is None or (line.x0 < page.gutter) == (other.x0 < page.gutter)


def _set_apart(page: Page, label: str) -> None:
    """Give the first word that the note's mark sticks to ("stališč.1") its brackets."""
    if not label.isdigit() or any(f"[{label}]" in line.text for line in page.lines):
        return
    mark = re.compile(rf"(?<=[^\W\d_]){label}(?!\w)|(?<=[^\W\d_][.,;:)»]){label}(?=\s|$)")
    for line in page.lines:
        if mark.search(line.text):
            line.text = mark.sub(f"[{label}]", line.text, count=1)
            return


def _on_edge(line: Printed, page: Page) -> bool:
    # What is written across the page, such as "DRAFT", is furniture wherever it stands.
    return line.tilted or line.y1 < _MARGIN * page.height or line.y0 > (1 - _MARGIN) * page.height


def _is_outermost(line: Printed, page: Page) -> bool:
    return line.y0 <= min(one.y0 for one in page.lines) or line.y1 >= max(one.y1 for one in page.lines)


def _key(line: Printed) -> str:
    """Two running heads are one when only their numbers differ."""
    return re.sub(r"\d+", "#", line.text.casefold())
