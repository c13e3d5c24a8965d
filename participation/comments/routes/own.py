"""What became of all that a person said."""

from __future__ import annotations

from flask import render_template

from participation.comments.queries import own_comments
from participation.foundation.access import demand
from participation.submissions.queries import ways_on_from_comments
from participation.web.paging import page_number
from participation.web.signin import viewer

from ..rules import may_see_own_comments
from .blueprint import blueprint


@blueprint.get("/comments/mine")
def mine() -> str:
    demand(may_see_own_comments(viewer()))
    page = own_comments(viewer(), page_number())
    # Of what is hidden it is not said where it went.
    shown = [comment.id for comment in page.items if not comment.is_hidden]
    return render_template("comments/mine.html", page=page, ways_on=ways_on_from_comments(shown))
