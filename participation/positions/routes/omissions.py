"""Saying why comments are left out of a position."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from participation.comments.models import WordingAction
from participation.foundation.access import demand
from participation.foundation.language import _, ngettext
from participation.web.signin import viewer

from ..forms import OmissionForm
from ..models import Omission, OmissionKind, Position
from ..operations import Why, leave_out_comments
from ..queries import by_provision, omissions_of, position_by_slug, unexplained_count, untaken_comments
from ..rules import may_leave_out_comment
from .blueprint import blueprint

LONGEST_CHOICE = 90


@blueprint.route("/positions/<slug>/left-out", methods=["GET", "POST"])
def leave_out(slug: str) -> ResponseReturnValue:
    position = position_by_slug(slug, viewer())
    demand(may_leave_out_comment(viewer(), position))
    said = omissions_of(position)
    form = OmissionForm(seen=said[0].id if said else 0, comments=[])
    form.point.choices = _points(position)
    if not form.is_submitted():
        return _page(position, form, said)
    if not form.validate():
        return _page(position, form, said), 422
    made = leave_out_comments(viewer(), position, form.comments.data or [], _why(form), seen=form.seen.data)
    words = ngettext(
        "The reason is recorded for %(num)s comment. The network sees it at once.",
        "The reason is recorded for %(num)s comments. The network sees it at once.",
        len(made),
    )
    flash(str(words if made else _("Nothing has changed: this was said of these comments already.")), "done")
    return redirect(url_for("positions.leave_out", slug=slug), 303)


def _why(form: OmissionForm) -> Why:
    kind = OmissionKind(form.kind.data)
    point = int(form.point.data) if kind == OmissionKind.POINT else None
    return Why(kind, form.words.data or "", point)


def _points(position: Position) -> list[SelectChoice]:
    named = [
        SelectChoice(str(point.id), f"{point.number}. {point.article or point.demanded}"[:LONGEST_CHOICE])
        for point in position.points
    ]
    return [SelectChoice("", str(_("no point"))), *named]


def _page(position: Position, form: OmissionForm, said: list[Omission]) -> str:
    """`reasons` is all that was said of each comment, the newest first."""
    reasons: dict[int, list[Omission]] = {}
    for omission in said:
        reasons.setdefault(omission.comment_id, []).append(omission)
    return render_template(
        "positions/leave_out.html",
        position=position,
        form=form,
        groups=by_provision(untaken_comments(position)),
        reasons=reasons,
        unexplained=unexplained_count(position),
        actions={action.value: action.label for action in WordingAction},
    )
