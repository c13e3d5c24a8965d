"""Where a comment stands, as an address, and the answers that lead there."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from participation.comments.models import Comment
from participation.comments.queries import page_among_all, page_of_comment, provision_of_comment
from participation.foundation.language import _
from participation.web.filters import moment


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


def posted(comment: Comment) -> ResponseReturnValue:
    words = _("It is published. You can still edit it until %(moment)s.", moment=moment(comment.editable_until))
    flash(str(words), "done")
    return redirect(address_of(comment), 303)


def edited(comment: Comment) -> ResponseReturnValue:
    flash(str(_("The new text is saved. The page says that the comment was edited.")), "done")
    return redirect(address_of(comment), 303)
