"""Loading a table of answers: what was understood is shown first, and recorded by one act.

Nothing is kept between the two: the preview is a form that holds all it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.bodies.models import PublicBody
from participation.foundation.access import demand
from participation.foundation.database import NotFound
from participation.foundation.language import _, force_locale
from participation.submissions import operations
from participation.submissions.forms.tables import LoadTableForm, OfficeTableForm, TableForm
from participation.submissions.models import Outcome, SaidPoint, Submission
from participation.submissions.models.tables import MatchedTable, NoTable, matched
from participation.submissions.queries import answers_of, state_of_answers, submission_by_slug
from participation.submissions.queries.deliveries import link_by_token
from participation.submissions.queries.replies import replies_of
from participation.submissions.rules import may_answer_by_link, may_record_answers
from participation.texts.provisions import Unreadable
from participation.texts.reading.tables import LARGEST_FILE, tables_in
from participation.web.application import csrf
from participation.web.limits import limiter
from participation.web.signin import viewer

from .blueprint import blueprint
from .private import back_to_page, demand_own_form, gone_page, guess_limit, language_of_page
from .views import addressees_in_order, contents_of

FILES_AT_MOST = "30 per hour"
MEGABYTE = 1024 * 1024
AGAINST: dict[str, Any] = {
    "empty": _("The file is empty. Choose another one."),
    "too_large": _("The table is too large to be read here: at most %(limit)s MB and 5,000 rows.",
                   limit=LARGEST_FILE // MEGABYTE),
    "encrypted": _("The file is protected by a password. Save it without one and choose it again."),
    "truncated": _("The file is damaged. Save it once more and choose it again."),
    "zip_bomb": _("The file unpacks into far more than a table can hold, so it was not opened."),
}  # fmt: skip
UNKNOWN = _("This is no table that can be read here. Choose a file of Excel (XLSX), Word (DOCX) or CSV.")
NO_TABLE = _(
    "No column for answers was found. The table needs a column “Answer” and one with the number of the point."
)


@blueprint.route("/submissions/<slug>/answers/table", methods=["GET", "POST"])
@limiter.limit(FILES_AT_MOST, methods=["POST"])
def load_table(slug: str) -> ResponseReturnValue:
    """The office loads the table that a body sent back, and records what it says."""
    person = viewer()
    submission = submission_by_slug(slug, person)
    demand(may_record_answers(person, submission))
    body = _body(submission, request.args.get("body", ""))
    values = {
        "submission": submission,
        "body": body,
        "layout": "layout/page.html",
        "token": "",
        "back": url_for(".answer", slug=slug, body=body.slug),
        "bodies": addressees_in_order(submission),
    }
    points = contents_of(submission).points
    table, form = _understood(submission, points, OfficeTableForm)
    if not isinstance(form, OfficeTableForm):
        return _page(form, table, points, values)
    form.sent_on = submission.sent_on
    if table is not None:
        form.seen.data = state_of_answers(answers_of(submission, body))
        return _page(form, table, points, values)
    if not form.validate():
        return _page(form, None, points, values)
    rows = {point.number: point.id for point in submission.points}
    given = {
        rows[int(row.point.data)]: operations.GivenAnswer(
            Outcome(row.outcome.data), row.words.data or "", form.source.data, form.answered_on.data
        )
        for row in form.chosen
    }
    changed = operations.record_answers(person, submission, body, given, seen=form.seen.data or "")
    told = _("Answers that changed: %(number)s. They are public, and those who took part are told.", number=changed)
    flash(str(told), "done")
    return redirect(url_for(".show", slug=slug, _anchor="answers"), 303)


@blueprint.route("/answer/<token>/table", methods=["GET", "POST"])
@csrf.exempt
@guess_limit
@limiter.limit(FILES_AT_MOST, methods=["POST"])
def reply_table(token: str) -> ResponseReturnValue:
    """The body loads its own table; what it says becomes drafts that it confirms afterwards."""
    link = link_by_token(token)
    submission = link.submission
    with force_locale(language_of_page(submission)):
        gone = gone_page(link)
        if gone:
            return gone
        demand(may_answer_by_link(link))
        if request.method == "POST":
            demand_own_form()
        asked = request.args.get("language") or None
        values = {
            "submission": submission,
            "body": link.body,
            "layout": "layout/private.html",
            "token": token,
            "back": url_for(".private", token=token, language=asked),
            "bodies": [],
        }
        points = contents_of(submission).points
        table, form = _understood(submission, points, TableForm)
        if not isinstance(form, TableForm) or table is not None or not form.validate():
            return _page(form, table, points, values)
        replies = {one.point.number: one for one in replies_of(submission, link.body)}
        closed = [number for number, one in replies.items() if one.is_confirmed]
        given = {
            replies[int(row.point.data)].point.id: operations.DraftAnswer(
                Outcome(row.outcome.data), row.words.data or "", replies[int(row.point.data)].revision
            )
            for row in form.chosen
            if int(row.point.data) not in closed
        }
        operations.save_drafts(link, given)
        flash(str(_("The table is taken over. Look through it, then confirm your answer at the end.")), "done")
        return back_to_page(token, anchor="points")


def _understood(
    submission: Submission, points: Sequence[SaidPoint], kind: type[TableForm]
) -> tuple[MatchedTable | None, LoadTableForm | TableForm]:
    """The form of what was sent: to choose a file, to look at what it says, or looked at."""
    if request.method == "GET" or "file" in request.files:
        loading = LoadTableForm()
        if request.method == "GET" or not loading.validate():
            return None, loading
        try:
            content = loading.file.data.read(LARGEST_FILE + 1)
            table = matched(tables_in(content), points, submission.sha256)
        except Unreadable as refusal:
            loading.file.errors = [AGAINST.get(refusal.code, UNKNOWN)]
            return None, loading
        except NoTable:
            loading.file.errors = [NO_TABLE]
            return None, loading
        rows = [
            {
                "point": str(row.point or ""),
                "outcome": row.outcome.value if row.outcome else "",
                "words": row.words,
            }
            for row in table.rows
        ]
        # Two rows for one point: the person says which of them counts.
        form = kind(formdata=None, data={"rows": rows, "source": loading.file.data.filename or ""})
        form.offer(_choices(points))
        return table, form
    form = kind()
    form.offer(_choices(points))
    return None, form


def _choices(points: Sequence[SaidPoint]) -> list[tuple[str, str]]:
    return [(str(point.number), f"{point.number}. {point.article}"[:100]) for point in points]


def _page(
    form: LoadTableForm | TableForm,
    table: MatchedTable | None,
    points: Sequence[SaidPoint],
    values: dict[str, Any],
) -> ResponseReturnValue:
    page = render_template(
        "submissions/table.html",
        form=form,
        table=table,
        points={str(point.number): point for point in points},
        is_loading=isinstance(form, LoadTableForm),
        **values,
    )
    return page, 422 if request.method == "POST" and table is None else 200


def _body(submission: Submission, slug: str) -> PublicBody:
    bodies = addressees_in_order(submission)
    if not slug:
        return bodies[0]
    found = next((body for body in bodies if body.slug == slug), None)
    if found is None:
        raise NotFound(slug)
    return found
