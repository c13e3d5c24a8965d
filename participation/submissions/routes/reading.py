"""The list of submissions, and the page that each has for good."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.submissions.models import DocumentFormat, our_reference, place_and_date
from participation.submissions.queries import (
    Filters,
    documents_of,
    filter_choices,
    submission_by_slug,
    submissions_page,
    withdrawals_since_freezing,
)
from participation.submissions.rules import may_discard_submission, may_record_answers, may_send_submission
from participation.web.paging import page_number
from participation.web.signin import viewer

from .blueprint import blueprint
from .views import contents_of, points_of, uptake_of


@blueprint.get("/submissions")
def index() -> str:
    filters = _filters()
    page = submissions_page(viewer(), filters, page_number())
    choices = filter_choices()
    years = [(year, year) for year in choices.years]
    return render_template("submissions/index.html", page=page, filters=filters, bodies=choices.bodies, years=years)


def _filters() -> Filters:
    year = request.args.get("year", "")
    is_year = year.isascii() and year.isdigit() and len(year) == 4 and year != "0000"
    return Filters(request.args.get("body", "")[:100], int(year) if is_year else None)


@blueprint.get("/submissions/<slug>")
def show(slug: str) -> ResponseReturnValue:
    person = viewer()
    submission = submission_by_slug(slug, person)
    if submission.is_compiled:
        return redirect(url_for("submissions.preview", slug=slug))
    contents = contents_of(submission)
    return render_template(
        "submissions/show.html",
        submission=submission,
        contents=contents,
        points=points_of(submission, contents),
        place_and_date=place_and_date(contents),
        our_reference=our_reference(submission.sha256 or ""),
        uptake=uptake_of(submission),
        documents={document.format: document for document in submission.documents},
        formats=list(DocumentFormat),
        document_lines=documents_of(submission),
        withdrawals=withdrawals_since_freezing(submission) if submission.is_frozen else [],
        may_send=may_send_submission(person, submission),
        may_discard=may_discard_submission(person, submission),
        may_record=may_record_answers(person, submission),
    )
