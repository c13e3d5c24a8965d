"""The document of a submission, before it has a format: a letter, a table of points, and those who signed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal, TypeVar, get_args

from participation.texts.differing import word_diff
from participation.texts.markdown import normalise

Action = Literal["add", "change", "delete", "move"]
Run = tuple[str, bool]

# Beyond this share of changed characters the marks say nothing any more and only hinder reading.
_MARKS_HELP_BELOW = 0.6

_Part = TypeVar("_Part")


@dataclass(frozen=True)
class PointRow:
    """One demand. `reasons` is Markdown, the other texts are plain; `existing` is empty for an addition, `demanded`
    for a deletion."""

    number: str
    article: str
    existing: str
    demanded: str
    reasons: str
    supported_by: str
    action: Action


@dataclass(frozen=True)
class Signatory:
    """An organisation that signed; `person` and `statement` may be empty. Order is the caller's."""

    name: str
    seat: str
    area: str
    person: str
    statement: str


@dataclass(frozen=True)
class Dissent:
    """An opinion kept beside the result."""

    name: str
    seat: str
    statement: str


@dataclass(frozen=True)
class Sender:
    """The letterhead: the network's name, the lines of its address, its email, and how to reach the person in
    charge."""

    name: str
    address: tuple[str, ...]
    contact: tuple[str, ...]
    email: str = ""


@dataclass(frozen=True)
class Labels:
    """Every fixed word the layout prints, in the reader's language."""

    addressees: str
    copies: str
    subject: str
    reference: str
    """Of the addressee, e.g. "Your reference"."""
    our_reference: str
    contact: str
    summary: str
    overview: str
    """Stands over the list of the points in the summary, e.g. "The points at a glance"."""
    on_page: str
    """Before the number of a page in that list, with the placeholder %(page)s, e.g. "p. %(page)s"."""
    see_points: str
    """Follows a demand, with the placeholder %(numbers)s, e.g. "see No. %(numbers)s"."""
    general: str
    points: str
    in_full: str
    """Stands over the texts that are too long for the table, e.g. "Longer texts in full"."""
    see_in_full: str
    """Stands in their place in the table, with the placeholder %(number)s."""
    marks: str
    """What the marks mean, e.g. "Deleted words are struck through, inserted words are bold."."""
    number: str
    article: str
    existing: str
    demanded: str
    reasons: str
    supported_by: str
    action: str
    actions: tuple[str, str, str, str]
    """The words for add, change and delete, as a column of a table says them."""
    no_existing: str
    """Stands for the existing wording of an addition, e.g. "New text"."""
    no_demanded: str
    """Stands for the demanded wording of a deletion, e.g. "Delete"."""
    signatories: str
    signatories_count: str
    """Says how many signed, e.g. "Number of signatories: 9"."""
    organisation: str
    seat: str
    area: str
    person: str
    statement: str
    dissent: str
    annexes: str
    page: str
    """With the placeholders %(page)s and %(pages)s, e.g. "Page %(page)s of %(pages)s"."""
    fingerprint: str
    address: str
    checkpoint: str = ""
    """Of the log that the signatures stand in."""
    scan: str = ""
    """What the picture beside it is, for whoever does not see it: it leads to the address."""
    answer: str = ""
    """Head of the empty column in which the addressee answers; without it a table has no columns for an answer."""
    answer_reasons: str = ""
    mark: str = ""
    """Head of the column by which a row is known when it comes back, wherever it stands by then."""


@dataclass(frozen=True)
class Document:
    """What goes to the decision-makers.

    An addressee is one text whose lines are the lines of its address. `general` is Markdown. A list that is empty
    leaves out its section. `reference` is the addressee's own, `our_reference` the sender's. `fingerprint` is the
    SHA-256 of the text that was signed, `address` its permanent public page, `checkpoint` how many records the log of
    signatures had and its root. `dated` is the only date that the files
    carry.
    """

    language: str
    title: str
    subject: str
    sender: Sender
    addressees: tuple[str, ...]
    copies: tuple[str, ...]
    place_and_date: str
    reference: str
    our_reference: str
    summary: tuple[str, ...]
    general: str
    points: tuple[PointRow, ...]
    signatories: tuple[Signatory, ...]
    dissent: tuple[Dissent, ...]
    fingerprint: str
    address: str
    labels: Labels
    dated: date
    annexes: tuple[str, ...] = ()
    checkpoint: str = ""


def normalised(document: Document) -> Document:
    """The same document with every text in the product's one canonical form, which every format can hold."""
    return with_texts(document, normalise)


def mark_of(fingerprint: str, number: str | int) -> str:
    """What names a point of exactly this text: "9f86d081-3"."""
    return f"{fingerprint[:8]}-{number}"


def with_texts(part: _Part, change: Callable[[str], str]) -> _Part:
    """The same document, or part of one, with every text changed by a function."""
    changed: _Part = _with_texts(part, change)
    return changed


def _with_texts(part: Any, change: Callable[[str], str]) -> Any:
    if isinstance(part, str):
        return change(part)
    if isinstance(part, tuple):
        return tuple(_with_texts(item, change) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        names = [field.name for field in fields(part)]
        return replace(part, **{name: _with_texts(getattr(part, name), change) for name in names})
    return part


def action_word(point: PointRow, labels: Labels) -> str:
    return dict(zip(get_args(Action), labels.actions, strict=True))[point.action]


def marked_wordings(point: PointRow) -> tuple[list[Run], list[Run]]:
    """The existing and the demanded wording as runs, marked where a word goes or comes.

    Each side stays readable on its own. Nothing is marked where all is new, or where so much changes that marks would
    not help.
    """
    existing, demanded = point.existing, point.demanded
    if point.action == "delete":
        return [(existing, bool(existing))], [(demanded, False)]
    if point.action in ("add", "move") or not existing or not demanded:
        return [(existing, False)], [(demanded, False)]
    parts = word_diff(existing, demanded)
    changed = sum(len(text) for change, text in parts if change != "same")
    if changed > _MARKS_HELP_BELOW * (len(existing) + len(demanded)):
        return [(existing, False)], [(demanded, False)]
    return (
        [run for change, text in parts if change != "added" for run in _marked(text, change == "removed")],
        [run for change, text in parts if change != "removed" for run in _marked(text, change == "added")],
    )


def _marked(text: str, mark: bool) -> Iterator[Run]:
    """Marks the words and not the spaces around them, where a line in the air would look like a mistake."""
    if not mark:
        yield text, False
        return
    words = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if words else ""
    yield from ((part, marked) for part, marked in ((before, False), (words, True), (after, False)) if part)


def by_area(signatories: tuple[Signatory, ...]) -> list[tuple[str, list[Signatory]]]:
    """Signatories grouped by area; areas in the order in which they first appear, those without one at the end."""
    groups: dict[str, list[Signatory]] = {}
    for signatory in signatories:
        groups.setdefault(signatory.area, []).append(signatory)
    return sorted(groups.items(), key=lambda group: not group[0])


def shortened(text: str, most: int) -> str:
    """The text in one line, cut between words where it is longer than so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
