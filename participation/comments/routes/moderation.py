"""The office hides a comment, or shows it again."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from participation.comments import operations
from participation.comments.forms import HideForm
from participation.comments.queries import comment_by_id
from participation.comments.rules import may_hide_comment
from participation.foundation.access import demand
from participation.foundation.language import _
from participation.web.signin import viewer

from .addresses import address_of
from .blueprint import blueprint


@blueprint.route("/comments/<int:comment_id>/hide", methods=["GET", "POST"])
def hide(comment_id: int) -> ResponseReturnValue:
    person = viewer()
    demand(may_hide_comment(person))
    comment = comment_by_id(comment_id, person)
    form = HideForm()
    if form.validate_on_submit():
        operations.hide_comment(person, comment, form.because.data)
        flash(str(_("The comment is hidden. Its author has been told why by email.")), "done")
        return redirect(address_of(comment), 303)
    return render_template("comments/hide.html", comment=comment, form=form), 422 if form.errors else 200


@blueprint.post("/comments/<int:comment_id>/unhide")
def unhide(comment_id: int) -> Response:
    person = viewer()
    comment = comment_by_id(comment_id, person)
    operations.unhide_comment(person, comment)
    flash(str(_("The comment can be read again. Its author has been told by email.")), "done")
    return redirect(address_of(comment), 303)
