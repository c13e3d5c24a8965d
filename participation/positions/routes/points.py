"""Adding, writing, moving and removing the points of a draft."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from participation.comments.models import WordingAction
from participation.consultations.models import Provision
from participation.consultations.queries import provisions_of, published_version
from participation.foundation.access import demand
from participation.foundation.language import _, labels_of_changes
from participation.web.signin import viewer

from ..forms import MergeForm, MovePointForm, PointForm
from ..models import Point, Position
from ..operations import PointContent
from ..operations import add_point as add
from ..operations import edit_point as save
from ..operations import merge_point as merge
from ..operations import move_point as move
from ..operations import remove_point as remove
from ..queries import Decisions, Merge, merge_of, point_of, position_by_slug
from ..rules import may_edit_position
from .blueprint import blueprint

LONGEST_CHOICE = 90


@blueprint.route("/positions/<slug>/points/new", methods=["GET", "POST"])
def add_point(slug: str) -> ResponseReturnValue:
    position = _position(slug)
    provisions = _provisions(position)
    form = PointForm()
    form.offer_provisions(_choices(provisions))
    if not form.is_submitted():
        return _page(position, form)
    if not form.validate():
        return _page(position, form), 422
    point = add(viewer(), position, _content(form, provisions), form_key=form.key)
    flash(str(_("Point %(number)s is added. The network sees it at once.", number=point.number)), "done")
    return redirect(url_for("positions.edit", slug=slug, _anchor=f"point-{point.number}"), 303)


@blueprint.route("/positions/<slug>/points/<int:point_id>/edit", methods=["GET", "POST"])
def edit_point(slug: str, point_id: int) -> ResponseReturnValue:
    position = _position(slug)
    point = point_of(position, point_id)
    provisions = _provisions(position) | {provision.key: provision for provision in point.provisions}
    form = PointForm(
        revision=point.revision,
        # One empty row more, for another provision.
        provisions=[*(provision.key for provision in point.provisions), ""],
        action=point.action,
        existing=point.existing,
        demanded=point.demanded,
        reasons=point.reasons,
    )
    form.offer_provisions(_choices(provisions))
    if not form.is_submitted():
        return _page(position, form, point)
    if not form.validate():
        return _page(position, form, point), 422
    save(viewer(), point, _content(form, provisions), revision=form.revision.data)
    flash(str(_("Point %(number)s is saved. The network sees it at once.", number=point.number)), "done")
    return redirect(url_for("positions.edit", slug=slug, _anchor=f"point-{point.number}"), 303)


@blueprint.route("/positions/<slug>/points/<int:point_id>/merge", methods=["GET", "POST"])
def merge_point(slug: str, point_id: int) -> ResponseReturnValue:
    position = _position(slug)
    point = point_of(position, point_id)
    form = MergeForm(revision=point.revision)
    decisions = _decisions(form) if form.is_submitted() else None
    merged = merge_of(point, decisions, labels_of_changes(position.language))
    if decisions is None:
        return _merging_page(point, form, merged)
    if not form.validate():
        return _merging_page(point, form, merged), 422
    if form.act.data != "save":
        return _merging_page(point, form, merged)
    if merged.undecided or merged.changes_nothing:
        form.choices.errors = [_why_not_merged(merged)]
        return _merging_page(point, form, merged), 422
    merge(viewer(), point, decisions, revision=form.revision.data)
    flash(str(_("The proposals are merged into point %(number)s.", number=point.number)), "done")
    return redirect(url_for("positions.edit", slug=slug, _anchor=f"point-{point.number}"), 303)


def _decisions(form: MergeForm) -> Decisions:
    return Decisions(set(form.comments.data or []), form.by_hand.data, form.choices.data, set(form.left.data or []))


def _why_not_merged(merged: Merge) -> str:
    if merged.undecided:
        return str(_("Choose in each passage what the point demands, or leave the existing words."))
    return str(_("So nothing would change. Take up a proposal, or choose other words than the existing ones."))


def _merging_page(point: Point, form: MergeForm, merged: Merge) -> str:
    return render_template("positions/merge.html", position=point.position, point=point, form=form, merge=merged)


@blueprint.post("/positions/<slug>/points/<int:point_id>/remove")
def remove_point(slug: str, point_id: int) -> ResponseReturnValue:
    position = _position(slug)
    remove(viewer(), point_of(position, point_id))
    flash(str(_("The point is removed, and the points behind it are numbered anew.")), "done")
    return redirect(url_for("positions.edit", slug=slug, _anchor="points"), 303)


@blueprint.post("/positions/<slug>/points/<int:point_id>/move")
def move_point(slug: str, point_id: int) -> ResponseReturnValue:
    position = _position(slug)
    form = MovePointForm()
    point = point_of(position, point_id)
    if form.validate():
        move(viewer(), point, -1 if form.direction.data == "up" else 1)
        flash(str(_("The order of the points is changed.")), "done")
    return redirect(url_for("positions.edit", slug=slug, _anchor="points"), 303)


def _position(slug: str) -> Position:
    position = position_by_slug(slug, viewer())
    demand(may_edit_position(viewer(), position))
    return position


def _provisions(position: Position) -> dict[str, Provision]:
    version = published_version(position.consultation)
    return {provision.key: provision for provision in provisions_of(version)} if version else {}


def _choices(provisions: dict[str, Provision]) -> list[SelectChoice]:
    named = [SelectChoice(key, _in_short(provision)) for key, provision in provisions.items()]
    return [SelectChoice("", str(_("no provision"))), *named]


def _in_short(provision: Provision) -> str:
    name = provision.path or provision.label
    words = " ".join(provision.text.split())
    return f"{name}: {words}"[:LONGEST_CHOICE] if name else words[:LONGEST_CHOICE]


def _content(form: PointForm, provisions: dict[str, Provision]) -> PointContent:
    keys = dict.fromkeys(entry.data for entry in form.provisions if entry.data)
    return PointContent(
        action=WordingAction(form.action.data),
        provisions=[provisions[key] for key in keys],
        existing=form.existing.data,
        demanded=form.demanded.data,
        reasons=form.reasons.data,
    )


def _page(position: Position, form: PointForm, point: Point | None = None) -> str:
    return render_template("positions/point.html", position=position, form=form, point=point)
