"""What the pages of a submission say in its states."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from factories import OrganisationFactory, PublicBodyFactory, coordinator
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
from participation.positions.models import CosignatureState
from participation.submissions.models import Answer, Outcome, Submission
from participation.submissions.queries import Filters, submissions_page

pytestmark = pytest.mark.usefixtures("stopped_clock")

ENGLISH = {"Accept-Language": "en"}


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def lead(app: Any) -> Any:
    return coordinator()


@pytest.fixture
def position(lead: Any) -> Any:
    return opened_position(consultation_in_cosigning(slug="osnutek", title="Odlok o lipi"), lead, points=2)


@pytest.fixture
def sent(position: Any, lead: Any) -> Submission:
    return sent_quietly(frozen(submission_of(position, lead, slug="oddaja", language="en")))


def answered(submission: Submission, point: int, outcome: Outcome) -> None:
    body = submission.addressees[0]
    session.add(
        Answer(
            point=submission.points[point],
            body_id=body.id,
            outcome=outcome,
            source="dopis",
            answered_on=clock.today(),
            recorded_by_id=submission.compiled_by_id,
        )
    )
    session.flush()


def answers_beside(page: str) -> list[str]:
    """The margins of the points, in their order."""
    return [words(margin) for margin in re.findall(r'<aside class="answers".*?</aside>', page, re.DOTALL)]


@pytest.mark.parametrize(
    ("sent_ago", "due_in", "said"),
    [
        (0, 30, "waits for an answer Expected by {due} (30 days left). Waits since today."),
        (1, 0, "waits for an answer Expected by {due} (ends today). Waits for 1 day."),
        (40, -10, "no reply, overdue It was expected by {due} , 10 days ago. Waits for 40 days."),
        (2, None, "waits for an answer Waits for 2 days."),
    ],
)
def test_each_point_has_its_clock(
    client: Any, position: Any, lead: Any, sent_ago: int, due_in: int | None, said: str
) -> None:
    waiting = frozen(submission_of(position, lead, slug="oddaja", language="en"))
    sent = sent_quietly(waiting, clock.today() - timedelta(days=sent_ago))
    sent.answer_due_on = None if due_in is None else clock.today() + timedelta(days=due_in)
    session.flush()
    due = f"{sent.answer_due_on:%-d %B %Y}" if sent.answer_due_on else ""
    page = client.get("/submissions/oddaja", headers=ENGLISH).text.replace("\u00a0", " ")
    name = sent.addressees[0].name
    assert answers_beside(page) == [f"{name} {said.format(due=due)}"] * 2


def test_the_squares_lead_to_the_points_and_the_table_counts_them(client: Any, sent: Submission) -> None:
    answered(sent, 0, Outcome.PARTLY)
    page = client.get("/submissions/oddaja", headers=ENGLISH).text
    squares = re.findall(r'<a class="outcome outcome-(\w+)" href="#point-(\d+)" title="([^"]+)"', page)
    assert squares == [("open", "1", "partly accepted"), ("waiting", "2", "waits for an answer")]
    [table] = re.findall(r'<table class="outcome-table".*?</table>', page, re.DOTALL)
    assert words(table) == "partly accepted 1 waits for an answer 1"
    assert [f'id="point-{number}"' in page for number in (1, 2, 3)] == [True, True, False]


def test_a_withdrawal_after_freezing_is_said_before_anything_can_be_sent(
    client: Any, position: Any, lead: Any
) -> None:
    gone = cosigned(position, OrganisationFactory(name="Odstopilo"))
    frozen(submission_of(position, lead, slug="oddaja"))
    client.sign_in(lead)
    send = 'class="button" href="/submissions/oddaja/send"'
    assert send in client.get("/submissions/oddaja", headers=ENGLISH).text
    gone.state, gone.withdrawn_at = CosignatureState.WITHDRAWN, clock.now()
    session.flush()
    page = client.get("/submissions/oddaja", headers=ENGLISH).text
    assert "these organisations have withdrawn their co-signature: Odstopilo" in words(page)
    assert send not in page


def test_a_new_submission_begins_with_a_title_in_the_language_of_the_draft(
    client: Any, position: Any, lead: Any
) -> None:
    client.sign_in(lead)
    page = client.get("/consultations/osnutek/submissions/new", headers=ENGLISH).text
    [title] = re.findall(r'name="title"[^>]*value="([^"]*)"', page)
    assert title == "Pripombe k osnutku: Odlok o lipi"


def test_the_list_counts_what_each_addressee_answered(client: Any, sent: Submission, lead: Any) -> None:
    answered(sent, 0, Outcome.ACCEPTED)
    sent.addressees.append(PublicBodyFactory())
    session.flush()
    [line] = submissions_page(lead, Filters(), 1).items
    assert (line.outcomes, line.answered, line.expected) == ([(Outcome.ACCEPTED, 1)], 1, 4)
    page = words(client.get("/submissions", headers=ENGLISH).text)
    assert "accepted: 1 waits for an answer: 3" in page
    assert "partly answered" in page
