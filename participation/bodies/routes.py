"""The address book of public bodies."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from participation.consultations.queries.lists import consultations_of_body
from participation.submissions.queries.tallies import latest_sent_to, tally_of_body
from participation.web.signin import viewer

from . import queries
from .models import KINDS, Level
from .rules import may_add_body, may_edit_body

blueprint = Blueprint("bodies", __name__)


@blueprint.get("/bodies")
def index() -> str:
    asked = {name: request.args.get(name, "")[:100] for name in ("kind", "level", "words")}
    return render_template(
        "bodies/index.html",
        bodies=queries.chosen_bodies(**asked),
        asked=asked,
        kinds=[(kind, KINDS.get(kind, kind)) for kind in queries.kinds_in_use()],
        levels=[(level.value, level.label) for level in Level],
        may_add=may_add_body(viewer()),
    )


@blueprint.get("/bodies/<slug>")
def show(slug: str) -> str:
    body = queries.body_by_slug(slug)
    return render_template(
        "bodies/show.html",
        body=body,
        prepared=consultations_of_body(body),
        sent=latest_sent_to(body),
        tally=tally_of_body(body),
        may_edit=may_edit_body(viewer()),
    )
