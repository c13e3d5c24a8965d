"""The kinds of provisions in words, and how deep each usually stands."""

from __future__ import annotations

from typing import Any

from participation.foundation.language import _
from participation.texts.provisions import Kind

# The scheme that participation.texts.provisions.Provision describes; a note is one deeper than what it explains.
USUAL_LEVELS = {
    Kind.PART: 1,
    Kind.ANNEX: 1,
    Kind.CHAPTER: 2,
    Kind.SECTION: 3,
    Kind.ARTICLE: 4,
    Kind.PARAGRAPH: 5,
    Kind.TABLE: 5,
    Kind.POINT: 6,
    Kind.INDENT: 6,
    Kind.NOTE: 6,
}
DEEPEST_LEVEL = 12

_LABELS = {
    Kind.PART: _("part"),
    Kind.ANNEX: _("annex"),
    Kind.CHAPTER: _("chapter"),
    Kind.SECTION: _("section or heading"),
    Kind.ARTICLE: _("article"),
    Kind.PARAGRAPH: _("paragraph"),
    Kind.POINT: _("point"),
    Kind.INDENT: _("indent"),
    Kind.TABLE: _("table"),
    Kind.NOTE: _("note"),
}


def label_of(kind: str) -> Any:
    """The name of a kind for people, such as "article"."""
    return _LABELS[Kind(kind)]
