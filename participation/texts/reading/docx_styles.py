"""What Word's styles and numbering say of a paragraph: the numbers a person sees in Word.

Word keeps automatic numbers in no text: they are computed from the paragraph's own
numbering, or its style's, or that of the style it is based on.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from participation.texts.reading.figures import figure
from participation.texts.reading.xml import attribute, child, children, is_on, number, value

BULLET = "–"
_HEADING = re.compile(r"^(?:heading|naslov) (\d)$", re.I)
_LEVELS = 9


class Styles:
    """The paragraph styles of a document, each with those it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {attribute(one, "styleId"): one for one in children(root, "style")}
        self._default = next(
            (
                identifier
                for identifier, one in self._styles.items()
                if attribute(one, "type") == "paragraph" and attribute(one, "default") in ("1", "true")
            ),
            None,
        )

    def chain(self, identifier: str | None) -> Iterator[tuple[str, Element]]:
        """The style and its bases, nearest first."""
        seen: set[str] = set()
        identifier = identifier or self._default
        while identifier and identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            yield identifier, style
            identifier = value(style, "basedOn")

    def names(self, identifier: str | None) -> list[str]:
        return [(value(style, "name") or "").lower() for _, style in self.chain(identifier)]

    def heading(self, identifier: str | None) -> int:
        """The outline level from 1, or 0. A title is of level 1."""
        for _, style in self.chain(identifier):
            style_name = value(style, "name") or ""
            match = _HEADING.match(style_name)
            if match:
                return int(match[1])
            if style_name.lower() in ("title", "naslov", "subtitle", "podnaslov"):
                return 1
            level = number(value(child(style, "pPr"), "outlineLvl"), 9)
            if level < 9:
                return level + 1
        return 0

    def paragraph_value(self, identifier: str | None, wanted: str) -> str | None:
        for _, style in self.chain(identifier):
            found = value(child(style, "pPr"), wanted)
            if found is not None:
                return found
        return None

    def switched_on(self, identifier: str | None, wanted: str) -> bool:
        """Whether the style makes its letters bold, hidden or the like."""
        for _, style in self.chain(identifier):
            switch = child(child(style, "rPr"), wanted)
            if switch is not None:
                return is_on(switch)
        return False


@dataclass
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str | None = None
    restarts: bool = True
    legal: bool = False


@dataclass
class _List:
    """One `w:num`: which abstract list it counts in, and where it begins anew."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts numbered paragraphs as Word does. Ask in reading order, once a paragraph."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        for one in children(root, "abstractNum"):
            identifier = attribute(one, "abstractNumId") or ""
            self._abstract[identifier] = {
                number(attribute(level, "ilvl"), 0): _level(level) for level in children(one, "lvl")
            }
            link = value(one, "numStyleLink")
            if link:
                self._links[identifier] = link
        self._lists = {attribute(one, "numId") or "": _list(one) for one in children(root, "num")}
        # Lists that share an abstract list share its counter too: a list that another one
        # interrupts goes on from the other's number, and a new start counts only once.
        self._counters: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        self._started: set[tuple[str, int]] = set()
        # How many paragraphs belong to a list that the file does not define.
        self.lost = 0

    def next_label(self, properties: Element | None, style: str | None) -> tuple[str, int]:
        """The number of the next paragraph and its list depth from 1; ("", 0) when it has none."""
        identifier, depth = self._membership(properties, style)
        if identifier not in self._lists:
            # Word shows no number for list 0, which switches numbering off.
            self.lost += identifier not in ("", "0")
            return "", 0
        wanted = self._lists[identifier]
        levels = self._levels(wanted)
        if depth is None:
            depth = self._depth_of_style(levels, style)
        level = levels.get(depth)
        if level is None or not 0 <= depth < _LEVELS:
            return "", 0
        self._count(identifier, wanted, levels, depth)
        return self._print(wanted, levels, depth), depth + 1

    def _membership(self, properties: Element | None, style: str | None) -> tuple[str, int | None]:
        direct = child(properties, "numPr")
        identifier, depth = value(direct, "numId"), value(direct, "ilvl")
        for _, one in self._styles.chain(style):
            inherited = child(child(one, "pPr"), "numPr")
            if identifier is None:
                identifier = value(inherited, "numId")
                # A style's own level is found by the style's name in the list, see below.
                depth = depth if depth is not None else value(inherited, "ilvl")
        return identifier or "", number(depth, 0) if depth is not None else None

    def _depth_of_style(self, levels: dict[int, _Level], style: str | None) -> int:
        names = [identifier for identifier, _ in self._styles.chain(style)]
        for depth, level in sorted(levels.items()):
            if level.style in names:
                return depth
        return 0

    def _resolved(self, wanted: _List) -> str:
        """The abstract list that counts; some only point to one by the name of a style."""
        for _, style in self._styles.chain(self._links.get(wanted.abstract, "\0")):
            linked = value(child(child(style, "pPr"), "numPr"), "numId")
            if linked in self._lists:
                return self._lists[linked].abstract
        return wanted.abstract

    def _levels(self, wanted: _List) -> dict[int, _Level]:
        return self._abstract.get(self._resolved(wanted), {}) | wanted.levels

    def _count(self, identifier: str, wanted: _List, levels: dict[int, _Level], depth: int) -> None:
        counter = self._counters[self._resolved(wanted)]
        start = levels[depth].start
        if depth in wanted.starts and (identifier, depth) not in self._started:
            self._started.add((identifier, depth))
            counter[depth] = None
            start = wanted.starts[depth]
        before = counter[depth]
        counter[depth] = start if before is None else before + 1
        for deeper in range(depth + 1, _LEVELS):
            if deeper not in levels or levels[deeper].restarts:
                counter[deeper] = None

    def _print(self, wanted: _List, levels: dict[int, _Level], depth: int) -> str:
        level = levels[depth]
        if level.format == "bullet":
            return BULLET
        counter = self._counters[self._resolved(wanted)]

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at, _Level())
            reached = counter[at]
            plain = level.legal and shown.format not in ("none", "bullet")
            return figure(shown.start if reached is None else reached, "decimal" if plain else shown.format)

        return re.sub(r"%([1-9])", printed, level.text).strip()


def _level(element: Element) -> _Level:
    return _Level(
        start=number(value(element, "start"), 0 if child(element, "start") is None else 1),
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        style=value(element, "pStyle"),
        restarts=value(element, "lvlRestart") != "0",
        legal=is_on(child(element, "isLgl")),
    )


def _list(element: Element) -> _List:
    found = _List(value(element, "abstractNumId") or "")
    for override in children(element, "lvlOverride"):
        depth = number(attribute(override, "ilvl"), 0)
        level = child(override, "lvl")
        if level is not None:
            found.levels[depth] = _level(level)
            found.starts[depth] = found.levels[depth].start
        start = value(override, "startOverride")
        if start is not None:
            found.starts[depth] = number(start, 1)
    return found
