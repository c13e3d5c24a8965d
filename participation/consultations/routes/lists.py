"""The list of consultations."""

from __future__ import annotations

from flask import render_template, request

from participation.bodies.models import Level
from participation.web.paging import page_number
from participation.web.signin import viewer

from .. import queries
from ..models import Phase
from ..rules import may_lead_consultation
from .blueprint import blueprint


@blueprint.get("/consultations")
def index() -> str:
    asked = queries.Filter(
        phase=request.args.get("phase", ""),
        topic=request.args.get("topic", ""),
        municipality=request.args.get("municipality", ""),
        body=request.args.get("body", ""),
        level=request.args.get("level", ""),
        words=request.args.get("words", "")[:200],
    )
    page = queries.published_consultations(asked, page_number())
    return render_template(
        "consultations/index.html",
        asked=asked,
        page=page,
        counts=queries.comment_counts(page.items),
        bodies=queries.bodies_with_consultations(),
        phases=[phase for phase in Phase if phase is not Phase.PREPARING],
        levels=list(Level),
        may_lead=may_lead_consultation(viewer()),
    )
