"""All comments at one look: counted, the alike together, and where demands exclude each other."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from factories import CommentFactory, ConsultationFactory, OrganisationFactory

from participation.comments.models import CommentKind, CommentState
from participation.comments.queries import disputes_in, overview_of
from participation.foundation.database import session

CAMPAIGN = (
    "Podpiramo predlog mreže, da se rok za pripombe podaljša na trideset dni, ker društva v petnajstih ne zmorejo."
)


def words_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def wording(consultation: Any, at: int, words: str, **values: Any) -> Any:
    provision = consultation.versions[0].provisions[at]
    return CommentFactory(
        consultation=consultation, provision=provision, organisation=OrganisationFactory(), kind=CommentKind.WORDING,
        wording_action="change", wording=words, **values,
    )  # fmt: skip


def test_copies_of_a_campaign_are_one_with_the_others_counted(app: Any) -> None:
    consultation = ConsultationFactory()
    copies = [
        CommentFactory(consultation=consultation, organisation=OrganisationFactory(), source=f"{CAMPAIGN} {end}")
        for end in ("", "Hvala.", "Lep pozdrav.")
    ]
    CommentFactory(consultation=consultation, source="Nekaj povsem drugega o klopeh v mestnem parku, kjer ni sence.")
    CommentFactory(consultation=consultation, source=CAMPAIGN, state=CommentState.HIDDEN)
    CommentFactory(source=CAMPAIGN)
    CommentFactory(consultation=consultation, source=CAMPAIGN, parent=copies[0])
    session.flush()
    (group,) = overview_of(consultation).alike
    assert [group.first.id, *(one.id for one in group.others)] == [one.id for one in copies]


def test_provisions_stand_by_how_many_passages_are_disputed(app: Any) -> None:
    consultation = ConsultationFactory()
    text = consultation.versions[0].provisions[0].text
    assert text == "To je besedilo 1. člena."
    for words in ("To je vsebina 1. člena.", "To je zapis 1. člena.", "To je besedilo 1. člena in 2. člena."):
        wording(consultation, 0, words)
    wording(consultation, 1, "To je besedilo drugega člena.")
    wording(consultation, 1, "To je pogubno besedilo 2. člena.", state=CommentState.HIDDEN)
    session.flush()
    (dispute,) = disputes_in(consultation)
    assert (dispute.key, dispute.passages, dispute.demands) == (consultation.versions[0].provisions[0].key, 1, 2)


def test_everything_is_counted_once(app: Any) -> None:
    consultation = ConsultationFactory()
    first, _second = consultation.versions[0].provisions
    here, there = (OrganisationFactory(municipality=code) for code in ("SI-011", "SI-133"))
    for organisation, provision in ((here, first), (here, first), (there, None), (None, first)):
        CommentFactory(consultation=consultation, organisation=organisation, provision=provision)
    session.flush()
    overview = overview_of(consultation)
    assert overview.by_kind == {CommentKind.GENERAL: 4}
    assert overview.by_organisation == [(here.name, 2), (there.name, 1)]
    assert sum(number for _area, number in overview.by_area) == 3
    assert [(said.key, number) for said, number in overview.by_place] == [(first.key, 3), ("", 1)]


def test_places_with_as_many_comments_stand_in_the_order_of_the_text(app: Any) -> None:
    consultation = ConsultationFactory()
    first, second = consultation.versions[0].provisions
    for provision in (second, first, None):
        CommentFactory(consultation=consultation, provision=provision)
    session.flush()
    assert [said.key for said, _number in overview_of(consultation).by_place] == ["", first.key, second.key]


def test_a_kind_and_an_area_lead_to_their_comments(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    CommentFactory(consultation=consultation, organisation=OrganisationFactory(municipality="SI-011"))
    session.flush()
    page = client.get("/consultations/parki/comments/overview").get_data(as_text=True)
    for address in re.findall(r'href="(/consultations/parki/comments\?[^"]*)"', page):
        assert "1 comment" in words_of(client.get(unescape(address)))
    assert page.count('href="/consultations/parki/comments?') == 2


def test_the_page_says_it_and_nothing_that_is_hidden(client: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    for _ in range(2):
        CommentFactory(
            consultation=consultation, source=CAMPAIGN, excerpt=CAMPAIGN, organisation=OrganisationFactory()
        )
    CommentFactory(consultation=consultation, source="Žaljivo.", excerpt="Žaljivo.", state=CommentState.HIDDEN)
    session.commit()
    page = words_of(client.get("/consultations/parki/comments/overview?language=en"))
    assert "and 1 more in nearly the same words" in page
    assert page.count(CAMPAIGN) == 1
    assert "Žaljivo." not in page


@pytest.mark.parametrize("number", [0, 1, 30])
def test_the_page_stays_within_its_queries(number: int, client: Any, count_queries: Any) -> None:
    consultation = ConsultationFactory(slug="parki")
    for turn in range(number):
        wording(consultation, turn % 2, f"Besedilo številka {turn}.")
    session.commit()
    with count_queries() as queries:
        assert client.get("/consultations/parki/comments/overview").status_code == 200
    assert len([one for one in queries if not one.startswith(("BEGIN", "SAVEPOINT"))]) <= 6
