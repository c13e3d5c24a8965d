"""A reminder to a body that owes answers: drafted, edited, sent."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.submissions import operations
from participation.submissions.emails import reminder_letter
from participation.submissions.forms import ReminderForm
from participation.submissions.models import Channel, Enclosure
from participation.submissions.queries import submission_by_slug
from participation.submissions.queries.overdue import late_bodies_of, missing_numbers
from participation.submissions.rules import may_follow_delivery, may_remind_body
from participation.web.signin import viewer

from .blueprint import blueprint
from .views import contents_of


@blueprint.route("/submissions/<slug>/reminder", methods=["GET", "POST"])
def remind(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_follow_delivery(person, submission))
    asked = request.args.get("body", "")
    body = next((one for one in submission.addressees if not asked or one.slug == asked), None)
    if body is None:
        raise NotFound(asked)
    demand(may_remind_body(person, submission, body, late_bodies_of(submission)))
    numbers = missing_numbers(submission, body)
    draft = reminder_letter(submission, contents_of(submission), numbers)
    form = ReminderForm(data={"email": body.email, "subject": draft.subject, "text": draft.text})
    if not form.validate_on_submit():
        page = render_template(
            "submissions/remind.html", submission=submission, body=body, numbers=numbers, form=form
        )
        return page, 422 if form.is_submitted() else 200
    operations.remind_body(
        person,
        submission,
        operations.Way(body, Channel.EMAIL, Enclosure.LINK, form.email.data),
        subject=form.subject.data,
        text=form.text.data,
        form_key=form.key,
    )
    flash(str(_("The reminder is on its way, with the private address of the body.")), "done")
    return redirect(url_for(".deliveries", slug=slug), 303)
