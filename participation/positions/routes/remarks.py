"""The discussion of a draft."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from participation.foundation.access import demand
from participation.foundation.language import _
from participation.organisations.routes import acting_membership
from participation.web.limits import limiter
from participation.web.signin import viewer

from ..forms import RemarkForm
from ..operations import post_remark as post
from ..queries import position_by_slug
from ..rules import may_post_remark
from .blueprint import blueprint
from .positions import page_of_draft


@blueprint.post("/positions/<slug>/remarks")
@limiter.limit("20 per minute")
def post_remark(slug: str) -> ResponseReturnValue:
    position = position_by_slug(slug, viewer())
    demand(may_post_remark(viewer(), position))
    form = RemarkForm()
    if not form.validate():
        return page_of_draft(position, form), 422
    acting = acting_membership()
    remark = post(
        viewer(), position, acting.organisation if acting else None, source=form.source.data, form_key=form.key
    )
    flash(str(_("Your words are in the discussion. The network sees them; the public does not.")), "done")
    return redirect(url_for("positions.show", slug=slug, _anchor=f"remark-{remark.id}"), 303)
