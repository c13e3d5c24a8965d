"""What became of the letters: confirmed, come back, sent again; private addresses; errata."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.routes import ask_to_sign_in_again, recent_sign_in
from participation.bodies.models import PublicBody
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _
from participation.foundation.sealing import seal
from participation.submissions import operations
from participation.submissions.forms import (
    AcknowledgeForm,
    DeliverAgainForm,
    ErratumForm,
    IssueForm,
    ReopenForm,
    ReturnForm,
    RevokeForm,
)
from participation.submissions.models import PURPOSE, Submission
from participation.submissions.queries import submission_by_slug
from participation.submissions.queries.deliveries import (
    BETWEEN_HALVES,
    confirmation_of,
    confirmations_of,
    deliveries_of,
    delivery_of,
    errata_of,
    link_of,
    links_of,
)
from participation.submissions.rules import (
    may_acknowledge_delivery,
    may_add_erratum,
    may_deliver_again,
    may_follow_delivery,
    may_issue_link,
    may_reopen_answers,
    may_return_delivery,
    may_revoke_link,
)
from participation.web.forms import Form
from participation.web.signin import viewer

from .blueprint import blueprint
from .sending import chosen_way, judge_way, way_to
from .views import addressees_in_order


def private_address(key: str) -> str:
    """The whole private address, made anew from what finds it; on the public name of the site."""
    site: str = current_app.config["SETTINGS"].public_url
    return site.rstrip("/") + url_for("submissions.private", token=f"{key}{BETWEEN_HALVES}{seal(PURPOSE, key)}")


@blueprint.get("/submissions/<slug>/deliveries")
def deliveries(slug: str) -> ResponseReturnValue:
    submission = submission_by_slug(slug, viewer())
    demand(may_follow_delivery(viewer(), submission))
    return _page(submission)


def _page(submission: Submission, wrong: Form | None = None) -> str:
    person = viewer()
    letters = deliveries_of(submission)
    links = links_of(submission)
    return render_template(
        "submissions/deliveries.html",
        submission=submission,
        deliveries=letters,
        acts={
            one.id: (
                may_acknowledge_delivery(person, one),
                may_return_delivery(person, one),
                may_deliver_again(person, one),
            )
            for one in letters
        },
        sent_again={
            one.id
            for place, one in enumerate(letters)
            for later in letters[place + 1 :]
            if (one.body_id, one.kind, one.erratum_id) == (later.body_id, later.kind, later.erratum_id)
        },
        bodies=addressees_in_order(submission),
        links={link.body_id: link for link in links if link.is_live},
        errata=errata_of(submission),
        confirmations=confirmations_of(submission),
        # A form for each letter and address, so that no two fields of the page are called the same.
        forms=FormsOfPage(wrong),
    )


class FormsOfPage:
    """The forms of a page by their kind and the number of the thing; one of them may come back filled in wrongly."""

    KINDS = {
        "acknowledge": AcknowledgeForm,
        "return": ReturnForm,
        "revoke": RevokeForm,
        "issue": IssueForm,
        "reopen": ReopenForm,
    }  # fmt: skip

    def __init__(self, wrong: Form | None) -> None:
        self._wrong = wrong

    def of(self, kind: str, number: int, **data: Any) -> Form:
        if self._wrong is not None and self._wrong._prefix == f"{kind}-{number}-":
            return self._wrong
        return self.KINDS[kind](formdata=None, prefix=f"{kind}-{number}", data=data)

    @classmethod
    def sent(cls, kind: str, number: int) -> Any:
        return cls.KINDS[kind](prefix=f"{kind}-{number}")


@blueprint.post("/submissions/<slug>/deliveries/<int:number>/acknowledge")
def acknowledge_delivery(slug: str, number: int) -> ResponseReturnValue:
    submission = submission_by_slug(slug, viewer())
    delivery = delivery_of(submission, number)
    demand(may_acknowledge_delivery(viewer(), delivery))
    form = FormsOfPage.sent("acknowledge", number)
    if not form.validate_on_submit():
        return _page(submission, form), 422
    operations.acknowledge_delivery(viewer(), delivery, name=form.name.data, how=form.how.data)
    flash(str(_("Recorded: the body confirmed that it received the letter.")), "done")
    return redirect(url_for(".deliveries", slug=slug), 303)


@blueprint.post("/submissions/<slug>/deliveries/<int:number>/return")
def return_delivery(slug: str, number: int) -> ResponseReturnValue:
    submission = submission_by_slug(slug, viewer())
    delivery = delivery_of(submission, number)
    demand(may_return_delivery(viewer(), delivery))
    form = FormsOfPage.sent("return", number)
    if not form.validate_on_submit():
        return _page(submission, form), 422
    operations.return_delivery(viewer(), delivery, because=form.because.data)
    flash(str(_("Recorded. Send it again to another address, or record that it was handed over.")), "done")
    return redirect(url_for(".deliver_again", slug=slug, number=number), 303)


@blueprint.route("/submissions/<slug>/deliveries/<int:number>/again", methods=["GET", "POST"])
def deliver_again(slug: str, number: int) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    delivery = delivery_of(submission, number)
    demand(may_deliver_again(person, delivery))
    if not recent_sign_in():
        return ask_to_sign_in_again()
    form = DeliverAgainForm(data={"way": way_to(delivery.body)})
    if not form.is_submitted() or not (form.validate() and judge_way(submission, form.way.form)):
        page = render_template("submissions/deliver_again.html", submission=submission, delivery=delivery, form=form)
        return page, 422 if form.is_submitted() else 200
    form.way.form.body_id.data = delivery.body_id
    operations.deliver_again(
        person,
        delivery,
        chosen_way(form.way.form, {delivery.body_id: delivery.body}),
        form_key=form.key,
        note=form.note.data or "",
    )
    flash(str(_("Recorded. The letter before it stays in the list.")), "done")
    return redirect(url_for(".deliveries", slug=slug), 303)


@blueprint.get("/submissions/<slug>/deliveries/<int:number>/scan")
def scan(slug: str, number: int) -> ResponseReturnValue:
    """Of a receipt, which may bear names and signatures: for those who lead consultations only."""
    submission = submission_by_slug(slug, viewer())
    demand(may_follow_delivery(viewer(), submission))
    file = delivery_of(submission, number).scan
    if file is None:
        raise NotFound(number)
    answer = send_file(
        BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.name, etag=file.sha256
    )
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


@blueprint.post("/submissions/<slug>/links/<body>/issue")
def issue_link(slug: str, body: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_issue_link(person, submission))
    if not recent_sign_in():
        return ask_to_sign_in_again()
    addressee = _addressee(submission, body)
    form = FormsOfPage.sent("issue", addressee.id)
    if not form.validate_on_submit():
        return _page(submission, form), 422
    operations.issue_link_anew(person, submission, addressee, form.email.data, form_key=form.key)
    flash(str(_("A new private address is on its way. The one before opens nothing any more.")), "done")
    return redirect(url_for(".deliveries", slug=slug, _anchor="links"), 303)


@blueprint.post("/submissions/<slug>/links/<int:number>/revoke")
def revoke_link(slug: str, number: int) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    link = link_of(submission, number)
    demand(may_revoke_link(person, link))
    form = FormsOfPage.sent("revoke", number)
    if not form.validate_on_submit():
        return _page(submission, form), 422
    operations.revoke_link(person, link, because=form.because.data)
    flash(str(_("The private address opens nothing any more.")), "done")
    return redirect(url_for(".deliveries", slug=slug, _anchor="links"), 303)


@blueprint.post("/submissions/<slug>/confirmations/<int:number>/reopen")
def reopen_answers(slug: str, number: int) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    confirmation = confirmation_of(submission, number)
    demand(may_reopen_answers(person, confirmation))
    form = FormsOfPage.sent("reopen", number)
    if not form.validate_on_submit():
        return _page(submission, form), 422
    operations.reopen_answers(person, confirmation, because=form.because.data)
    flash(str(_("The body can correct its answers at its private address. Until then they stay public.")), "done")
    return redirect(url_for(".deliveries", slug=slug, _anchor="links"), 303)


@blueprint.route("/submissions/<slug>/errata/new", methods=["GET", "POST"])
def add_erratum(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_add_erratum(person, submission))
    if not recent_sign_in():
        return ask_to_sign_in_again()
    form = ErratumForm()
    if not form.validate_on_submit():
        page = render_template("submissions/add_erratum.html", submission=submission, form=form)
        return page, 422 if form.is_submitted() else 200
    operations.add_erratum(person, submission, form.text.data, form_key=form.key)
    flash(str(_("The erratum is public beside the submission, and the bodies get it by email.")), "done")
    return redirect(url_for(".show", slug=slug, _anchor="errata"), 303)


def _addressee(submission: Submission, slug: str) -> PublicBody:
    found = next((body for body in submission.addressees if body.slug == slug), None)
    if found is None:
        raise NotFound(slug)
    return found
