"""What an organisation said and signed, and how far somebody has come who belongs to none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from factories import (
    CommentFactory,
    ConsultationFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    contributor,
    coordinator,
    representative,
)
from organisations.pages import find, only, page_of, words
from submissions.making import consultation_in_cosigning, cosigned, opened_position

from participation.accounts.models import Visitor
from participation.comments.models import CommentState
from participation.consultations.models import ConsultationState
from participation.foundation.database import session
from participation.organisations.models import MembershipState, OrganisationState
from participation.organisations.queries import arrival_of, voice_of

pytestmark = pytest.mark.usefixtures("app")


def test_everybody_reads_what_is_published_and_not_hidden() -> None:
    organisation = OrganisationFactory()
    said = CommentFactory(organisation=organisation)
    CommentFactory(organisation=organisation, state=CommentState.HIDDEN)
    CommentFactory(organisation=organisation, consultation=ConsultationFactory(state=ConsultationState.PREPARING))
    CommentFactory(organisation=organisation, consultation=said.consultation, parent_id=said.id)
    CommentFactory(organisation=OrganisationFactory())
    voice = voice_of(organisation)
    assert (voice.comments, voice.number_of_comments) == ([said], 1)


def test_only_people_who_wish_it_are_named_representatives_first() -> None:
    organisation = OrganisationFactory()
    contributor(organisation, name="Ana", name_is_public=True)
    representative(organisation, name="Zora", name_is_public=True)
    contributor(organisation, name="Skrita")
    contributor(organisation, name="Zaprta", name_is_public=True, active=False)
    assert [place.user.name for place in voice_of(organisation).people] == ["Zora", "Ana"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_of_an_organisation_stays_within_its_statements(
    number: int, client: Any, count_queries: Callable[[], Any]
) -> None:
    organisation = OrganisationFactory(slug="zavod")
    consultation = consultation_in_cosigning()
    lead = coordinator()
    for _time in range(number):
        CommentFactory(organisation=organisation, consultation=consultation)
        cosigned(opened_position(consultation, lead), organisation, statement="Podpiramo.")
    session.commit()
    with count_queries() as statements:
        page = page_of(client.get("/organisations/zavod?language=en"))
    assert len(find(page, ".statement")) == min(number, 10)
    assert len(find(page, ".said")) == min(number, 5)
    assert len([one for one in statements if one.startswith("SELECT")]) <= 9


def test_who_has_arrived_is_shown_no_steps() -> None:
    assert [arrival_of(person) for person in (Visitor(), contributor(), coordinator())] == [None, None, None]


def test_steps_follow_what_was_sent() -> None:
    choosing, asking, applying = UserFactory(), UserFactory(), UserFactory()
    request = MembershipFactory(user=asking, state=MembershipState.REQUESTED)
    application = OrganisationFactory(applicant=applying, state=OrganisationState.APPLIED)
    OrganisationFactory(applicant=choosing, state=OrganisationState.DECLINED)
    found = [arrival_of(person) for person in (choosing, asking, applying)]
    assert [(one.step, one.request, one.application) for one in found if one] == [
        (3, None, None),
        (4, request, None),
        (4, None, application),
    ]


def test_the_desk_says_where_a_person_stands_on_the_way_in(client: Any) -> None:
    person = UserFactory()
    OrganisationFactory(name="Zadruga Njiva", applicant=person, state=OrganisationState.APPLIED)
    session.commit()
    client.sign_in(person)
    page = page_of(client.get("/desk?language=en"))
    assert [words(step) for step in find(page, ".way-step")] == [
        "Account done",
        "Confirmation of the address done",
        "Your organisation done",
        "Admission now",
    ]
    assert only(page, ".way-now").get("aria-current") == "step"
