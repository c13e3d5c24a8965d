"""Runs of Word's XML: words, and the change that a person makes of them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from itertools import count

# What XML cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("([\n\t])")
_BREAK = {"\n": "<w:br/>", "\t": "<w:tab/>"}


class Numbers:
    """Numbers of changes, bookmarks and comments, each used once in a file."""

    def __init__(self) -> None:
        self._next = count(1)

    def next(self) -> int:
        return next(self._next)


def attributes(numbers: Numbers, author: str, when: datetime) -> str:
    """The attributes of a change or a comment."""
    return f'w:id="{numbers.next()}" w:author="{escaped(author)}" w:date="{moment(when)}"'


def moment(when: datetime) -> str:
    """As Word writes it, in universal time and whole seconds."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def escaped(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))


def run(text: str, is_deleted: bool = False, properties: str = "") -> str:
    """The words as one run; none without words."""
    if not text:
        return ""
    return f"<w:r>{properties}{''.join(_words(text, 'delText' if is_deleted else 't'))}</w:r>"


def _words(text: str, element: str) -> Iterator[str]:
    for piece in _BREAKS.split(text):
        if piece in _BREAK:
            yield _BREAK[piece]
        elif piece:
            yield f'<w:{element} xml:space="preserve">{escaped(piece)}</w:{element}>'
