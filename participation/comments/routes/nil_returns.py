"""Saying that an organisation has no comments, and taking that back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from participation.comments import operations
from participation.consultations.queries import consultation_by_slug
from participation.foundation.language import _
from participation.web.limits import limiter
from participation.web.signin import viewer

from .acts import acting_organisation
from .blueprint import AT_MOST, blueprint


@blueprint.post("/consultations/<slug>/comments/none")
@limiter.limit(AT_MOST)
def give_nil_return(slug: str) -> Response:
    person, organisation = viewer(), acting_organisation()
    given = operations.give_nil_return(person, organisation, consultation_by_slug(slug, person))
    words = _(
        "Recorded: %(organisation)s has no comments on this draft. Until the deadline for comments you can take that "
        "back or comment after all.",
        organisation=given.organisation.name,
    )
    flash(str(words), "done")
    return _back(slug)


@blueprint.post("/consultations/<slug>/comments/none/withdraw")
@limiter.limit(AT_MOST)
def withdraw_nil_return(slug: str) -> Response:
    person, organisation = viewer(), acting_organisation()
    operations.withdraw_nil_return(person, organisation, consultation_by_slug(slug, person))
    flash(str(_("Taken back. Your organisation can comment until the deadline.")), "done")
    return _back(slug)


def _back(slug: str) -> Response:
    return redirect(url_for("comments.index", slug=slug, _anchor="no-comments"), 303)
