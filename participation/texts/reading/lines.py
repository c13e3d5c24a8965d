"""Paragraphs out of printed lines: for plain text that was wrapped by hand, and for PDF."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from participation.texts.reading import signs
from participation.texts.reading.blocks import Block

_SHORT_LINES = 120
_END = 700
_ONLY_MARK = re.compile(r"^(?:[-–—•·▪●*]|\d{1,3}[.)]|[a-zčšž]\)|\(\d{1,3}\)|\([a-zčšž]\))$")
_ENDS_IN_NUMBER = re.compile(r"(?:^|[\s(/.])\d{1,4}\.$")
_ENDS_LIST_ITEM = re.compile(r"(?:[.:;,!?«”]|\b(?:in|ter|ali|oziroma|and|or))$")


@dataclass(frozen=True)
class Line:
    """One printed line. `room` says that the next line's first word would have fitted on it;
    `apart` that a gap or another look separates it from the line before; `label` is a mark
    that was printed beside it."""

    text: str
    place: str
    room: bool = False
    apart: bool = False
    label: str = ""
    bold: bool = False
    centred: bool = False
    heading: int = 0
    kind: str = "text"


def with_room(texts: list[str]) -> list[bool]:
    """For each line of a text wrapped at one width: would more have fitted on it?"""
    lengths = sorted(len(text) for text in texts if text)
    if not lengths:
        return [True] * len(texts)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.97))]
    if width > _SHORT_LINES:
        # Nobody wraps that wide: every line of this file is a paragraph of its own.
        return [True] * len(texts)
    following = [*texts[1:], ""]
    return [
        len(text) + 1 + len(after.split(" ", 1)[0]) <= width for text, after in zip(texts, following, strict=True)
    ]


def is_wrapped(texts: list[str]) -> bool:
    """Whether lines were broken to fit a width. Unwrapped files have a paragraph a line."""
    lengths = sorted(len(text) for text in texts if text)
    return bool(lengths) and lengths[min(len(lengths) - 1, int(len(lengths) * 0.97))] <= _SHORT_LINES


def join_lines(lines: Iterable[Line], wrapped: bool = True) -> list[Block]:
    """The paragraphs that the lines make up. No word is lost."""
    joined: list[_Paragraph] = []
    state = _State()
    for line in lines:
        if joined and joined[-1].is_only_a_mark and not _starts(line):
            joined[-1].give_mark_to(line)
        elif joined and wrapped and not state.begins(joined[-1], line):
            joined[-1].go_on(line)
        else:
            joined.append(_Paragraph(line))
        state.last = line
    return [one.block() for one in joined]


class _Paragraph:
    """A paragraph as it grows. `text` is all of it only while it is short; of a long one it
    holds the ends, which is what the questions are about, so that none costs more than another."""

    def __init__(self, line: Line) -> None:
        self.look = line
        self.text = line.text
        self._pieces = [line.text]

    @property
    def is_only_a_mark(self) -> bool:
        return not self.look.label and bool(_ONLY_MARK.match(self.text))

    def give_mark_to(self, line: Line) -> None:
        self.look = replace(line, place=self.look.place)
        self._add(" ", line.text)

    def go_on(self, line: Line) -> None:
        if self.text.endswith("\u00ad"):
            self._pieces[-1] = self._pieces[-1].rstrip("\u00ad")
            self.text = self.text.rstrip("\u00ad")
            self._add("", line.text)
        elif re.search(r"[^\W\d]-$", self.text) and line.text[:1].islower():
            self._add("", line.text)
        else:
            self._add(" ", line.text)

    def block(self) -> Block:
        look = self.look
        text = "".join(self._pieces).rstrip("\u00ad")
        return Block(text, look.place, look.heading, look.label, 0, look.bold, look.centred, look.kind)

    def _add(self, between: str, text: str) -> None:
        self._pieces += [between, text]
        self.text += between + text
        if len(self.text) > 2 * _END:
            self.text = self.text[: _END // 2] + " … " + self.text[-_END // 2 :]


class _State:
    """What of the lines before decides whether the next one begins a paragraph."""

    def __init__(self) -> None:
        self.last: Line | None = None
        self._signed = False

    def begins(self, open_one: _Paragraph, line: Line) -> bool:
        last = self.last
        if last is None or line.label or (line.kind, line.heading) != (open_one.look.kind, open_one.look.heading):
            return True
        text = open_one.text
        if text.endswith("\u00ad") and line.text[:1].islower():
            return False
        if signs.article(line.text) or signs.article(signs.quoted(line.text)):
            self._signed = False
            return True
        if signs.opens_signature(line.text) and _closed(text, last):
            self._signed = True
            return True
        if self._signed:
            return last.room or last.apart
        if _is_heading(text):
            # A title in brackets may run over several lines; a heading in capitals too.
            return not (_is_open_title(text) or _both_capitals(last, line))
        if _is_open_title(text):
            return False
        if line.apart:
            return not _hangs_over(text, line)
        if text.endswith(":") and signs.quoted(line.text):
            return True
        if text.count("(") > text.count(")") and line.text[:1].islower() and not _starts(line):
            return False
        if signs.division(line.text, False) or signs.is_capitals(line.text):
            return _closed(text, last) or last.room
        if _begins_item(text, line):
            return True
        return last.room and signs.ends_sentence(last.text) and not _ENDS_IN_NUMBER.search(last.text)


def _begins_item(open_text: str, line: Line) -> bool:
    if _ONLY_MARK.match(line.text):
        return not _ENDS_IN_NUMBER.search(open_text) or line.text in "-–—•"
    if _ENDS_IN_NUMBER.search(open_text) and not _ONLY_MARK.match(open_text):
        return False
    ended = bool(_ENDS_LIST_ITEM.search(open_text))
    if signs.paragraph(line.text):
        return ended
    if signs.indent(line.text):
        return ended or bool(signs.indent(open_text))
    here = signs.point(line.text)
    if here is None:
        return False
    before = signs.point(open_text)
    return ended or (before is not None and _follows(before.label, here.label))


def _follows(before: str, here: str) -> bool:
    """Whether one mark is the next after another: "1." and "2.", "a)" and "b)"."""
    first, second = before.strip("().").split(".")[-1], here.strip("().").split(".")[-1]
    if first.isdigit() and second.isdigit():
        return int(second) == int(first) + 1
    return len(first) == len(second) == 1 and "abcčdefghijklmnoprsštuvzž".find(second) > 0


def _is_heading(text: str) -> bool:
    if signs.is_title(text):
        return True
    bare = signs.quoted(text) or text
    if signs.article(bare):
        return True
    open_bracket = bare.count("(") > bare.count(")")
    head = bare.partition(" (")[0] if open_bracket else bare
    return bool(signs.division(head, False)) or signs.is_capitals(head)


def _is_open_title(text: str) -> bool:
    """ "(začetek" that waits for its closing bracket, as the first words of a paragraph."""
    return bool(re.match(r"^\((?!\d)", text)) and text.count("(") > text.count(")") and len(text) < 300


def _both_capitals(last: Line, line: Line) -> bool:
    if line.apart or signs.division(line.text, False):
        return False
    return signs.is_capitals(last.text) and signs.is_capitals(line.text)


def _closed(text: str, last: Line) -> bool:
    return signs.ends_sentence(text) or (last.room and not text.endswith(",")) or _is_heading(text)


def _hangs_over(text: str, line: Line) -> bool:
    """Whether a sentence goes on after a gap, as it does where a page was turned."""
    if signs.ends_sentence(text) or _is_heading(text) or _starts(line):
        return False
    return line.text[:1].islower() and not line.bold


def _starts(line: Line) -> bool:
    text = line.text
    bare = signs.quoted(text) or text
    return bool(
        line.label
        or line.kind != "text"
        or signs.article(bare)
        or signs.paragraph(text)
        or signs.indent(text)
        or signs.point(text)
        or signs.division(bare, False)
    )
