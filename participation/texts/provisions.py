"""A draft as it was read: provisions in reading order, and what is doubtful about them."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a provision is. The order is from the outermost to the innermost."""

    PART = "part"
    ANNEX = "annex"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    POINT = "point"
    INDENT = "indent"
    TABLE = "table"
    NOTE = "note"


HEADINGS = frozenset({Kind.PART, Kind.ANNEX, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE})


@dataclass(frozen=True)
class Provision:
    """One piece of a draft that a person can point at.

    `label` is what is printed ("12.a člen", "(2)", "a)", "–") or empty; numbers repeat in
    real acts, so it never identifies. `text` is plain text without the label; it is empty
    where a heading is only a label. A table's text is one row a line, cells as "a | b".

    A provision's parent is the nearest earlier one of a smaller `level`: parts, annexes and
    what stands outside the act's articles 1, chapters 2, sections 3, articles 4, paragraphs
    and tables 5, points and indents 6 and one more for every nesting; a note is one deeper than the
    provision it explains. A draft without articles uses 1 to 4 for its nested headings.
    """

    kind: Kind
    label: str
    level: int
    text: str
    place: str = ""


@dataclass(frozen=True)
class Doubt:
    """Something a person should check before trusting the reading; `code` names the reason.

    Codes: article_missing, article_repeats, comments_left_out, encoding_guessed,
    hidden_text_left_out, language_unsure, long_provision, no_articles, numbering_lost,
    pictures_left_out, repeated_lines_dropped, scan_suspected, title_missing,
    tracked_changes_accepted.
    """

    code: str
    place: str = ""
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What was read from a file. `language` is a two-letter code, or empty when unknown."""

    title: str
    language: str
    warnings: tuple[Doubt, ...]
    provisions: tuple[Provision, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many provisions there are of each kind; kinds that do not occur are 0."""
        found = Counter(provision.kind for provision in self.provisions)
        return {kind.value: found[kind] for kind in Kind}

    def as_json(self) -> dict[str, Any]:
        """The reading as plain values, in the shape that `drafts read --json` prints."""
        return {
            "title": self.title,
            "language": self.language,
            "warnings": [asdict(doubt) for doubt in self.warnings],
            "counts": self.counts,
            "provisions": [
                {"kind": one.kind.value, "label": one.label, "level": one.level, "text": one.text}
                for one in self.provisions
            ],
        }


class Unreadable(Exception):
    """The file cannot be read, or must not be.

    `code` is one of CODES; `details` holds what a message may want to name.
    """

    CODES = (
        "empty",
        "encrypted",
        "truncated",
        "mislabelled",
        "no_text",
        "zip_bomb",
        "old_word",
        "too_large",
        "too_long",
        "timeout",
        "unknown_format",
        "not_word",
    )

    def __init__(self, code: str, **details: str) -> None:
        if code not in self.CODES:
            raise ValueError(code)
        super().__init__(code, details)
        self.code = code
        self.details = details
