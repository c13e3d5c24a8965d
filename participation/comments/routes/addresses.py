"""Where a comment stands, as an address."""

from __future__ import annotations

from typing import Any

from flask import url_for

from participation.comments.models import Comment
from participation.comments.queries import page_among_all, page_of_comment, provision_of_comment


def address_of(comment: Comment) -> str:
    """The page that shows it, scrolled to it: of the provision it stands in, or of all comments."""
    slug, top = comment.consultation.slug, comment.parent or comment
    provision = provision_of_comment(top)
    if provision is None:
        return url_for("comments.index", slug=slug, _anchor=comment.anchor, **_page(page_among_all(comment)))
    place: dict[str, Any] = {"slug": slug, "key": provision.key}
    return url_for("comments.thread", **place, _anchor=comment.anchor, **_page(page_of_comment(comment, provision)))


def _page(number: int) -> dict[str, Any]:
    return {"page": number} if number > 1 else {}
