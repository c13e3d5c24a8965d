"""Where a comment stands, as an address."""

from __future__ import annotations

from typing import Any

from flask import url_for

from participation.comments.models import Comment
from participation.comments.queries import page_among_all, page_of_comment, still_stands


def address_of(comment: Comment) -> str:
    """The page that shows it, scrolled to it: of its thread, or, when the text has no such provision now, of all."""
    slug = comment.consultation.slug
    if comment.provision is None or not still_stands(comment.consultation, comment.provision.key):
        return url_for("comments.index", slug=slug, _anchor=comment.anchor, **_page(page_among_all(comment)))
    place: dict[str, Any] = {"slug": slug, "key": comment.provision.key}
    return url_for("comments.thread", **place, _anchor=comment.anchor, **_page(page_of_comment(comment)))


def _page(number: int) -> dict[str, Any]:
    return {"page": number} if number > 1 else {}
