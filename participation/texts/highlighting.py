"""Passages of a text marked in its HTML, which stays as well-formed and as safe as it was.

Passages overlap and elements do not: the marked words are parted into stretches wherever a passage begins or ends.
"""

import html as entities
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple, Protocol


class Passage(Protocol):
    """`start` and `end` count the characters of a text, as in quoting.Passage."""

    @property
    def id(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Stretch(NamedTuple):
    """Words that the same passages hold, `depth` of them; `beginning` are the ids of those that begin with them.

    `leading` is the shortest of the passages, of equals the first given: a passage within a longer one is then found
    in its own words, and the longer one in those around them.
    """

    start: int
    end: int
    leading: int
    depth: int
    beginning: tuple[int, ...]


class Mark(NamedTuple):
    """The opening tag that a stretch gets, and the one of what goes on with it behind another tag."""

    start: int
    end: int
    opening: str
    going_on: str


def stretches_of(passages: Iterable[Passage]) -> list[Stretch]:
    """The stretches in reading order; empty passages have none."""
    begins: defaultdict[int, list[tuple[int, int, Passage]]] = defaultdict(list)
    ends: Counter[int] = Counter()
    for order, passage in enumerate(passages):
        if 0 <= passage.start < passage.end:
            begins[passage.start].append((passage.end - passage.start, order, passage))
            ends[passage.end] += 1
    found: list[Stretch] = []
    holding: list[tuple[int, int, Passage]] = []
    depth = 0
    for start, end in pairwise(sorted({*begins, *ends})):
        for one in begins[start]:
            heappush(holding, one)
        depth += len(begins[start]) - ends[start]
        while holding and holding[0][2].end <= start:
            heappop(holding)
        if depth:
            beginning = tuple(passage.id for _length, _order, passage in begins[start])
            found.append(Stretch(start, end, holding[0][2].id, depth, beginning))
    return found


def marked(html: str, text: str, marks: Sequence[Mark], closing: str) -> str:
    """The HTML of a text with its marks in it, each closed by `closing`; they are in order and never overlap.

    The HTML holds the words of the text, and of the spaces, line ends and " | " between them what it likes. Where it
    says something else it comes back as it was, for a mark must never stand on other words.
    """
    try:
        return "".join(_Marking(text, marks, closing).pieces_of(html))
    except _OtherWords:
        return html


_PIECES = re.compile(r"(<[^>]*>)|(&[^;\s<&]*;)|([^<&]+|&)")
# They hold nothing, so that a mark can hold them.
_VOID = re.compile(r"<(?:br|wbr)\b", re.IGNORECASE)
_SEPARATORS = " \n\t|"


class _OtherWords(Exception):
    """The HTML does not say what the text says."""


class _Marking:
    def __init__(self, text: str, marks: Sequence[Mark], closing: str) -> None:
        self._text, self._marks, self._closing = text, marks, closing
        self._at = 0
        self._next = 0  # the mark that stands here or comes next
        self._is_begun = self._is_open = False

    def pieces_of(self, html: str) -> Iterator[str]:
        for found in _PIECES.finditer(html):
            tag, entity, words = found.groups()
            if tag:
                if not _VOID.match(tag):
                    yield from self._close()
                yield tag
            elif entity:
                start = self._locate(entities.unescape(entity))
                yield from self._stand_at(start)
                yield entity
                yield from self._close_at(self._at)
            else:
                yield from self._words(words)
        yield from self._close()

    def _words(self, words: str) -> Iterator[str]:
        at = start = self._locate(words)
        stop = start + len(words)
        while at < stop:
            yield from self._stand_at(at)
            until = min(stop, self._boundary_after(at))
            yield words[at - start : until - start]
            yield from self._close_at(until)
            at = until

    def _locate(self, words: str) -> int:
        """Where these words stand, behind what was read and the separators that the HTML leaves out."""
        start = self._text.find(words, self._at)
        if start < 0 or self._text[self._at : start].strip(_SEPARATORS):
            raise _OtherWords
        self._at = start + len(words)
        return start

    def _boundary_after(self, at: int) -> int:
        if self._next == len(self._marks):
            return len(self._text)
        mark = self._marks[self._next]
        return mark.end if mark.start <= at else mark.start

    def _stand_at(self, at: int) -> Iterator[str]:
        """What has to be opened or closed before the character at this place."""
        yield from self._close_at(at)
        while self._next < len(self._marks) and self._marks[self._next].end <= at:
            self._next, self._is_begun = self._next + 1, False
        if not self._is_open and self._next < len(self._marks) and self._marks[self._next].start <= at:
            mark = self._marks[self._next]
            yield mark.going_on if self._is_begun else mark.opening
            self._is_begun = self._is_open = True

    def _close_at(self, at: int) -> Iterator[str]:
        if self._is_open and self._marks[self._next].end <= at:
            yield from self._close()

    def _close(self) -> Iterator[str]:
        if self._is_open:
            self._is_open = False
            yield self._closing
