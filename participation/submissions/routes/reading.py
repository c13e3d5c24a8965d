"""The list of submissions, and the page that each has for good."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.submissions.models import DeliveryKind, DocumentFormat, our_reference, place_and_date
from participation.submissions.queries import (
    Filters,
    documents_of,
    filter_choices,
    rule_that_set_day,
    submission_by_slug,
    submissions_page,
    withdrawals_since_freezing,
)
from participation.submissions.queries.deliveries import deliveries_of, errata_of, standing_deliveries
from participation.submissions.queries.overdue import late_bodies_of, overdue_page
from participation.submissions.rules import (
    may_discard_submission,
    may_follow_delivery,
    may_lead_submissions,
    may_record_answers,
    may_review_uptake,
    may_send_submission,
)
from participation.web.paging import page_number
from participation.web.signin import viewer

from .blueprint import blueprint
from .came_of import adopted_of
from .views import answered_of, contents_of, points_of


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


@blueprint.get("/answers/overdue")
def overdue() -> str:
    """Which bodies owe an answer to which points, longest first."""
    return render_template("submissions/overdue.html", page=overdue_page(page_number()))


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
        answered=answered_of(submission),
        adopted=adopted_of(submission),
        may_review=may_review_uptake(person, submission),
        documents={document.format: document for document in submission.documents},
        formats=list(DocumentFormat),
        document_lines=documents_of(submission),
        standing=[
            one
            for one in standing_deliveries(deliveries_of(submission)).values()
            if one.kind == DeliveryKind.SUBMISSION
        ]
        if submission.is_sent
        else [],
        due_rule=rule_that_set_day(submission),
        late_bodies=late_bodies_of(submission),
        may_remind=may_lead_submissions(person),
        errata=errata_of(submission) if submission.is_sent else [],
        may_follow=may_follow_delivery(person, submission),
        withdrawals=withdrawals_since_freezing(submission) if submission.is_frozen else [],
        may_send=may_send_submission(person, submission),
        may_discard=may_discard_submission(person, submission),
        may_record=may_record_answers(person, submission),
    )
