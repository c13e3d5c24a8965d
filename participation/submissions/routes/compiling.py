"""Putting a submission together, and changing it until it is frozen."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.bodies.queries import all_bodies, bodies_by_ids
from participation.consultations.models import Consultation
from participation.consultations.queries import consultation_by_slug
from participation.foundation import region
from participation.foundation.access import demand
from participation.foundation.database import Conflict
from participation.foundation.language import _, force_locale
from participation.submissions import operations
from participation.submissions.forms import LONGEST_TITLE, PressedForm, SubmissionForm
from participation.submissions.models import Submission
from participation.submissions.queries import (
    comments_to_compile,
    positions_by_ids,
    positions_to_compile,
    submission_by_slug,
)
from participation.submissions.rules import may_compile_submission, may_discard_submission, may_edit_submission
from participation.web.signin import viewer

from .blueprint import blueprint


@blueprint.route("/consultations/<slug>/submissions/new", methods=["GET", "POST"])
def compile(slug: str) -> ResponseReturnValue:
    person = viewer()
    consultation = consultation_by_slug(slug, person)
    demand(may_compile_submission(person, consultation))
    form = SubmissionForm(data=_beginning(consultation))
    _offer(form, consultation)
    if form.validate_on_submit():
        submission = operations.compile_submission(
            person, consultation, _content(form, consultation), form_key=form.key
        )
        flash(
            str(
                _(
                    "The submission is compiled; nobody outside the office sees it yet. "
                    "Read the preview, then freeze it."
                )
            ),
            "done",
        )
        return redirect(url_for("submissions.preview", slug=submission.slug), 303)
    return _page("submissions/compile.html", form, consultation=consultation)


@blueprint.route("/submissions/<slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_edit_submission(person, submission))
    consultation = submission.consultation
    form = SubmissionForm(data=_as_it_stands(submission))
    _offer(form, consultation)
    if form.validate_on_submit():
        if form.revision.data is None:
            raise Conflict(_("The page was sent without saying which text it was made from. Please open it again."))
        operations.edit_submission(person, submission, _content(form, consultation), revision=form.revision.data)
        flash(str(_("Saved. Read the preview, then freeze the submission.")), "done")
        return redirect(url_for("submissions.preview", slug=slug), 303)
    return _page("submissions/edit.html", form, consultation=consultation, submission=submission)


@blueprint.post("/submissions/<slug>/discard")
def discard(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_discard_submission(person, submission))
    form = PressedForm()
    if not form.validate_on_submit():
        return redirect(url_for("submissions.show", slug=slug), 303)
    title = submission.title
    operations.discard_submission(person, submission)
    flash(str(_("“%(title)s” is discarded. Nothing of it was public.", title=title)), "done")
    return redirect(url_for("submissions.index"), 303)


def _page(template: str, form: SubmissionForm, **values: Any) -> ResponseReturnValue:
    return render_template(template, form=form, **values), 422 if form.errors else 200


def _beginning(consultation: Consultation) -> dict[str, Any]:
    """A new submission carries all opened positions, to the body that prepares the draft."""
    positions = positions_to_compile(consultation)
    bodies = {body.id for position in positions for body in position.addressees}
    with force_locale(consultation.language):
        title = str(_("Comments on the draft: %(title)s", title=consultation.title))
    return {
        "title": title[:LONGEST_TITLE],
        "language": consultation.language,
        "positions": [position.id for position in positions],
        "comments": [],
        "addressees": sorted(bodies | ({consultation.body_id} if consultation.body_id else set())),
        "copies": [],
    }


def _as_it_stands(submission: Submission) -> dict[str, Any]:
    return {
        "revision": submission.revision,
        "title": submission.title,
        "language": submission.language,
        "positions": [position.id for position in submission.positions],
        "comments": [comment.id for comment in submission.comments],
        "addressees": [body.id for body in submission.addressees],
        "copies": [body.id for body in submission.copies],
        "summary": submission.summary,
        "cover": submission.cover,
    }


def _offer(form: SubmissionForm, consultation: Consultation) -> None:
    form.offer(
        languages=[(code, _language(code)) for code in region.current().languages],
        positions=[(position.id, position.title) for position in positions_to_compile(consultation)],
        comments=[(comment.id, _label(comment)) for comment in comments_to_compile(consultation)],
        bodies=[(body.id, body.name) for body in all_bodies()],
    )


def _label(comment: Any) -> str:
    place = comment.provision.path or comment.provision.label if comment.provision else str(_("The whole draft"))
    return f"{place} · {comment.organisation.name}: {comment.excerpt}"


def _language(code: str) -> str:
    names = {"sl": _("Slovenian"), "en": _("English")}
    return str(names.get(code, code))


def _content(form: SubmissionForm, consultation: Consultation) -> operations.SubmissionContent:
    chosen = set(form.comments.data)
    return operations.SubmissionContent(
        title=form.title.data,
        language=form.language.data,
        cover=form.cover.data,
        summary=form.summary.data,
        addressees=bodies_by_ids(form.addressees.data),
        copies=bodies_by_ids(form.copies.data),
        positions=positions_by_ids(consultation, form.positions.data),
        comments=[comment for comment in comments_to_compile(consultation) if comment.id in chosen],
    )
