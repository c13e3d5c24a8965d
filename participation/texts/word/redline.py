"""A Word file that somebody edited: its words with who put them in or took them out, and its comments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changed something, by the name that Word was given, and when; `when` is empty where the file is silent.

    `moves`: it is one side of a move.
    """

    author: str
    when: str = ""
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one fate. Of a paragraph's end the text is empty; `remarks` are the numbers of comments on it."""

    text: str
    inserted: Hand | None = None
    deleted: Hand | None = None
    remarks: tuple[int, ...] = ()

    def stands_after(self, author: str | None = None) -> bool:
        """Whether it is there once the changes of an author are accepted and those of all others rejected.

        Without an author, once everything is accepted.
        """
        accepts_in = self.inserted is None or author is None or self.inserted.author == author
        accepts_out = self.deleted is not None and (author is None or self.deleted.author == author)
        return accepts_in and not accepts_out


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a table with a row a line and its cells parted by bars. `names` are bookmarks in it."""

    pieces: tuple[Piece, ...]
    end: Piece
    names: tuple[str, ...] = ()
    is_table: bool = False

    @property
    def before(self) -> str:
        """Its words with every change rejected."""
        return "".join(piece.text for piece in self.pieces if piece.inserted is None)

    @property
    def after(self) -> str:
        """Its words with every change accepted."""
        return "".join(piece.text for piece in self.pieces if piece.stands_after())

    @property
    def hands(self) -> tuple[Hand, ...]:
        """Who changed it, each change once, in reading order."""
        pieces = (*self.pieces, self.end)
        return tuple(dict.fromkeys(one for piece in pieces for one in (piece.inserted, piece.deleted) if one))


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of the file. `words` are those it stands on, `answers` the number of the one it replies to, or 0.

    `known` is the number by which a comment that went out from here was to be known, 0 for all others.
    """

    number: int
    author: str
    when: str
    text: str
    words: str = ""
    answers: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class Redline:
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...]

    @property
    def is_untouched(self) -> bool:
        """Nobody changed or said anything."""
        return not self.remarks and not any(line.hands for line in self.lines)


def redline_of(values: Mapping[str, Any]) -> Redline:
    """From the plain values that dataclasses.asdict makes of one."""
    lines = tuple(
        Line(tuple(_pieces(one["pieces"])), next(_pieces([one["end"]])), tuple(one["names"]), one["is_table"])
        for one in values["lines"]
    )
    return Redline(lines, tuple(Remark(**one) for one in values["remarks"]))


def _pieces(values: Iterable[Mapping[str, Any]]) -> Any:
    for one in values:
        inserted, deleted = (Hand(**one[name]) if one[name] else None for name in ("inserted", "deleted"))
        yield Piece(one["text"], inserted, deleted, tuple(one["remarks"]))
