"""A table of answers that came back: which row is the answer to which point, and what is doubtful about it.

A row is known by the mark that our tables bear, else by its number and its words together: rows may have
been moved, numbered anew or taken out. Nothing is guessed silently; what is doubtful says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from participation.foundation.language import _
from participation.texts.writing.documents import mark_of

from .contents import SaidPoint
from .submissions import Outcome

# How alike the words of a row and of a point must be: where the number agrees, and where it does not.
ALIKE, VERY_ALIKE = 0.6, 0.8

# The heads of the columns, in the languages of our tables and as offices write them. Compared without case and signs.
NUMBER, MARK, ANSWER, REASONS = "number", "mark", "answer", "reasons"
WORDS = ("article", "existing", "demanded")
HEADS: dict[str, tuple[str, ...]] = {
    NUMBER: ("št", "no", "nr", "zap št", "zaporedna številka", "številka", "točka", "point", "number", "redni broj"),
    MARK: ("oznaka točke", "mark of the point", "oznaka", "mark"),
    "article": ("člen", "article", "določba", "člen odstavek"),
    "existing": ("veljavno besedilo", "existing wording"),
    "demanded": ("predlagano besedilo", "demanded wording", "zahtevano besedilo", "pripomba", "predlog"),
    ANSWER: ("odgovor", "answer", "stališče", "odločitev", "outcome", "opredelitev", "status"),
    REASONS: (
        "obrazložitev odgovora", "reasons for the answer", "utemeljitev", "obrazložitev stališča", "pojasnilo",
        "utemeljitev odgovora", "opomba", "remarks",
    ),
}  # fmt: skip

# How bodies say what became of a point. Compared without case and signs, as a whole.
SAID: dict[Outcome, tuple[str, ...]] = {
    Outcome.ACCEPTED: (
        "upoštevano", "se upošteva", "upoštevamo", "sprejeto", "se sprejme", "sprejmemo", "se strinjamo",
        "predlog podpiramo", "da", "accepted", "agreed", "yes", "fully accepted", "v celoti upoštevano",
    ),
    Outcome.PARTLY: (
        "delno upoštevano", "se delno upošteva", "delno se upošteva", "delno upoštevamo", "deloma upoštevano",
        "delno", "deloma", "delno sprejeto", "se delno sprejme", "partly accepted", "partially accepted", "partly",
        "partially", "accepted in part", "upoštevano delno",
    ),
    Outcome.REJECTED: (
        "neupoštevano", "ni upoštevano", "se ne upošteva", "ne upoštevamo", "zavrnjeno", "se zavrne", "zavračamo",
        "ni sprejeto", "se ne sprejme", "ne sprejmemo", "se ne strinjamo", "ni utemeljeno", "ni sprejemljivo",
        "predlog ni sprejemljiv", "predlog ni utemeljen", "ne", "rejected", "not accepted", "no",
        "neupoštevano zavrnjeno",
    ),
    Outcome.NOTED: (
        "vzeto na znanje", "se vzame na znanje", "jemljemo na znanje", "pojasnjeno", "vzeto na znanje pojasnjeno",
        "noted", "taken note of", "explained",
    ),
    Outcome.NOT_COMPETENT: (
        "ni v pristojnosti", "ni v naši pristojnosti", "nismo pristojni", "nepristojni", "ni pristojnosti",
        "not competent", "not within our competence", "outside our competence",
    ),
}  # fmt: skip


class Doubt(StrEnum):
    NO_POINT = "no-point"
    OTHER_NUMBER = "other-number"
    OTHER_WORDS = "other-words"
    OTHER_TEXT = "other-text"
    TWICE = "twice"
    UNKNOWN_ANSWER = "unknown-answer"
    ONLY_REASONS = "only-reasons"

    @property
    def label(self) -> Any:
        return {
            Doubt.NO_POINT: _("No point of the submission was recognised in this row."),
            Doubt.OTHER_NUMBER: _("The number is that of another point; the words are of this one."),
            Doubt.OTHER_WORDS: _("The number is of this point, but the words of the row are others."),
            Doubt.OTHER_TEXT: _("The mark belongs to another submission."),
            Doubt.TWICE: _("Another row answers the same point."),
            Doubt.UNKNOWN_ANSWER: _("It is not clear which answer is meant."),
            Doubt.ONLY_REASONS: _("There are reasons, but no answer."),
        }[self]


@dataclass(frozen=True)
class MatchedRow:
    """One answered row; `point` is the number of the point it answers, `said` the answer as it stands there."""

    line: int
    point: int | None
    outcome: Outcome | None
    said: str
    words: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class MatchedTable:
    """`missing` are the numbers of the points that no row answers; `empty` is how many rows say nothing."""

    rows: tuple[MatchedRow, ...]
    missing: tuple[int, ...]
    empty: int


class NoTable(Exception):
    """No table of the file has a column for answers and one by which its rows are known."""


def outcome_said(words: str) -> Outcome | None:
    """Which answer these words mean; None when they may mean several, or none that is known.

    What follows a dash, a comma or a bracket is an explanation and not part of the answer.
    """
    for part in (words, re.split(r"[-–—:;,.(\n]", words.strip(), maxsplit=1)[0]):
        found = [outcome for outcome, phrases in SAID.items() if _bare(part) in phrases]
        if found:
            return found[0]
    return None


def matched(tables: Sequence[Sequence[Sequence[str]]], points: Sequence[SaidPoint], fingerprint: str) -> MatchedTable:
    """The rows of the first table that answers points. Raises NoTable."""
    for rows in tables:
        found = _columns(rows)
        if found is not None:
            at, columns = found
            return _matched(rows[at + 1 :], at + 2, columns, points, fingerprint)
    raise NoTable


def _columns(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """In which row the heads stand, and which column is which."""
    for at, row in enumerate(rows[:20]):
        columns: dict[str, int] = {}
        for place, head in enumerate(row):
            kind = next((kind for kind, heads in HEADS.items() if _bare(head) in heads), None)
            if kind is not None and kind not in columns:
                columns[kind] = place
        if ANSWER in columns and columns.keys() & {NUMBER, MARK, *WORDS}:
            return at, columns
    return None


def _matched(
    rows: Sequence[Sequence[str]],
    first_line: int,
    columns: dict[str, int],
    points: Sequence[SaidPoint],
    fingerprint: str,
) -> MatchedTable:
    finder = _Finder(points, fingerprint)
    found: list[MatchedRow] = []
    empty = 0
    for line, row in enumerate(rows, start=first_line):
        cells = {kind: row[place].strip() if place < len(row) else "" for kind, place in columns.items()}
        said, words = cells.get(ANSWER, ""), cells.get(REASONS, "")
        if not said and not words:
            empty += any(cells.values())
            continue
        if not any(cells.get(kind) for kind in (NUMBER, MARK, *WORDS)) and not said and found:
            # What a cell could not hold goes on in the row below.
            before = found[-1]
            found[-1] = MatchedRow(before.line, before.point, before.outcome, before.said,
                                   f"{before.words}\n{words}".strip(), before.doubts)  # fmt: skip
            continue
        number, doubts = finder.point_of(cells)
        outcome = outcome_said(said)
        if outcome is None:
            doubts.append(Doubt.UNKNOWN_ANSWER if said else Doubt.ONLY_REASONS)
        # An answer that explains itself in its own cell keeps what it says.
        whole = words if outcome is not None and _bare(said) in SAID[outcome] else f"{said}\n{words}".strip()
        found.append(MatchedRow(line, number, outcome, said, whole if said else words, tuple(doubts)))
    twice = {number for number, count in Counter(row.point for row in found).items() if number and count > 1}
    rows_found = tuple(_with_doubt(row, Doubt.TWICE) if row.point in twice else row for row in found)
    answered = {row.point for row in found}
    missing = tuple(point.number for point in points if point.number not in answered)
    return MatchedTable(rows_found, missing, empty)


def _with_doubt(row: MatchedRow, doubt: Doubt) -> MatchedRow:
    return MatchedRow(row.line, row.point, row.outcome, row.said, row.words, (*row.doubts, doubt))


class _Finder:
    def __init__(self, points: Sequence[SaidPoint], fingerprint: str) -> None:
        self._numbers = {point.number for point in points}
        self._marks = {mark_of(fingerprint, point.number): point.number for point in points}
        self._texts = {point.number: {kind: _words(getattr(point, kind)) for kind in WORDS} for point in points}

    def point_of(self, cells: dict[str, str]) -> tuple[int | None, list[Doubt]]:
        """The number of the point that a row is about, and what is doubtful about that."""
        mark = cells.get(MARK, "")
        marked = self._marks.get(mark)
        if marked is not None:
            return marked, [] if self._likeness(cells, marked) >= ALIKE else [Doubt.OTHER_WORDS]
        doubts = [Doubt.OTHER_TEXT] if mark else []
        printed = re.match(r"\d{1,6}", cells.get(NUMBER, ""))
        number = int(printed[0]) if printed and int(printed[0]) in self._numbers else None
        by_words = self._by_words(cells)
        if number is not None and self._likeness(cells, number) >= ALIKE and by_words in (None, number):
            return number, doubts
        if by_words is not None:
            return by_words, doubts if printed is None else [*doubts, Doubt.OTHER_NUMBER]
        if number is not None:
            return number, [*doubts, Doubt.OTHER_WORDS]
        return None, [*doubts, Doubt.NO_POINT]

    def _by_words(self, cells: dict[str, str]) -> int | None:
        """The only point whose words these are; where several are as like, none."""
        if not any(_words(cells.get(kind, "")) for kind in WORDS):
            return None
        alike = sorted(((self._likeness(cells, number), number) for number in self._numbers), reverse=True)
        if not alike or alike[0][0] < VERY_ALIKE or (len(alike) > 1 and alike[1][0] == alike[0][0]):
            return None
        return alike[0][1]

    def _likeness(self, cells: dict[str, str], number: int) -> float:
        """Of the words in the columns that the table has: 1 where they are the same, or where there are none."""
        own, given = Counter[str](), Counter[str]()
        for kind in WORDS:
            if cells.get(kind):
                own += self._texts[number][kind]
                given += _words(cells[kind])
        if not given:
            return 1.0
        return 2 * (own & given).total() / max(1, own.total() + given.total())


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _bare(text: str) -> str:
    """Without case and signs, in one line."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))
