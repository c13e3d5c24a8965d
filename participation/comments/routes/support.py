"""Standing behind the comments of others."""

from __future__ import annotations

from flask import flash, redirect
from werkzeug.wrappers import Response

from participation.comments import operations
from participation.comments.queries import comment_by_id
from participation.foundation.language import _
from participation.web.limits import limiter
from participation.web.signin import viewer

from .acts import acting_organisation
from .addresses import address_of
from .blueprint import AT_MOST, blueprint


@blueprint.post("/comments/<int:comment_id>/support")
@limiter.limit(AT_MOST)
def support(comment_id: int) -> Response:
    person, organisation = viewer(), acting_organisation()
    comment = comment_by_id(comment_id, person)
    given = operations.support_comment(person, organisation, comment)
    flash(
        str(
            _(
                "%(organisation)s supports this comment. You can withdraw that until the deadline for comments.",
                organisation=given.organisation.name,
            )
        ),
        "done",
    )
    return redirect(address_of(comment), 303)


@blueprint.post("/comments/<int:comment_id>/support/withdraw")
@limiter.limit(AT_MOST)
def withdraw_support(comment_id: int) -> Response:
    person, organisation = viewer(), acting_organisation()
    comment = comment_by_id(comment_id, person)
    operations.withdraw_support(person, organisation, comment)
    flash(
        str(
            _(
                "Your organisation no longer supports this comment. "
                "It can do so again until the deadline for comments."
            )
        ),
        "done",
    )
    return redirect(address_of(comment), 303)
