"""Recording the answers of a body on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.bodies.models import PublicBody
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _, ngettext
from participation.submissions import operations
from participation.submissions.forms import AnswersForm
from participation.submissions.models import Answer, Outcome, Submission
from participation.submissions.queries import answers_of, state_of_answers, submission_by_slug
from participation.submissions.queries.overdue import late_bodies_of
from participation.submissions.rules import may_record_answers
from participation.web.signin import viewer

from .blueprint import blueprint
from .views import addressees_in_order, contents_of


@blueprint.route("/submissions/<slug>/answers", methods=["GET", "POST"])
def answer(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_record_answers(person, submission))
    body = _body(submission, request.args.get("body", ""))
    recorded = answers_of(submission, body)
    form = AnswersForm(data=_as_recorded(submission, recorded))
    form.sent_on = submission.sent_on
    if form.validate_on_submit():
        changed = operations.record_answers(
            person, submission, body, _given(form, recorded), seen=form.seen.data or ""
        )
        flash(_told(changed), "done")
        return redirect(url_for("submissions.show", slug=slug, _anchor="answers"), 303)
    page = render_template(
        "submissions/answer.html",
        submission=submission,
        body=body,
        bodies=[(other, _number_of_answers(submission, other)) for other in addressees_in_order(submission)],
        form=form,
        is_late=body in late_bodies_of(submission),
        confirmed=[row.number for row in submission.points if row.id in recorded and recorded[row.id].is_confirmed],
        said={row.id: point for row, point in zip(submission.points, contents_of(submission).points, strict=True)},
    )
    return page, 422 if form.is_submitted() else 200


def _body(submission: Submission, slug: str) -> PublicBody:
    """The body that was asked for, else the first that has not answered everything."""
    bodies = addressees_in_order(submission)
    if slug:
        found = next((body for body in bodies if body.slug == slug), None)
        if found is None:
            raise NotFound(slug)
        return found
    unfinished = (body for body in bodies if _number_of_answers(submission, body) < len(submission.points))
    return next(unfinished, bodies[0])


def _number_of_answers(submission: Submission, body: PublicBody) -> int:
    return sum(answer.body_id == body.id for point in submission.points for answer in point.answers)


def _as_recorded(submission: Submission, recorded: Mapping[int, Answer]) -> dict[str, Any]:
    # What the body itself confirmed is not for the office to change.
    confirmed = {number for number, answer in recorded.items() if answer.is_confirmed}
    return {
        "seen": state_of_answers(recorded),
        "points": [_point(row.id, recorded.get(row.id)) for row in submission.points if row.id not in confirmed],
    }


def _point(point_id: int, standing: Answer | None) -> dict[str, Any]:
    if standing is None:
        return {"point_id": point_id, "outcome": ""}
    return {
        "point_id": point_id,
        "outcome": Outcome(standing.outcome).value,
        "words": standing.words,
        "source": standing.source,
        "answered_on": standing.answered_on,
    }


def _given(form: AnswersForm, recorded: Mapping[int, Answer]) -> dict[int, operations.GivenAnswer | None]:
    """What was chosen, by point; points without an answer before and after are left out."""
    given: dict[int, operations.GivenAnswer | None] = {}
    for entry in form.points:
        point_id, outcome = entry.form.point_id.data, entry.form.outcome.data
        if point_id is None or not (outcome or point_id in recorded):
            continue
        given[point_id] = _answer(form, entry.form) if outcome else None
    return given


def _answer(form: AnswersForm, point: Any) -> operations.GivenAnswer:
    return operations.GivenAnswer(
        Outcome(point.outcome.data),
        point.words.data,
        form.source_of(point),
        form.day_of(point),
    )


def _told(changed: int) -> str:
    if not changed:
        return str(_("These answers were recorded already; nothing was changed."))
    return str(
        ngettext(
            "%(num)s answer is recorded and public. Those who took part are told by email.",
            "%(num)s answers are recorded and public. Those who took part are told by email.",
            changed,
        )
    )
