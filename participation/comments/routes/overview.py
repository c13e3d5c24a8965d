"""All that was said on a draft, at one look."""

from __future__ import annotations

from flask import render_template

from participation.comments.queries import disputes_in, nil_returns_on, overview_of
from participation.consultations.queries import consultation_by_slug
from participation.consultations.rules import may_see_consultation
from participation.foundation import region
from participation.foundation.access import demand
from participation.foundation.language import language_now
from participation.web.limits import limiter
from participation.web.signin import viewer

from .blueprint import blueprint

# The first look at thousands of comments takes a second.
AT_MOST = "60 per minute"


@blueprint.get("/consultations/<slug>/comments/overview")
@limiter.limit(AT_MOST)
def overview(slug: str) -> str:
    consultation = consultation_by_slug(slug, viewer())
    demand(may_see_consultation(viewer(), consultation))
    names = {area.key: area.name.in_language(language_now()) for area in region.current().areas}
    return render_template(
        "comments/overview.html",
        consultation=consultation,
        overview=overview_of(consultation),
        disputes=disputes_in(consultation),
        areas=names,
        without=nil_returns_on(consultation),
    )
