"""The directory, and what waits for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    contributor,
    coordinator,
    representative,
)

from participation.accounts.models import Operator, Visitor
from participation.foundation.database import NotFound
from participation.organisations import operations, queries
from participation.organisations.models import MembershipRole, MembershipState, OrganisationState
from participation.organisations.queries import Sought

pytestmark = pytest.mark.usefixtures("app")


def names(page: Any) -> list[str]:
    return [organisation.name for organisation in page.items]


def test_members_stand_in_the_order_of_slovenian_names() -> None:
    for name in ("Žalec", "Celje", "Šentjur", "Solčava", "Črna", "Zreče"):
        OrganisationFactory(name=name)
    OrganisationFactory(name="Dravograd", state=OrganisationState.APPLIED)
    OrganisationFactory(name="Dobje", state=OrganisationState.LEFT)
    assert names(queries.directory(Sought(), 1)) == ["Celje", "Črna", "Solčava", "Šentjur", "Zreče", "Žalec"]
    assert [organisation.name for organisation in queries.member_organisations()] == names(
        queries.directory(Sought(), 1)
    )


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(municipality="SI-133"), ["Velenje"]),
        (Sought(area="osrednje-celjsko"), ["Celje"]),
        (Sought(field_of_work="youth"), ["Celje", "Velenje"]),
        (Sought(field_of_work="youth", area="osrednje-celjsko"), ["Celje"]),
        (Sought(words="SALESK"), ["Velenje"]),
        (Sought(words="zveza mladih"), ["Celje"]),
        (Sought(area="neznano"), []),
        (Sought(words="  "), ["Celje", "Velenje"]),
    ],
)
def test_the_directory_is_narrowed(sought: Sought, found: list[str]) -> None:
    OrganisationFactory(name="Celje", short_name="Mladih zveza", fields_of_work=["culture", "youth"])
    OrganisationFactory(name="Velenje", short_name="Šaleški klub", municipality="SI-133", fields_of_work=["youth"])
    assert names(queries.directory(sought, 1)) == found


def test_the_directory_has_pages() -> None:
    for number in range(5):
        OrganisationFactory(name=f"Društvo {number}")
    page = queries.directory(Sought(), 2, size=2)
    assert (names(page), page.number, page.pages, page.total) == (["Društvo 2", "Društvo 3"], 2, 3, 5)
    assert names(queries.directory(Sought(), 99, size=2)) == ["Društvo 4"]


@pytest.mark.parametrize("state", list(OrganisationState))
def test_pages_of_applications_are_for_the_applicant_and_the_office(state: OrganisationState) -> None:
    organisation = OrganisationFactory(state=state)
    for viewer in (organisation.applicant, coordinator()):
        assert queries.visible_organisation(organisation.slug, viewer) is organisation
    for viewer in (Visitor(), representative()):
        if state in (OrganisationState.ADMITTED, OrganisationState.LEFT):
            assert queries.visible_organisation(organisation.slug, viewer) is organisation
            continue
        with pytest.raises(NotFound):
            queries.visible_organisation(organisation.slug, viewer)


def test_a_person_or_invitation_is_found_only_in_its_own_organisation() -> None:
    place, other = MembershipFactory(), OrganisationFactory()
    with pytest.raises(NotFound):
        queries.membership_by_id(other, place.id)
    invitation = operations.invite_person(
        representative(place.organisation), place.organisation, "nova@primer.example", MembershipRole.CONTRIBUTOR, "k"
    )
    assert queries.invitation_by_id(invitation.id, place.organisation) is invitation
    with pytest.raises(NotFound):
        queries.invitation_by_id(invitation.id, other)


def waiting(viewer: Any) -> list[tuple[str, str]]:
    return [(task.title, task.endpoint) for task in queries.waiting_for(viewer, None)]


def test_applications_wait_for_coordinators_and_come_back_to_applicants() -> None:
    office = coordinator()
    applied = OrganisationFactory(name="Zavod Bor", state=OrganisationState.APPLIED)
    asked_back = OrganisationFactory(name="Zavod Jelša", state=OrganisationState.ASKED_BACK)
    OrganisationFactory(state=OrganisationState.DECLINED, applicant=asked_back.applicant)
    assert waiting(office) == [("Zavod Bor", "organisations_desk.application")]
    assert waiting(asked_back.applicant) == [("Zavod Jelša", "organisations.complete")]
    assert waiting(applied.applicant) == []


def test_requests_wait_for_representatives_of_that_organisation() -> None:
    organisation = OrganisationFactory()
    asking = UserFactory(name="Maja Novak")
    MembershipFactory(organisation=organisation, user=asking, state=MembershipState.REQUESTED)
    MembershipFactory(organisation=organisation, state=MembershipState.DECLINED)
    assert waiting(representative(organisation)) == [("Maja Novak", "organisations.people")]
    for viewer in (contributor(organisation), representative(), asking, Visitor(), Operator()):
        assert waiting(viewer) == []


def test_an_invitation_waits_for_the_invited_person_until_it_expires(stopped_clock: Any) -> None:
    organisation, invited = OrganisationFactory(name="Zavod Bor"), UserFactory()
    invitation = operations.invite_person(
        representative(organisation), organisation, invited.email.upper(), MembershipRole.CONTRIBUTOR, "k"
    )
    assert waiting(invited) == [("Zavod Bor", "organisations.invitations")]
    assert waiting(UserFactory()) == []
    stopped_clock(invitation.expires_at + timedelta(seconds=1))
    assert waiting(invited) == []


def test_a_closed_account_represents_nobody() -> None:
    lipa = OrganisationFactory()
    gone, present = representative(lipa), representative(lipa)
    representative(OrganisationFactory())
    gone.active = False
    assert queries.representatives_of(lipa) == [present]
    assert queries.number_of_representatives(lipa) == 1
