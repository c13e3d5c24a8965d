"""Recording that a submission was sent."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.routes import ask_to_sign_in_again, recent_sign_in
from participation.foundation import clock
from participation.foundation.access import demand
from participation.foundation.language import _
from participation.submissions import operations
from participation.submissions.forms import SendForm
from participation.submissions.models import Channel, Submission
from participation.submissions.queries import submission_by_slug, usual_day_of_answer, withdrawals_since_freezing
from participation.submissions.rules import day_for_sending, may_send_submission
from participation.web.signin import viewer

from .blueprint import blueprint


@blueprint.route("/submissions/<slug>/send", methods=["GET", "POST"])
def send(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    form = SendForm(sent_on=clock.today(), answer_due_on=usual_day_of_answer(submission.consultation, clock.today()))
    if not (submission.is_sent and form.is_submitted()):
        demand(may_send_submission(person, submission))
    if not recent_sign_in():
        return ask_to_sign_in_again()
    if not form.is_submitted() or not _is_valid(submission, form):
        page = render_template("submissions/send.html", submission=submission, form=form)
        return page, 422 if form.errors else 200
    operations.send_submission(
        person,
        submission,
        sent_on=form.sent_on.data,
        channel=Channel(form.channel.data),
        register_number=form.register_number.data,
        answer_due_on=form.answer_due_on.data,
    )
    flash(
        str(
            _("Recorded. The submission is public from now on. Record the answers of each body here when they come.")
        ),
        "done",
    )
    return redirect(url_for("submissions.show", slug=slug), 303)


def _is_valid(submission: Submission, form: SendForm) -> bool:
    if not form.validate():
        return False
    verdict = day_for_sending(
        submission, form.sent_on.data, form.answer_due_on.data, withdrawals_since_freezing(submission)
    )
    if not verdict:
        form.sent_on.errors = [*form.sent_on.errors, verdict.reason]
    return bool(verdict)
