"""The front page."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("lobby", __name__)


@blueprint.get("/")
def index() -> str:
    return render_template("lobby/index.html")
