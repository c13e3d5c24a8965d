"""Delivering a submission to every body, in one act."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.routes import ask_to_sign_in_again, recent_sign_in
from participation.bodies.models import PublicBody
from participation.foundation import clock
from participation.foundation.access import demand
from participation.foundation.language import _
from participation.submissions import operations
from participation.submissions.emails import Covering, covering_letter
from participation.submissions.forms import DeliverForm, WayForm
from participation.submissions.forms.deliveries import DOCUMENTS, OTHERWISE
from participation.submissions.models import Channel, Enclosure, Submission
from participation.submissions.queries import rule_of_answer, submission_by_slug, withdrawals_since_freezing
from participation.submissions.rules import (
    day_for_sending,
    documents_for_sending,
    may_send_submission,
    way_for_delivery,
)
from participation.web.signin import viewer

from .blueprint import blueprint
from .views import addressees_in_order, contents_of


@blueprint.route("/submissions/<slug>/send", methods=["GET", "POST"])
def send(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    bodies = bodies_of(submission)
    law = rule_of_answer(submission.consultation, clock.today())
    by_law = law.due_on if law is not None else None
    form = DeliverForm(data={"ways": [way_to(body) for body in bodies], "answer_due_on": by_law})
    if not (submission.is_sent and form.is_submitted()):
        demand(may_send_submission(person, submission))
    if not recent_sign_in():
        return ask_to_sign_in_again()
    if not form.is_submitted() or not _is_valid(submission, form, bodies):
        page = render_template(
            "submissions/send.html",
            submission=submission,
            form=form,
            bodies={body.id: body for body in bodies},
            letters=_letters(submission, form, bodies),
            documents=documents_for_sending(submission),
            law=law,
        )
        return page, 422 if form.is_submitted() else 200
    operations.deliver_submission(
        person,
        submission,
        [chosen_way(entry.form, {body.id: body for body in bodies}) for entry in form.ways],
        form_key=form.key,
        note=form.note.data or "",
        answer_due_on=form.answer_due_on.data,
        answer_due_rule=submission.consultation.period_rule or ""
        if form.answer_due_on.data == by_law and by_law
        else "",
    )
    flash(
        str(_("The submission is public, and its letters are on their way. Here you see what becomes of each.")),
        "done",
    )
    return redirect(url_for(".deliveries", slug=slug), 303)


def bodies_of(submission: Submission) -> list[PublicBody]:
    """Those who answer, then those who get it for information."""
    return [*addressees_in_order(submission), *submission.copies]


def way_to(body: PublicBody) -> dict[str, Any]:
    """What is usual: by email, where the address book knows the address."""
    return {"body_id": body.id, "way": DOCUMENTS if body.email else OTHERWISE, "email": body.email}


def chosen_way(form: WayForm, bodies: dict[int, PublicBody]) -> operations.Way:
    body = bodies[form.body_id.data]
    if form.is_mail:
        enclosed = Enclosure.DOCUMENTS if form.way.data == DOCUMENTS else Enclosure.LINK
        return operations.Way(body, Channel.EMAIL, enclosed, form.email.data)
    scan = operations.Scan(form.scan_content, form.scan_name, form.scan_media_type) if form.scan_content else None
    return operations.Way(
        body,
        Channel(form.channel.data),
        handed_over_on=form.handed_over_on.data,
        register_number=form.register_number.data or "",
        scan=scan,
    )


def judge_way(submission: Submission, form: WayForm) -> bool:
    """Whether the rule lets the letter go this way; its reason stands beside the field that it is about."""
    if form.errors:
        return False
    enclosed = Enclosure.DOCUMENTS if form.way.data == DOCUMENTS else Enclosure.LINK
    channel = Channel.EMAIL if form.is_mail else Channel(form.channel.data)
    verdict = way_for_delivery(submission, channel, enclosed, form.email.data, form.handed_over_on.data)
    if not verdict:
        field = form.way if form.is_mail else form.handed_over_on
        field.errors = [*field.errors, verdict.reason]
    return bool(verdict)


def _is_valid(submission: Submission, form: DeliverForm, bodies: list[PublicBody]) -> bool:
    if not form.validate():
        return False
    if sorted(entry.form.body_id.data or 0 for entry in form.ways) != sorted(body.id for body in bodies):
        form.form_errors = [_("The page was sent without saying how it goes to each body. Please open it again.")]
        return False
    if not all([judge_way(submission, entry.form) for entry in form.ways]):
        return False
    sent_on = min(clock.today() if entry.form.is_mail else entry.form.handed_over_on.data for entry in form.ways)
    verdict = day_for_sending(submission, sent_on, form.answer_due_on.data, withdrawals_since_freezing(submission))
    # A second press of the button says the same of a submission that is sent by now.
    if not verdict and not submission.is_sent:
        form.form_errors = [verdict.reason]
        return False
    return True


def _letters(submission: Submission, form: DeliverForm, bodies: list[PublicBody]) -> dict[int, Covering]:
    """What each mail would say, in the words of the form as it stands."""
    contents = contents_of(submission)
    chosen = {entry.form.body_id.data or 0: str(entry.form.way.data) for entry in form.ways}
    enclosures = {DOCUMENTS: Enclosure.DOCUMENTS, OTHERWISE: Enclosure.NOTHING}
    return {
        body.id: covering_letter(
            submission,
            contents,
            body,
            enclosed=enclosures.get(chosen.get(body.id, ""), Enclosure.LINK),
            answer_due_on=form.answer_due_on.data,
            note=form.note.data or "",
        )
        for body in bodies
    }
