"""What is found, and what waits for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from factories import CommentFactory, OrganisationFactory, PublicBodyFactory, contributor, coordinator
from submissions.making import consultation_in_cosigning, frozen, opened_position, sent_quietly, submission_of

from participation.accounts.models import Visitor
from participation.foundation import clock
from participation.foundation.database import NotFound
from participation.submissions.models import Outcome
from participation.submissions.operations import GivenAnswer, record_answers
from participation.submissions.queries import (
    Filters,
    answers_of,
    filter_choices,
    state_of_answers,
    submission_by_slug,
    submissions_of,
    submissions_page,
    submissions_with_comment,
    submissions_with_position,
    waiting_for,
)
from participation.web import Application


@pytest.fixture
def lead(app: Application) -> Any:
    return coordinator()


def test_unsent_submissions_are_not_there_for_the_public(lead: Any) -> None:
    submission = frozen(submission_of(opened_position(consultation_in_cosigning(), lead), lead))
    for person in (Visitor(), contributor()):
        with pytest.raises(NotFound):
            submission_by_slug(submission.slug, person)
    assert submission_by_slug(submission.slug, lead) is submission


def test_sent_submissions_are_found_from_what_they_carry(lead: Any) -> None:
    position = opened_position(consultation_in_cosigning(), lead)
    comment, other = (
        CommentFactory(consultation=position.consultation, organisation=OrganisationFactory()) for _ in range(2)
    )
    sent = sent_quietly(frozen(submission_of(position, lead, comments=[comment])))
    frozen(submission_of(position, lead, comments=[comment]))
    elsewhere = opened_position(consultation_in_cosigning(), lead)
    sent_quietly(frozen(submission_of(elsewhere, lead)))
    assert submissions_of(position.consultation_id) == [sent]
    assert submissions_with_position(position.id) == [sent]
    assert submissions_with_comment(comment.id) == [sent]
    assert submissions_with_comment(other.id) == []


def test_the_list_is_narrowed_by_body_and_year(lead: Any, stopped_clock: Any) -> None:
    ours, theirs = PublicBodyFactory(name="Čatež", slug="catez"), PublicBodyFactory(name="Cerkno", slug="cerkno")
    position = opened_position(consultation_in_cosigning(), lead)
    today = clock.today()
    last_year = today.replace(year=today.year - 1)
    one = sent_quietly(frozen(submission_of(position, lead, addressees=[ours])), today)
    two = sent_quietly(frozen(submission_of(position, lead, addressees=[ours, theirs])), last_year)
    unsent = frozen(submission_of(position, lead, addressees=[theirs]))

    def found(**filters: Any) -> list[Any]:
        return [line.submission for line in submissions_page(Visitor(), Filters(**filters), 1).items]

    assert found() == [one, two]
    assert found(body="cerkno") == [two]
    assert found(year=today.year) == [one]
    assert found(body="catez", year=today.year - 1) == [two]
    assert found(body="neznan") == []
    assert [line.submission for line in submissions_page(lead, Filters(), 1).items] == [unsent, one, two]
    choices = filter_choices()
    assert (choices.bodies, choices.years) == (
        [("cerkno", "Cerkno"), ("catez", "Čatež")], [today.year, today.year - 1],
    )  # fmt: skip


def test_the_list_says_how_far_the_answers_have_come(lead: Any) -> None:
    one, two = PublicBodyFactory(name="Žalec"), PublicBodyFactory(name="Čatež")
    position = opened_position(consultation_in_cosigning(), lead, points=3)
    submission = sent_quietly(frozen(submission_of(position, lead, addressees=[one, two])))
    answer(submission, one, 2)
    answer(submission, two, 1)
    line = submissions_page(Visitor(), Filters(), 1).items[0]
    assert (line.points, line.bodies, line.answered, line.expected) == (3, ["Čatež", "Žalec"], 3, 6)


def answer(submission: Any, body: Any, number: int) -> None:
    record_answers(
        submission.compiled_by,
        submission,
        body,
        {point.id: GivenAnswer(Outcome.NO_REPLY) for point in submission.points[:number]},
        seen=state_of_answers(answers_of(submission, body)),
    )


def test_a_frozen_submission_waits_to_be_sent_before_the_official_deadline(lead: Any) -> None:
    consultation = consultation_in_cosigning()
    position = opened_position(consultation, lead)
    frozen(submission_of(position, lead, slug="caka"))
    submission_of(position, lead, slug="se-sestavlja")
    sent_quietly(frozen(submission_of(position, lead, slug="poslana")))
    urgencies = []
    for days in (10, 5, 1):
        consultation.official_deadline_on = clock.today() + timedelta(days=days)
        tasks = waiting_for(lead, None)
        assert [(task.endpoint, task.values) for task in tasks] == [("submissions.send", {"slug": "caka"})]
        urgencies.append(tasks[0].urgency)
    assert urgencies == [0, 1, 2]


def test_overdue_answers_wait_until_the_last_is_recorded(lead: Any, stopped_clock: Any) -> None:
    position = opened_position(consultation_in_cosigning(), lead, points=2)
    submission = sent_quietly(frozen(submission_of(position, lead, slug="poslana")))
    body = position.consultation.body
    assert waiting_for(lead, None) == []
    stopped_clock(clock.end_of(submission.answer_due_on))
    assert waiting_for(lead, None) == []
    stopped_clock(clock.end_of(submission.answer_due_on) + timedelta(microseconds=1))
    answer(submission, body, 1)
    assert [(task.endpoint, task.values) for task in waiting_for(lead, None)] == [
        ("submissions.answer", {"slug": "poslana"})
    ]
    answer(submission, body, 2)
    assert waiting_for(lead, None) == []


def test_nothing_waits_for_those_who_lead_nothing(lead: Any) -> None:
    frozen(submission_of(opened_position(consultation_in_cosigning(), lead), lead))
    assert [waiting_for(person, None) for person in (Visitor(), contributor())] == [[], []]
