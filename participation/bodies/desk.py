"""The office keeps the address book."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from participation.foundation.access import demand
from participation.foundation.language import _
from participation.web.signin import viewer

from . import operations, queries
from .forms import body_form
from .rules import may_add_body, may_edit_body

blueprint = Blueprint("bodies_desk", __name__, url_prefix="/desk")


@blueprint.route("/bodies/new", methods=["GET", "POST"])
def add() -> Any:
    actor = viewer()
    demand(may_add_body(actor))
    form = body_form()
    if request.method == "POST" and form.validate():
        sent_before = queries.body_by_form_key(form.key)
        if sent_before is None and queries.is_name_taken(form.entry().name):
            form.refuse_name()
        else:
            body = operations.add_body(actor, form.entry(), form.key)
            flash(
                str(_("%(body)s is in the address book now. It can be chosen as an addressee.", body=body.name)),
                "done",
            )
            return redirect(url_for("bodies.show", slug=body.slug), 303)
    return render_template("bodies/desk/add.html", form=form), 422 if form.errors else 200


@blueprint.route("/bodies/<slug>", methods=["GET", "POST"])
def edit(slug: str) -> Any:
    actor = viewer()
    body = queries.body_by_slug(slug)
    demand(may_edit_body(actor))
    form = body_form(body)
    if request.method == "POST" and form.validate():
        if queries.is_name_taken(form.entry().name, besides=body.id):
            form.refuse_name()
        else:
            operations.edit_body(actor, body, form.entry())
            flash(str(_("Saved. The address book shows it at once.")), "done")
            return redirect(url_for("bodies.show", slug=slug), 303)
    return render_template("bodies/desk/edit.html", form=form, body=body), 422 if form.errors else 200
