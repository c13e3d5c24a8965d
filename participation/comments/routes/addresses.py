"""Where a comment stands, as an address."""

from __future__ import annotations

from typing import Any

from flask import url_for

from participation.comments.models import Comment
from participation.comments.queries import page_of_comment


def address_of(comment: Comment) -> str:
    """The page of its thread that shows it, scrolled to it."""
    number = page_of_comment(comment)
    page: dict[str, Any] = {"page": number} if number > 1 else {}
    slug = comment.consultation.slug
    if comment.provision is None:
        return url_for("comments.index", slug=slug, _anchor=comment.anchor, **page)
    return url_for("comments.thread", slug=slug, key=comment.provision.key, _anchor=comment.anchor, **page)
