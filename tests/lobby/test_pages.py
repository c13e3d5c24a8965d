"""What the front page and the desk say to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, OrganisationFactory, contributor, coordinator
from organisations.pages import find, only, page_of, texts, words

from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem, State, queue
from participation.organisations.models import OrganisationState

pytestmark = pytest.mark.usefixtures("stopped_clock")


def open_consultation(**values: Any) -> Any:
    return ConsultationFactory(
        opens_on=date(2026, 11, 1),
        internal_deadline_on=date(2026, 11, 25),
        cosigning_from_on=None,
        official_deadline_on=None,
        **values,
    )


def test_a_visitor_reads_what_is_open_until_when_and_how_to_join(client: Any) -> None:
    consultation = open_consultation(title="Odlok o vodah")
    CommentFactory(consultation=consultation)
    session.commit()
    page = page_of(client.get("/?language=en"))
    (entry,) = find(page, ".front-open .entries > li")
    assert texts(entry, "h3") == ["Odlok o vodah"]
    assert words(only(entry, ".countdown")) == "2 days left"
    assert "1 comment" in texts(entry, ".entry-state > span")
    assert [link.get("href") for link in find(page, "a.button")] == ["/register"]
    assert len(find(page, ".thread > li")) == 4


def test_an_empty_network_says_what_will_be_here_and_what_to_do_first(client: Any) -> None:
    assert texts(page_of(client.get("/?language=en")), "h2")[0] == "The network is just beginning"
    assert find(page_of(client.get("/")), ".first-steps") == []
    client.sign_in(coordinator())
    links = [link.get("href") for link in find(page_of(client.get("/")), ".first-steps a")]
    assert links == ["/desk/consultations/new", "/desk/applications", "/bodies"]


def test_who_is_signed_in_reads_first_what_waits_three_at_most(client: Any) -> None:
    open_consultation()
    for _time in range(4):
        OrganisationFactory(state=OrganisationState.APPLIED)
    session.commit()
    client.sign_in(coordinator())
    page = page_of(client.get("/?language=en"))
    assert texts(page, "h2")[0] == "What waits for you"
    assert texts(page, ".front-waiting h3") == ["Decide on the application"] * 3
    assert texts(page, ".front-waiting .part-head a") == ["5 things on your desk"]
    assert find(page, "a.button") == []


def test_the_desk_groups_acts_by_their_time_and_offers_what_is_open(client: Any) -> None:
    person = contributor()
    consultation = open_consultation(title="Odlok o vodah")
    session.commit()
    client.sign_in(person)
    page = page_of(client.get("/desk?language=en"))
    assert texts(page, ".desk > h2") == ["This week 1"]
    assert texts(page, ".tasks h3") == ["Read the draft and comment"]
    assert texts(page, ".part .entry-title") == ["Odlok o vodah"]
    CommentFactory(consultation=consultation, organisation=person.memberships[0].organisation)
    session.commit()
    page = page_of(client.get("/desk?language=en"))
    assert texts(page, ".desk > h2") == []
    assert texts(page, ".part .entry-state .meta") == ["1 comment of your organisation"]


def test_a_coordinator_without_an_organisation_acts_for_the_network(client: Any) -> None:
    client.sign_in(coordinator())
    assert texts(page_of(client.get("/desk?language=en")), ".acting") == ["You act for the network."]


def test_the_outbox_says_what_failed_how_often_and_offers_to_try_again(client: Any) -> None:
    queue("submissions.produce-document", "a", {})
    queue("mail", "b", {"to": "a@b.example"})
    session.flush()
    given_up, waiting = session.query(OutboxItem).order_by(OutboxItem.id)
    given_up.state, given_up.attempts, given_up.last_error = State.DEAD, 8, "no space"
    waiting.attempts = 1
    session.commit()
    client.sign_in(coordinator())
    page = page_of(client.get("/desk/outbox?language=en"))
    assert texts(page, ".entries h3") == [
        f"Mail message, number {waiting.id}",
        f"Document of a submission, number {given_up.id}",
    ]
    assert texts(page, ".entries .badge") == ["will be tried again", "given up"]
    assert len(find(page, ".entries form")) == 1
