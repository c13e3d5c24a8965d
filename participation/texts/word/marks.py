"""The marks of comments in the text: around a paragraph, or at exactly the words of a passage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from participation.texts.word.cells import Span
from participation.texts.word.marking import Stretch


@dataclass(frozen=True)
class Marks:
    """Where a comment and its replies begin and end in the text."""

    numbers: tuple[int, ...]

    @property
    def start(self) -> str:
        return "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in self.numbers)

    @property
    def end(self) -> str:
        return "".join(
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            for number in self.numbers
        )


def around(words: str, marks: Sequence[Marks]) -> str:
    return "".join(one.start for one in marks) + words + "".join(one.end for one in marks)


class OnPassages:
    """Comments on passages of one provision, written while its words are, cell by cell in a table.

    The characters are those of the existing text: words that are put in at either end of a passage stay outside.
    """

    def __init__(self, passages: Sequence[tuple[int, int, Marks]]) -> None:
        self._waiting = sorted(passages, key=lambda one: one[:2])
        self._open: list[tuple[int, int, Marks]] = []
        self._edges = {at for start, stop, _marks in passages for at in (start, stop)}

    def write(self, stretches: Sequence[Stretch], written: Sequence[str], first: int) -> str:
        """What was written of stretches that begin at a character, with the marks between them."""
        xml = ""
        at = first
        for stretch, words in zip(stretches, written, strict=True):
            if stretch.is_new:
                xml += words
                continue
            xml += self._begin(at) + words
            at += len(stretch.text)
            xml += self._end(at)
        return xml

    def rest(self) -> str:
        """The marks of what stands in empty cells at the end."""
        opened = "".join(marks.start for _start, _stop, marks in self._waiting)
        return opened + "".join(marks.end for _start, _stop, marks in [*self._open, *self._waiting])

    def cut(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        """The stretches of the whole text, parted at the edges of passages."""
        found: list[Stretch] = []
        at = 0
        for stretch in stretches:
            if stretch.is_new:
                found.append(stretch)
                continue
            for start, stop in _parts(at, at + len(stretch.text), self._edges):
                found.append(replace(stretch, text=stretch.text[start - at : stop - at]))
            at += len(stretch.text)
        return found

    def _begin(self, at: int) -> str:
        # What ended between two cells has ended in the first of them at the latest.
        xml = self._end(at)
        while self._waiting and self._waiting[0][0] <= at:
            self._open.append(self._waiting.pop(0))
            xml += self._open[-1][2].start
        return xml

    def _end(self, at: int) -> str:
        ended = [one for one in self._open if one[1] <= at]
        self._open = [one for one in self._open if one[1] > at]
        return "".join(marks.end for _start, _stop, marks in ended)


def within(stretches: Sequence[Stretch], span: Span) -> list[Stretch]:
    """The stretches between two characters of the existing text; what is put in belongs to the cell it touches."""
    first, last = span
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


def _parts(start: int, stop: int, edges: set[int]) -> Iterator[tuple[int, int]]:
    bounds = [start, *sorted(edge for edge in edges if start < edge < stop), stop]
    return pairwise(bounds)
