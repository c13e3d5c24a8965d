"""The way on from a comment: into a position, out in a submission, to the answer."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Client
from factories import CommentFactory, OrganisationFactory, PublicBodyFactory, coordinator
from submissions.making import consultation_in_cosigning, frozen, opened_position, sent_quietly, submission_of

from participation.comments.models import Comment, CommentState
from participation.foundation import clock
from participation.foundation.database import session
from participation.positions.models import PositionState
from participation.submissions.models import Answer, Outcome
from participation.submissions.queries import SentPoint, TakenUp, WayOn, ways_on_from_comments
from participation.web import Application


@pytest.fixture
def lead(app: Application) -> Any:
    return coordinator()


def comment_on(consultation: Any) -> Comment:
    made: Comment = CommentFactory(
        consultation=consultation,
        provision=consultation.versions[0].provisions[0],
        organisation=OrganisationFactory(),
    )
    return made


def position_from(lead: Any, **values: Any) -> Any:
    """An opened position whose second point was made from a comment."""
    position = opened_position(consultation_in_cosigning(), lead, points=2, **values)
    comment = comment_on(position.consultation)
    position.points[1].comments.append(comment)
    session.flush()
    return position, comment


def test_a_comment_leads_to_the_point_that_took_it_up(lead: Any) -> None:
    position, comment = position_from(lead, slug="skupaj", title="Skupaj")
    alone = comment_on(position.consultation)
    assert ways_on_from_comments([comment.id, alone.id]) == {
        comment.id: WayOn([TakenUp("skupaj", "Skupaj", "sl", 2)])
    }
    assert ways_on_from_comments([]) == {}


def test_a_position_that_is_being_drafted_is_not_given_away(lead: Any) -> None:
    position, comment = position_from(lead)
    position.state = PositionState.DRAFTED
    session.flush()
    assert ways_on_from_comments([comment.id]) == {}


def test_a_comment_leads_to_every_sent_point_and_to_what_each_body_answered(lead: Any) -> None:
    position, comment = position_from(lead, slug="skupaj", title="Skupaj")
    by_itself = comment_on(position.consultation)
    bodies = [PublicBodyFactory(name=name) for name in ("Občina Breg", "Občina Dol")]
    values = {"addressees": bodies, "comments": [by_itself]}
    sent = sent_quietly(frozen(submission_of(position, lead, slug="dopis", title="Dopis", **values)))
    frozen(submission_of(position, lead, slug="neposlano", **values))
    second = sent.points[1]
    for body, outcome in zip(bodies, (Outcome.ACCEPTED, Outcome.REJECTED), strict=True):
        session.add(Answer(point_id=second.id, body_id=body.id, outcome=outcome, recorded_by_id=lead.id))
    session.flush()
    answers = [("Občina Breg", Outcome.ACCEPTED), ("Občina Dol", Outcome.REJECTED)]
    assert ways_on_from_comments([comment.id, by_itself.id]) == {
        comment.id: WayOn([TakenUp("skupaj", "Skupaj", "sl", 2)], [SentPoint("dopis", "Dopis", "sl", 2, answers)]),
        by_itself.id: WayOn([], [SentPoint("dopis", "Dopis", "sl", 3)]),
    }


@pytest.mark.parametrize("state", [CommentState.VISIBLE, CommentState.HIDDEN])
def test_the_thread_can_be_walked_both_ways_from_a_comment_that_can_be_read(
    client: Client, lead: Any, state: CommentState
) -> None:
    position, comment = position_from(lead, slug="skupaj")
    sent_quietly(frozen(submission_of(position, lead, slug="dopis")))
    position.state, position.delivered_at = PositionState.DELIVERED, clock.now()
    comment.state = state
    comment.hidden_because = "Žaljivo." if state == CommentState.HIDDEN else ""
    session.flush()
    key = position.consultation.versions[0].provisions[0].key
    start = f"/consultations/{position.consultation.slug}"
    shown = 1 if state == CommentState.VISIBLE else 0
    for address in (f"{start}/provisions/{key}", f"{start}/comments"):
        page = client.get(address).text
        assert page.count('href="/positions/skupaj#point-2"') == shown
        assert page.count('href="/submissions/dopis#point-2"') == shown
    page = client.get("/positions/skupaj").text
    assert page.count('href="/submissions/dopis"') == 1
    assert page.count(f'href="{start}#p-{key}"') >= 1
