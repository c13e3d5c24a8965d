"""Several demands on one wording, merged without an editor."""

from __future__ import annotations

from collections.abc import Sequence

from participation.texts.wordings import merge_as_chosen, weigh


def merged(existing: str, wordings: Sequence[str]) -> str:
    """The wording that has them all; ValueError where some exclude each other, for nobody chooses among them."""
    return merge_as_chosen(existing, weigh(existing, wordings), [])
