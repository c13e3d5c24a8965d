"""The private page of a body: no account, one submission, one body. Opening it changes nothing.

No address of these pages leaves in a referrer, none is kept by a cache or a search engine, and none
leads anywhere but to the public page of the submission.
"""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, validate_csrf
from wtforms.validators import ValidationError

from participation.foundation import region
from participation.foundation.access import demand
from participation.foundation.database import Conflict
from participation.foundation.language import _, force_locale
from participation.submissions import operations
from participation.submissions.forms import ConfirmForm, ReceiptForm, RepliesForm
from participation.submissions.models import DeliveryKind, Outcome, PrivateLink, Submission
from participation.submissions.queries.deliveries import deliveries_of, errata_of, link_by_token
from participation.submissions.queries.replies import Reply, drafts_of, replies_of, state_of_drafts
from participation.submissions.rules import may_answer_by_link
from participation.web import errors
from participation.web.application import csrf
from participation.web.limits import limiter

from .blueprint import blueprint
from .views import contents_of

# So many addresses that open nothing may one computer try; what opens something is not counted.
GUESSES = "20 per minute; 200 per day"
QUIET = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
PRIVATE = {
    "submissions.private",
    "submissions.receive",
    "submissions.reply",
    "submissions.confirm",
    "submissions.reply_table",
}

guess_limit = limiter.shared_limit(
    GUESSES, scope="private-address", deduct_when=lambda response: response.status_code == 404
)


@blueprint.after_app_request
def keep_quiet(response: Response) -> Response:
    if request.endpoint in PRIVATE:
        response.headers.update(QUIET)
    return response


@blueprint.get("/answer/<token>")
@guess_limit
def private(token: str) -> ResponseReturnValue:
    link = link_by_token(token)
    with force_locale(language_of_page(link.submission)):
        return gone_page(link) or _page(link, token, _filled(link))


@blueprint.post("/answer/<token>/received")
@csrf.exempt
@guess_limit
def receive(token: str) -> ResponseReturnValue:
    """The body says that it received the submission: by a button and a name, never by opening."""
    link = link_by_token(token)
    with force_locale(language_of_page(link.submission)):
        gone = gone_page(link)
        if gone:
            return gone
        demand(may_answer_by_link(link))
        demand_own_form()
        form = ReceiptForm()
        if not form.validate():
            return _page(link, token, _filled(link), receipt=form), 422
        operations.confirm_receipt(link, form.name.data)
        flash(str(_("Thank you. The network now knows that you received it.")), "done")
        return back_to_page(token)


@blueprint.post("/answer/<token>")
@csrf.exempt
@guess_limit
def reply(token: str) -> ResponseReturnValue:
    """Save what the body has written so far; nobody but the body sees it."""
    link = link_by_token(token)
    with force_locale(language_of_page(link.submission)):
        gone = gone_page(link)
        if gone:
            return gone
        demand(may_answer_by_link(link))
        demand_own_form()
        form = RepliesForm()
        if not form.validate():
            return _page(link, token, form), 422
        try:
            operations.save_drafts(link, _given(form))
        except operations.DraftsDiverged as diverged:
            raise _both_texts(form, diverged.theirs) from None
        if form.at.data == "confirm":
            return back_to_page(token, endpoint=".confirm")
        if request.accept_mimetypes.best == "application/json":
            return _saved(link, form)
        flash(str(_("Saved. Nobody outside your body sees it before you confirm it.")), "done")
        return back_to_page(token, anchor=f"point-{form.at.data}" if (form.at.data or "").isdigit() else None)


@blueprint.route("/answer/<token>/confirm", methods=["GET", "POST"])
@csrf.exempt
@guess_limit
def confirm(token: str) -> ResponseReturnValue:
    """Read once more what will be public, and confirm it with name and function."""
    link = link_by_token(token)
    with force_locale(language_of_page(link.submission)):
        gone = gone_page(link)
        if gone:
            return gone
        demand(may_answer_by_link(link))
        form = ConfirmForm(data={"seen": state_of_drafts(drafts_of(link.submission, link.body))})
        if form.is_submitted():
            demand_own_form()
            if form.validate():
                operations.confirm_answers(
                    link,
                    name=form.name.data,
                    function=form.function.data,
                    seen=form.seen.data or "",
                    form_key=form.key,
                )
                flash(str(_("Thank you. Your answers are public, and everybody who took part is told.")), "done")
                return back_to_page(token)
        replies = replies_of(link.submission, link.body)
        page = render_template(
            "submissions/confirm.html",
            link=link,
            token=token,
            submission=link.submission,
            form=form,
            ready=[one for one in replies if one.is_draft and one.is_given],
            unchosen=[one for one in replies if one.is_draft and one.words and not one.is_given],
            unanswered=[one for one in replies if not one.is_given],
        )
        return page, 422 if form.is_submitted() else 200


