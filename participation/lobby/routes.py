"""The front page."""

from __future__ import annotations

from flask import Blueprint, render_template

from . import queries

blueprint = Blueprint("lobby", __name__)


@blueprint.get("/")
def index() -> str:
    return render_template("lobby/index.html", front=queries.front_page())
