"""Checking what became of the points in the adopted text, and the totals that everybody can read."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _, ngettext
from participation.submissions import operations
from participation.submissions.forms import ConfirmUptakeForm, CorrectUptakeForm
from participation.submissions.models import Outcome, PointUptake, Submission, verdict_label
from participation.submissions.queries import submission_by_slug
from participation.submissions.queries.adoption import years
from participation.submissions.rules import may_review_uptake, reason_for_verdict
from participation.texts.uptake import Verdict
from participation.web.signin import viewer

from .blueprint import blueprint
from .came_of import Adopted, CameOf, adopted_of
from .views import contents_of


@blueprint.get("/uptake")
def uptake_by_year() -> str:
    """What was answered, and what of it was adopted, by the year of sending."""
    labels = [(verdict, verdict_label(verdict)) for verdict in Verdict]
    return render_template("submissions/years.html", years=years(), verdicts=labels, outcomes=list(Outcome))


@blueprint.get("/submissions/<slug>/uptake")
def review_uptake(slug: str) -> str:
    submission, adopted = _compared(slug)
    return render_template(
        "submissions/review_uptake.html",
        submission=submission,
        adopted=adopted,
        contents=contents_of(submission),
    )


@blueprint.post("/submissions/<slug>/uptake")
def confirm_uptake(slug: str) -> ResponseReturnValue:
    """Of one point, or of all that the page showed as not looked at yet."""
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_review_uptake(person, submission))
    form = ConfirmUptakeForm()
    if not form.validate():
        raise NotFound(slug)
    new = operations.confirm_uptake(person, submission, form.uptakes.data or [])
    flash(_told(new), "done")
    return redirect(
        url_for("submissions.review_uptake", slug=slug, _anchor=f"point-{form.at.data}" if form.at.data else None),
        303,
    )


@blueprint.route("/submissions/<slug>/uptake/<int:number>", methods=["GET", "POST"])
def correct_uptake(slug: str, number: int) -> ResponseReturnValue:
    submission, adopted = _compared(slug)
    came_of, uptake = _point(adopted, number)
    before = uptake.confirmation
    form = CorrectUptakeForm(
        seen=before.id if before else 0,
        verdict=uptake.standing.value,
        reason=before.reason if before else "",
    )
    if form.validate_on_submit() and _corrected(submission, uptake, form):
        return redirect(url_for("submissions.review_uptake", slug=slug, _anchor=f"point-{number}"), 303)
    page = render_template(
        "submissions/correct_uptake.html",
        submission=submission,
        adopted=adopted,
        one=came_of,
        uptake=uptake,
        said=next(said for said in contents_of(submission).points if said.number == number),
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


def _corrected(submission: Submission, uptake: PointUptake, form: CorrectUptakeForm) -> bool:
    """False when a reason is missing, which then stands beside its field."""
    verdict, reason, before = Verdict(form.verdict.data), form.reason.data or "", uptake.confirmation
    is_said = before is not None and (before.verdict, before.reason) == (verdict, reason)
    is_newest = form.seen.data == (before.id if before is not None else 0)
    says_why = reason_for_verdict(uptake, verdict, reason)
    if is_newest and not is_said and not says_why:
        form.reason.errors = [says_why.reason]
        return False
    changed = operations.correct_uptake(viewer(), submission, uptake.id, verdict, reason, seen=form.seen.data or 0)
    said = _("Recorded. It is public at once.") if changed else _("This was recorded already; nothing was changed.")
    flash(str(said), "done")
    return True


def _compared(slug: str) -> tuple[Submission, Adopted]:
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_review_uptake(person, submission))
    adopted = adopted_of(submission)
    if adopted is None:
        raise NotFound(slug)
    return submission, adopted


def _point(adopted: Adopted, number: int) -> tuple[CameOf, PointUptake]:
    """The point with this number, if something was found of it; raises NotFound."""
    one = adopted.points.get(number)
    if one is None or one.uptake is None:
        raise NotFound(str(number))
    return one, one.uptake


def _told(new: int) -> str:
    if not new:
        return str(_("This was confirmed already; nothing was changed."))
    return str(ngettext("%(num)s point is confirmed.", "%(num)s points are confirmed.", new))
