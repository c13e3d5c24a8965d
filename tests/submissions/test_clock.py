"""Until when an answer is due, by which rule; what is overdue, who sees it, and the reminder."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from factories import OrganisationFactory, PublicBodyFactory, coordinator
from sqlalchemy import select
from submissions.making import (
    consultation_in_cosigning,
    cosigned,
    delivered,
    frozen,
    mailed,
    opened_position,
    submission_of,
)

from participation.foundation import clock, outbox
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.submissions.models import Channel, DeliveryKind, Enclosure, Outcome, Submission
from participation.submissions.operations import GivenAnswer, Way, record_answers, remind_body
from participation.submissions.queries import answers_of, rule_of_answer, state_of_answers
from participation.submissions.queries.deliveries import deliveries_of
from participation.submissions.queries.overdue import late_bodies_of, missing_numbers, overdue_page
from participation.web.mailing import letter_of


@pytest.fixture
def lead(app: Any, stopped_clock: Any) -> Any:
    return coordinator()


@pytest.fixture
def sent(lead: Any) -> Submission:
    """Three points to two bodies, answered by nobody; due in 30 days."""
    position = opened_position(consultation_in_cosigning(), lead, points=3)
    cosigned(position, OrganisationFactory())
    bodies = [PublicBodyFactory(name=name) for name in ("Občina Prva", "Občina Druga")]
    return delivered(frozen(submission_of(position, lead, addressees=bodies, slug="oddaja", language="en")))


def answer(submission: Submission, body: Any, *numbers: int) -> None:
    given = {
        point.id: GivenAnswer(Outcome.NOTED, "We read it.", "letter", clock.today())
        for point in submission.points
        if point.number in numbers
    }
    seen = state_of_answers(answers_of(submission, body))
    record_answers(submission.compiled_by, submission, body, given, seen=seen)
    session.commit()
    session.expire_all()


def words(page: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split()).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("rule", "due_on"),
    [
        ("plan-with-environmental-assessment", date(2026, 12, 3) + timedelta(days=60)),
        ("popular-initiative", date(2027, 2, 23)),
        ("environment-regulation", None),  # It counts from an adoption that is still to come.
    ],
)
def test_the_law_sets_the_day_where_it_says_one(app: Any, stopped_clock: Any, rule: str, due_on: date | None) -> None:
    consultation = consultation_in_cosigning(period_rule=rule)
    found = rule_of_answer(consultation, clock.today())
    assert found is not None
    assert (found.due_on, found.rule.legal_source is None) == (due_on, False)


@pytest.mark.parametrize("rule", ["", "municipal-ordinance", "spatial-plan", "gone-from-the-data"])
def test_elsewhere_no_law_sets_it(app: Any, stopped_clock: Any, rule: str) -> None:
    assert rule_of_answer(consultation_in_cosigning(period_rule=rule), clock.today()) is None


def test_three_months_end_on_the_last_day_of_a_shorter_month(app: Any, stopped_clock: Any) -> None:
    consultation = consultation_in_cosigning(period_rule="popular-initiative")
    found = rule_of_answer(consultation, date(2026, 11, 30))
    assert found is not None
    assert found.due_on == date(2027, 2, 28)


@pytest.mark.parametrize("earlier", [0, 5])
def test_the_page_says_who_set_the_day(client: Any, lead: Any, earlier: int) -> None:
    consultation = consultation_in_cosigning(period_rule="popular-initiative")
    position = opened_position(consultation, lead)
    submission = frozen(submission_of(position, lead, slug="oddaja", language="en"))
    due_on = date(2027, 2, 23) - timedelta(days=earlier)
    form = mailed(*submission.addressees, answer_due_on=due_on.isoformat())
    assert client.sign_in(lead).post("/submissions/oddaja/send", data=form).status_code == 303
    by_law = "The day is set by law: Local Self-Government Act, Articles 44 to 48."
    said = words(client.get("/submissions/oddaja"))
    assert (by_law in said, "The network asked for an answer by this day." in said) == (not earlier, bool(earlier))


def test_no_reply_sets_itself_on_the_day_after_and_a_late_answer_says_so(
    client: Any, sent: Submission, stopped_clock: Any
) -> None:
    first, second = sorted(sent.addressees, key=lambda body: body.name, reverse=True)
    stopped_clock(clock.end_of(sent.answer_due_on or date.max))
    assert "no reply, overdue" not in words(client.get("/submissions/oddaja"))
    assert late_bodies_of(sent) == []
    stopped_clock(clock.now() + timedelta(minutes=1))
    assert words(client.get("/submissions/oddaja")).count("no reply, overdue It was expected by") == 6
    assert late_bodies_of(sent) == [second, first]
    stopped_clock(clock.now() + timedelta(days=4))
    answer(sent, first, 1, 2, 3)
    page = words(client.get("/submissions/oddaja"))
    assert page.count("It came 5 days after the day it was expected by.") == 3
    assert late_bodies_of(sent) == [second]
    assert missing_numbers(sent, second) == [1, 2, 3]


def test_everybody_reads_which_points_are_overdue(
    client: Any, sent: Submission, stopped_clock: Any, count_queries: Any, lead: Any
) -> None:
    assert "No answer is overdue." in words(client.get("/answers/overdue"))
    first, second = sent.addressees
    answer(sent, first, 1, 2, 3)
    answer(sent, second, 2)
    stopped_clock(clock.now() + timedelta(days=41))
    page = words(client.get("/answers/overdue"))
    assert f"{second.name} " in page
    assert "2 points without a reply: 1 , 3" in page
    assert f"{first.name} " not in page
    with count_queries() as few:
        client.get("/answers/overdue")
    for number in range(29):
        position = opened_position(consultation_in_cosigning(), lead)
        delivered(frozen(submission_of(position, lead)), key=f"k{number}")
    stopped_clock(clock.now() + timedelta(days=41))
    session.commit()
    with count_queries() as many:
        client.get("/answers/overdue")
    assert len(many) == len(few)
    assert overdue_page(99).number == 1
    assert overdue_page(1).total == 30


def test_the_reminder_is_drafted_edited_and_sent_with_the_private_address(
    client: Any, sent: Submission, stopped_clock: Any, lead: Any
) -> None:
    first, second = sent.addressees
    answer(sent, first, 1, 2, 3)
    answer(sent, second, 2)
    office = client.sign_in(lead)
    assert office.get(f"/submissions/oddaja/reminder?body={second.slug}").status_code == 403
    stopped_clock(clock.now() + timedelta(days=31))
    office.sign_in(lead)
    assert office.get(f"/submissions/oddaja/reminder?body={first.slug}").status_code == 403
    page = office.get(f"/submissions/oddaja/reminder?body={second.slug}")
    assert "We have not received your answer to these points yet: 1, 3." in words(page)
    form = {"email": "a@b.example", "subject": "Reminder", "text": "Our own words.", "form_key": "remind"}
    for _press in range(2):
        address = f"/submissions/oddaja/reminder?body={second.slug}"
        assert office.post(address, data=form).status_code == 303
    [letter] = [one for one in deliveries_of(sent) if one.kind == DeliveryKind.REMINDER]
    assert (letter.to_email, letter.subject, letter.letter) == ("a@b.example", "Reminder", "Our own words.")
    item = session.scalars(select(outbox.OutboxItem).where(outbox.OutboxItem.key == letter.mail_key)).one()
    assert re.search(r"/answer/[0-9a-f]{20}\.[\w-]{43}\n", letter_of(item.payload).text)


def test_a_body_that_owes_nothing_is_not_reminded(sent: Submission, lead: Any) -> None:
    way = Way(sent.addressees[0], Channel.EMAIL, Enclosure.LINK, "a@b.example")
    with pytest.raises(Refused):
        remind_body(lead, sent, way, subject="x", text="x", form_key="x")
