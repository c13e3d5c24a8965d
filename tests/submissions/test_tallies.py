"""What was answered, counted for a submission, an organisation and a body."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from factories import CommentFactory, OrganisationFactory, PublicBodyFactory, coordinator
from submissions.making import (
    consultation_in_cosigning,
    cosigned,
    frozen,
    opened_position,
    sent_quietly,
    submission_of,
)

from participation.foundation import clock
from participation.foundation.database import session
from participation.submissions.models import Answer, Outcome, Submission
from participation.submissions.queries.tallies import (
    Tally,
    latest_sent_to,
    tallies_of_submissions,
    tally_of_body,
    tally_of_organisation,
)

pytestmark = pytest.mark.usefixtures("app")


def sent(points: int = 3, signatory: Any = None, comment_of: Any = None, **values: Any) -> Submission:
    """A submission of one position with so many points, the first of them made from a comment."""
    lead = coordinator()
    consultation = consultation_in_cosigning()
    position = opened_position(consultation, lead, points=points)
    if comment_of is not None:
        position.points[0].comments.append(CommentFactory(consultation=consultation, organisation=comment_of))
    if signatory is not None:
        cosigned(position, signatory)
    session.flush()
    made = submission_of(position, lead, **values)
    return sent_quietly(frozen(made), clock.today() - timedelta(days=40))


def answer(submission: Submission, *outcomes: Outcome, after: int = 10) -> None:
    """The answers of its first body to its first points."""
    for point, outcome in zip(submission.points, outcomes, strict=False):
        session.add(
            Answer(
                point_id=point.id,
                body_id=submission.addressees[0].id,
                outcome=outcome,
                answered_on=submission.sent_on + timedelta(days=after),
                recorded_by_id=submission.compiled_by_id,
            )
        )
    session.flush()


def test_a_submission_counts_one_answer_of_each_body_to_each_point() -> None:
    two = sent(points=3, addressees=[PublicBodyFactory(), PublicBodyFactory()])
    answer(two, Outcome.ACCEPTED, Outcome.NO_REPLY)
    untouched = sent(points=2)
    found = tallies_of_submissions([two.id, untouched.id])
    assert found == {
        two.id: Tally({Outcome.ACCEPTED: 1, Outcome.NO_REPLY: 1}, missing=4, overdue=4),
        untouched.id: Tally({}, missing=2, overdue=2),
    }
    assert (found[two.id].expected, found[two.id].given) == (6, 1)


def test_the_parts_of_the_strip_leave_out_what_nobody_said() -> None:
    parts = Tally({Outcome.REJECTED: 2, Outcome.ACCEPTED: 1}, missing=3, overdue=1).parts
    assert [(str(label), number, tone) for label, number, tone in parts] == [
        ("accepted", 1, "done"),
        ("rejected", 2, "wrong"),
        ("answer overdue", 1, "late"),
        ("waits for an answer", 2, "waiting"),
    ]


def test_an_organisation_counts_what_it_signed_and_what_it_said_once() -> None:
    organisation = OrganisationFactory()
    both = sent(points=3, signatory=organisation, comment_of=organisation)
    answer(both, Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED)
    said_only = sent(points=3, comment_of=organisation)
    answer(said_only, Outcome.NOTED, Outcome.ACCEPTED)
    sent(points=3, signatory=OrganisationFactory())
    assert tally_of_organisation(organisation) == Tally(
        {Outcome.ACCEPTED: 1, Outcome.PARTLY: 1, Outcome.REJECTED: 1, Outcome.NOTED: 1}
    )


def test_a_body_counts_its_own_answers_and_how_quickly_they_came() -> None:
    body, other = PublicBodyFactory(), PublicBodyFactory()
    quick = sent(points=2, addressees=[body])
    answer(quick, Outcome.ACCEPTED, Outcome.ACCEPTED, after=12)
    silent = sent(points=1, addressees=[body])
    answer(sent(points=1, addressees=[other]), Outcome.REJECTED)
    assert tally_of_body(body) == Tally({Outcome.ACCEPTED: 2}, missing=1, overdue=1)
    lines = latest_sent_to(body)
    assert [(line.submission, line.days_until_answer, line.is_overdue) for line in lines] == [
        (silent, None, True),
        (quick, 12, False),
    ]


@pytest.mark.parametrize("number", [1, 30])
def test_the_count_of_statements_does_not_grow(number: int, count_queries: Callable[[], Any]) -> None:
    body = PublicBodyFactory()
    made = [sent(points=1, addressees=[body]) for _time in range(number)]
    session.expire_all()
    ids = [submission.id for submission in made]
    with count_queries() as statements:
        assert len(tallies_of_submissions(ids)) == number
    assert len(statements) == 1
    with count_queries() as statements:
        assert tally_of_body(body).missing == number
        assert len(latest_sent_to(body)) == min(number, 20)
    assert len([one for one in statements if one.startswith("SELECT")]) <= 4