def language_of_page(submission: Submission) -> str:
    """What the reader asked for by the switch on the page, else that of the submission."""
    asked = request.args.get("language", "")
    return asked if asked in region.current().languages else submission.language


def gone_page(link: PrivateLink) -> ResponseReturnValue | None:
    """410 with whom to ask, for an address that was revoked."""
    if link.is_live:
        return None
    return errors.page(410, "revoked", email=region.current().email)


def back_to_page(token: str, *, endpoint: str = ".private", anchor: str | None = None) -> ResponseReturnValue:
    asked = request.args.get("language") or None
    return redirect(url_for(endpoint, token=token, language=asked, _anchor=anchor), 303)


def demand_own_form() -> None:
    """The token of the form against forged requests. Flask-WTF's own check would ask for a referrer as well, which
    this page never sends."""
    if not current_app.config.get("WTF_CSRF_ENABLED", True):
        return
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError as error:
        raise CSRFError(error.args[0]) from error


def _filled(link: PrivateLink) -> RepliesForm:
    rows = [
        {
            "point_id": one.point.id,
            "revision": one.revision,
            "outcome": one.outcome.value if one.outcome and one.is_given else "",
            "words": one.words,
        }
        for one in replies_of(link.submission, link.body)
    ]
    return RepliesForm(formdata=None, data={"points": rows})


def _given(form: RepliesForm) -> dict[int, operations.DraftAnswer]:
    return {
        entry.form.point_id.data: operations.DraftAnswer(
            Outcome(entry.form.outcome.data) if entry.form.outcome.data else None,
            entry.form.words.data or "",
            entry.form.revision.data or 0,
        )
        for entry in form.points
        if entry.form.point_id.data is not None
    }


def _page(link: PrivateLink, token: str, form: RepliesForm, receipt: ReceiptForm | None = None) -> str:
    submission = link.submission
    replies = replies_of(submission, link.body)
    letters = [
        one for one in deliveries_of(submission) if one.body_id == link.body_id and one.kind != DeliveryKind.LINK
    ]
    return render_template(
        "submissions/private.html",
        link=link,
        token=token,
        submission=submission,
        contents=contents_of(submission),
        form=form,
        fields={entry.form.point_id.data: entry.form for entry in form.points},
        replies=replies,
        given=sum(one.is_given for one in replies),
        to_confirm=sum(one.is_draft and one.is_given for one in replies),
        all_confirmed=all(one.is_confirmed for one in replies),
        received=next((one for one in letters if one.acknowledged_at is not None), None),
        receipt=receipt or ReceiptForm(formdata=None),
        errata=errata_of(submission),
    )


def _saved(link: PrivateLink, form: RepliesForm) -> ResponseReturnValue:
    """For the script that saves along: the new revisions by the names of their fields."""
    replies = {one.point.id: one for one in replies_of(link.submission, link.body)}
    entries = [entry.form for entry in form.points if entry.form.point_id.data in replies]
    return {
        "revisions": {entry.revision.name: replies[entry.point_id.data].revision for entry in entries},
        "given": sum(one.is_given for one in replies.values()),
    }


def _both_texts(form: RepliesForm, theirs: list[Reply]) -> Conflict:
    entries: dict[int, Any] = {entry.form.point_id.data: entry.form for entry in form.points}
    return Conflict(
        _("Somebody else of your body has saved another answer to a point since you opened the page."),
        stored="\n".join(
            f"{one.point.number}. {one.outcome.label if one.outcome else ''} {one.words}".strip() for one in theirs
        ),
        fields={entries[one.point.id].words.name: one.words for one in theirs},
        fresh={entries[one.point.id].revision.name: one.revision for one in theirs},
    )
