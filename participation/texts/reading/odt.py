"""OpenDocument text, through pandoc, with the numbers of lists and headings written in.

The numbers stand in no text of the file: they come from list styles, start values and lists
that go on from earlier ones. Pandoc knows only part of these rules.
"""

import io
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from participation.texts.provisions import Doubt, Unreadable
from participation.texts.reading.blocks import Source
from participation.texts.reading.figures import figure
from participation.texts.reading.pandoc import BULLET, marked, read_with_pandoc
from participation.texts.reading.safety import open_archive, read_part
from participation.texts.reading.xml import attribute, child, children, name, number, parse

_LEVELS = 10
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}


def read_odt(data: bytes) -> Source:
    """The blocks of an OpenDocument text. Tracked changes are read as accepted."""
    archive = open_archive(data)
    content = read_part(archive, "content.xml")
    if not content:
        raise Unreadable("truncated")
    root = parse(content)
    styles = read_part(archive, "styles.xml")
    _Numbers(root, parse(styles) if styles else None).write_in()
    _keep_prefixes(content)
    source = read_with_pandoc(_rewritten(archive, ElementTree.tostring(root, "utf-8", xml_declaration=True)), "odt")
    changes = sum(name(one) == "changed-region" for one in root.iter())
    if changes:
        source.doubts.append(Doubt("tracked_changes_accepted", details={"count": str(changes)}))
    return source


@dataclass
class _Level:
    bullet: bool = False
    format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


@dataclass
class _Count:
    """The counters of one list, by level."""

    at: list[int | None] = field(default_factory=lambda: [None] * (_LEVELS + 1))

    def next(self, level: int, start: int, given: int | None) -> None:
        before = self.at[level]
        self.at[level] = given if given is not None else start if before is None else before + 1
        self.at[level + 1 :] = [None] * (_LEVELS - level)


class _Numbers:
    def __init__(self, content: Element, styles: Element | None) -> None:
        self._content = content
        roots = [root for root in (styles, content) if root is not None]
        everything = [one for root in roots for one in root.iter()]
        self._lists = {attribute(one, "name"): _levels(one) for one in everything if name(one) == "list-style"}
        outline = next((one for one in everything if name(one) == "outline-style"), None)
        self._outline = _levels(outline) if outline is not None else {}
        self._styles = {attribute(one, "name"): one for one in everything if name(one) == "style"}
        self._headings = _Count()
        self._by_id: dict[str | None, _Count] = {}
        self._by_style: dict[str | None, _Count] = {}

    def write_in(self) -> None:
        """Put every computed number as a mark before the text of its paragraph."""
        body = child(child(self._content, "body"), "text")
        for one in body if body is not None else ():
            self._write(one)

    def _write(self, element: Element) -> None:
        kind = name(element)
        if kind == "h":
            self._number_heading(element)
        elif kind == "list":
            self._number_list(element, 1, None, None)
        elif kind in ("section", "text-box", "index-body"):
            for one in element:
                self._write(one)

    def _number_heading(self, heading: Element) -> None:
        depth = number(attribute(heading, "outline-level"), 1)
        level = self._outline.get(depth)
        if level is None or not level.format or not 1 <= depth <= _LEVELS:
            return
        if attribute(heading, "is-list-header") == "true" or self._is_unnumbered(heading):
            return
        given = attribute(heading, "start-value")
        self._headings.next(depth, level.start, number(given, 1) if given else None)
        _mark(heading, _printed(self._outline, self._headings, depth))

    def _is_unnumbered(self, heading: Element) -> bool:
        style = self._styles.get(attribute(heading, "style-name"))
        for _ in range(20):
            if style is None:
                return False
            if attribute(style, "list-style-name") is not None:
                return attribute(style, "list-style-name") == ""
            style = self._styles.get(attribute(style, "parent-style-name"))
        return False

    def _number_list(self, element: Element, depth: int, style: str | None, count: _Count | None) -> None:
        style = attribute(element, "style-name") or style
        if count is None:
            count = self._continued(element, style)
        self._by_id[attribute(element, "id")] = self._by_style[style] = count
        for item in children(element, "list-item"):
            self._number_item(item, depth, style, count)

    def _continued(self, element: Element, style: str | None) -> _Count:
        earlier = attribute(element, "continue-list")
        if earlier in self._by_id:
            return self._by_id[earlier]
        if attribute(element, "continue-numbering") == "true" and style in self._by_style:
            return self._by_style[style]
        return _Count()

    def _number_item(self, item: Element, depth: int, style: str | None, count: _Count) -> None:
        levels = self._lists.get(style, {})
        level = levels.get(depth)
        first = next((one for one in item if name(one) in ("p", "h", "list")), None)
        # An item that holds only a deeper list is a step of indentation and has no number.
        if first is not None and name(first) != "list" and level is not None and depth <= _LEVELS:
            given = attribute(item, "start-value")
            count.next(depth, level.start, number(given, 1) if given else None)
            _mark(first, _printed(levels, count, depth))
        for one in children(item, "list"):
            self._number_list(one, depth + 1, style, count)


def _levels(style: Element) -> dict[int, _Level]:
    found = {}
    for one in style:
        figures = attribute(one, "num-format") or ""
        found[number(attribute(one, "level"), 0)] = _Level(
            bullet=name(one) != "list-level-style-number" and name(one) != "outline-level-style",
            format=_FORMATS.get(figures, ""),
            prefix=attribute(one, "num-prefix") or "",
            suffix=attribute(one, "num-suffix") or "",
            start=number(attribute(one, "start-value"), 1),
            shown=number(attribute(one, "display-levels"), 1),
        )
    return found


def _printed(levels: dict[int, _Level], count: _Count, depth: int) -> str:
    level = levels[depth]
    if level.bullet:
        return BULLET
    figures = []
    for at in range(max(1, depth - level.shown + 1), depth + 1):
        one = levels.get(at, _Level())
        reached = count.at[at]
        if one.format:
            figures.append(figure(one.start if reached is None else reached, one.format))
    return f"{level.prefix}{'.'.join(figures)}{level.suffix}".strip() if figures else ""


def _mark(element: Element, label: str) -> None:
    if label:
        element.text = marked(label) + (element.text or "")


def _keep_prefixes(content: bytes) -> None:
    """Write the namespaces with the prefixes the file has, as every reader expects them."""
    for _, (prefix, address) in ElementTree.iterparse(io.BytesIO(content), events=["start-ns"]):  # noqa: S314
        if prefix and not (prefix.startswith("ns") and prefix[2:].isdigit()):
            ElementTree.register_namespace(prefix, address)


def _rewritten(archive: zipfile.ZipFile, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for one in ("mimetype", "styles.xml", "meta.xml", "META-INF/manifest.xml"):
            part = read_part(archive, one)
            if part:
                written.writestr(one, part)
        written.writestr("content.xml", content)
    return buffer.getvalue()
