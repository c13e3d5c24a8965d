"""The front page."""

from __future__ import annotations

from flask import Blueprint, render_template

from participation.consultations.rules import may_lead_consultation
from participation.foundation import geography, region
from participation.organisations.routes import acting_membership
from participation.web.signin import viewer

from . import queries
from .rules import may_see_desk

blueprint = Blueprint("lobby", __name__)


@blueprint.get("/")
def index() -> str:
    person = viewer()
    front = queries.front_page()
    tasks = queries.tasks_of(person, acting_membership()) if may_see_desk(person) else []
    return render_template(
        "lobby/index.html",
        front=front,
        map=geography.shaded(region.current(), front.members) if front.members else None,
        tasks=tasks,
        may_lead=may_lead_consultation(person),
    )
