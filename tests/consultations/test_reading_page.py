"""The list and the reading page, as the public sees them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from factories import (
    CommentFactory,
    ConsultationFactory,
    OrganisationFactory,
    PositionFactory,
    contributor,
    coordinator,
)

from participation.comments.models import CommentState
from participation.consultations.models import Attachment, ConsultationState, DeadlineChange, Provision, VersionState
from participation.foundation import clock, files
from participation.foundation.database import session
from participation.positions.models import PositionState

TODAY = date(2026, 11, 23)


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def read(client: Any, address: str) -> str:
    answer = client.get(address, query_string={"language": "en"})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def statements(queries: list[str]) -> int:
    return len([one for one in queries if not one.startswith(("BEGIN", "SAVEPOINT"))])


def test_the_text_is_printed_with_its_anchors_and_a_way_to_comment(client: Any, stopped_clock: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    first, second = consultation.versions[0].provisions
    second.kind, second.label, second.level, second.text = "paragraph", "(2)", 5, "<b>"
    second.html, second.path = "<p>&lt;b&gt;</p>", "1. člen, (2)"
    page = read(client, "/consultations/parki")
    assert re.findall(r'id="p-(\w+)"', page) == [first.key, second.key]
    assert re.findall(r'class="comment-here" href="([^"]+)"', page) == [
        f"/consultations/parki/provisions/{first.key}#new-comment",
        f"/consultations/parki/provisions/{second.key}#new-comment",
    ]
    assert f'<a class="number" href="#p-{second.key}">(2)</a><p>&lt;b&gt;</p>' in page
    assert re.findall(r"<h(\d)[^>]*>", page)[:1] == ["1"]
    assert f'<a href="#p-{first.key}">1. člen To je besedilo 1. člena.</a>' in page


def test_comments_stand_beside_their_provision_and_hidden_ones_do_not(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    provision = consultation.versions[0].provisions[1]
    organisation = OrganisationFactory(name="Društvo Lipa")
    values = {"consultation": consultation, "provision": provision, "organisation": organisation}
    CommentFactory(excerpt="To je predlog.", **values)
    CommentFactory(excerpt="Tega ne sme videti nihče.", state=CommentState.HIDDEN, **values)
    page = read(client, "/consultations/parki")
    beside = text_of(page[page.index(f'id="p-{provision.key}"') :])
    assert beside.count("Društvo Lipa") == 1
    assert "To je predlog." in beside
    assert "Tega ne sme videti nihče." not in page
    assert "1 comment on this text" in text_of(page)


def test_a_visitor_is_told_how_to_comment(client: Any) -> None:
    ConsultationFactory(slug="parki")
    page = read(client, "/consultations/parki")
    assert "Sign in to comment</a>" in page
    assert "I have no account yet</a>" in page
    client.sign_in(contributor())
    page = read(client, "/consultations/parki")
    assert "Sign in to comment" not in page
    assert "Read and comment" in page


def test_when_comments_are_closed_no_way_to_comment_is_offered(client: Any, stopped_clock: Any) -> None:
    ConsultationFactory(
        slug="parki", opens_on=TODAY - timedelta(days=9), internal_deadline_on=TODAY - timedelta(days=1)
    )
    assert "comment-here" not in read(client.sign_in(contributor()), "/consultations/parki")


def test_the_dates_are_told_in_words(client: Any, stopped_clock: Any) -> None:
    ConsultationFactory(
        slug="parki", published_by_body_on=TODAY - timedelta(days=10), internal_deadline_on=TODAY + timedelta(days=1),
        cosigning_from_on=None,
    )  # fmt: skip
    page = read(client, "/consultations/parki")
    dates = page[page.index('<ol class="timeline"') : page.index("</ol>", page.index('<ol class="timeline"'))]
    assert [text_of("<li" + one) for one in dates.split("<li")[1:]] == [
        "published by the body 13 November 2026 past",
        "comments open 20 November 2026 past",
        "today 23 November 2026",
        "comments close 24 November 2026 1 day left",
        "official deadline 13 December 2026 to come",
    ]


def test_today_is_not_said_twice_on_the_last_day(client: Any, stopped_clock: Any) -> None:
    ConsultationFactory(slug="parki", internal_deadline_on=TODAY)
    page = read(client, "/consultations/parki")
    assert "timeline-now" in page
    assert "timeline-today" not in page


def test_positions_and_attachments_are_linked(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    PositionFactory(consultation=consultation, title="Odprto stališče", state=PositionState.OPENED)
    PositionFactory(consultation=consultation, title="Še v osnutku")
    file = files.store(b"x", "karta.pdf", "application/pdf")
    session.add(Attachment(consultation_id=consultation.id, title="Karta", file=file))
    page = text_of(read(client, "/consultations/parki"))
    assert "Odprto stališče text frozen" in page
    assert "Še v osnutku" not in page
    assert "Karta karta.pdf, 1 Byte" in page


@pytest.mark.parametrize(
    ("opened", "said", "led_to"),
    [
        (1, "Read the joint position that is being signed", "/positions/odprto-0"),
        (2, "Read the joint positions that are being signed", "/positions?consultation=parki"),
    ],
)
def test_the_main_act_during_co_signing_leads_to_what_is_signed(
    opened: int, said: str, led_to: str, client: Any, stopped_clock: Any
) -> None:
    consultation = ConsultationFactory(
        slug="parki",
        opens_on=TODAY - timedelta(days=9),
        internal_deadline_on=TODAY - timedelta(days=2),
        cosigning_from_on=TODAY,
    )
    PositionFactory(consultation=consultation, slug="v-osnutku")
    for number in range(opened):
        PositionFactory(consultation=consultation, slug=f"odprto-{number}", state=PositionState.OPENED)
    page = read(client, "/consultations/parki")
    assert re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', page) == [(led_to, said)]


def test_the_file_of_the_draft_is_downloaded(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    assert client.get("/consultations/parki/draft").status_code == 404
    consultation.versions[0].file = files.store(b"<script>", "osnutek č.html", "text/html")
    answer = client.get("/consultations/parki/draft")
    assert (answer.status_code, answer.data) == (200, b"<script>")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize(
    ("asked", "status"), [("1", 200), ("2", 404), ("0", 404), ("-1", 404), ("x", 404), ("9" * 30, 404), ("", 404)]
)
def test_a_version_is_asked_for_by_its_number(client: Any, asked: str, status: int) -> None:
    ConsultationFactory(slug="parki")
    assert client.get("/consultations/parki", query_string={"version": asked}).status_code == status


def test_what_is_prepared_is_not_there_for_others(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki", state=ConsultationState.PREPARING)
    consultation.versions[0].state = VersionState.PREPARING
    assert client.get("/consultations/parki").status_code == 404
    assert client.get("/consultations/parki/draft").status_code == 404
    assert client.sign_in(contributor()).get("/consultations/parki").status_code == 404
    assert "Nobody else sees this page yet" in read(client.sign_in(coordinator()), "/consultations/parki")


def test_an_empty_list_says_what_comes(client: Any) -> None:
    assert "No consultation has been published yet." in read(client, "/consultations")
    assert client.get("/consultations?words=nikjer&page=77").status_code == 200


def test_the_list_shows_thirty_in_pages(client: Any, stopped_clock: Any) -> None:
    for number in range(30):
        closes = TODAY + timedelta(days=number)
        ConsultationFactory(title=f"Odlok {number:02}", internal_deadline_on=closes, official_deadline_on=None)
    first, second = read(client, "/consultations"), client.get("/consultations?page=2").get_data(as_text=True)
    assert re.findall(r"Odlok (\d\d)</a>", first) == [f"{number:02}" for number in range(20)]
    assert re.findall(r"Odlok (\d\d)</a>", second) == [f"{number:02}" for number in range(20, 30)]
    assert "30 consultations" in first


def everything_around(number: int) -> Any:
    """A consultation with that many of everything, and another one that must not cost or show anything."""
    ConsultationFactory()
    consultation = ConsultationFactory(slug="parki", articles=number)
    for provision in consultation.versions[0].provisions:
        CommentFactory(consultation=consultation, provision=provision, organisation=OrganisationFactory())
        PositionFactory(consultation=consultation, state=PositionState.OPENED)
        file = files.store(b"x", "a.pdf", "application/pdf")
        session.add(Attachment(consultation_id=consultation.id, title=provision.label, file=file))
        moved = {"deadline": "internal", "after_on": TODAY, "because": "Ker.", "changed_at": clock.now()}
        session.add(DeadlineChange(consultation_id=consultation.id, **moved))
    session.commit()
    return consultation


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("who", "most"), [("visitor", 4), ("contributor", 6), ("coordinator", 6)])
def test_reading_stays_within_its_queries(
    number: int, who: str, most: int, client: Any, count_queries: Any, stopped_clock: Any
) -> None:
    everything_around(number)
    people = {"visitor": None, "contributor": contributor, "coordinator": coordinator}
    if make := people[who]:
        client.sign_in(make())
    session.commit()
    with count_queries() as queries:
        page = client.get("/consultations/parki")
    assert page.status_code == 200
    assert page.get_data(as_text=True).count('class="provision kind-') == number
    assert statements(queries) == most


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("who", "most"), [("visitor", 5), ("contributor", 7)])
def test_the_list_stays_within_its_queries(number: int, who: str, most: int, client: Any, count_queries: Any) -> None:
    for _ in range(number):
        CommentFactory()
    if who == "contributor":
        client.sign_in(contributor())
    session.commit()
    with count_queries() as queries:
        assert client.get("/consultations").status_code == 200
    assert statements(queries) == most


def test_a_long_act_prints_every_provision(client: Any) -> None:
    consultation = ConsultationFactory(slug="dolgo", articles=0)
    version = consultation.versions[0]
    session.add_all(
        Provision(version=version, position=number, kind="paragraph", level=5, text="B.", html="<p>B.</p>", path="")
        for number in range(1, 2001)
    )
    assert read(client, "/consultations/dolgo").count("<p>B.</p>") == 2000
