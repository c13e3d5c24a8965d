"""Seeing exactly what a submission will say, and freezing it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.routes import ask_to_sign_in_again, recent_sign_in
from participation.foundation.access import demand
from participation.foundation.language import _
from participation.submissions import operations
from participation.submissions.forms import FreezeForm
from participation.submissions.models import place_and_date, preview_fingerprint
from participation.submissions.queries import positions_open_for_cosigning, submission_by_slug
from participation.submissions.rules import may_discard_submission, may_edit_submission, may_freeze_submission
from participation.web.signin import viewer

from .addresses import permanent_address
from .blueprint import blueprint
from .views import contents_of, points_of


@blueprint.get("/submissions/<slug>/preview")
def preview(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_edit_submission(person, submission))
    contents = contents_of(submission)
    return render_template(
        "submissions/preview.html",
        submission=submission,
        contents=contents,
        points=points_of(submission, contents),
        form=FreezeForm(sha256_seen=preview_fingerprint(contents)),
        still_open=positions_open_for_cosigning(submission),
        left_out=len(submission.comments) - len(submission.comments_to_carry),
        may_freeze=may_freeze_submission(person, submission),
        may_discard=may_discard_submission(person, submission),
        place_and_date=place_and_date(contents),
    )


@blueprint.post("/submissions/<slug>/freeze")
def freeze(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    if submission.is_compiled:
        demand(may_freeze_submission(person, submission))
    if person.leads_consultations and not recent_sign_in():
        return ask_to_sign_in_again()
    form = FreezeForm()
    operations.freeze_submission(
        person, submission, sha256_seen=form.sha256_seen.data or "", address=permanent_address(submission)
    )
    flash(
        str(_("The submission is frozen. Its documents are being made; then you can send it from here.")),
        "done",
    )
    return redirect(url_for("submissions.show", slug=slug), 303)
