"""Who may act for an organisation, as the ledger tells it."""

from __future__ import annotations

from typing import Any

import pytest
from factories import OrganisationFactory, UserFactory, contributor, coordinator, representative
from sqlalchemy import select

from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.ledger.queries import entries_of
from participation.organisations import operations
from participation.organisations.models import (
    MandateLevel,
    Membership,
    MembershipRole,
    OrganisationState,
    mandate_thread,
)

pytestmark = pytest.mark.usefixtures("app")


def told(person: Any) -> list[tuple[str, str]]:
    """What the ledger tells of the one place of a person: kind and level of each record."""
    place = session.scalars(select(Membership).where(Membership.user_id == person.id)).one()
    return [(entry.kind, entry.said.get("level", "")) for entry in entries_of([mandate_thread(place.id)])]


def test_a_contributor_who_becomes_a_representative_gets_the_mandate_and_loses_it_again() -> None:
    organisation = OrganisationFactory()
    representative(organisation)
    person = contributor(organisation)
    [place] = person.memberships
    operations.change_role(coordinator(), place, MembershipRole.REPRESENTATIVE)
    assert told(person) == [("mandate-granted", "P1")]
    operations.change_role(coordinator(), place, MembershipRole.CONTRIBUTOR)
    assert told(person) == [("mandate-granted", "P1"), ("mandate-revoked", "")]


def test_a_contributor_who_goes_leaves_no_record() -> None:
    organisation = OrganisationFactory()
    representative(organisation)
    person = contributor(organisation)
    [place] = person.memberships
    operations.remove_person(coordinator(), place)
    assert entries_of([mandate_thread(place.id)]) == []


def test_admission_grants_the_mandate_and_leaving_the_network_ends_it() -> None:
    applicant = UserFactory()
    organisation = OrganisationFactory(state=OrganisationState.APPLIED, applicant=applicant)
    operations.admit_organisation(coordinator(), organisation)
    session.expire(applicant)
    assert told(applicant) == [("mandate-granted", "P1")]
    operations.release_organisation(coordinator(), organisation, "Izstop.")
    assert told(applicant) == [("mandate-granted", "P1"), ("mandate-revoked", "")]


def test_the_record_names_no_person() -> None:
    organisation = OrganisationFactory()
    representative(organisation)
    person = contributor(organisation, name="Ana Novak")
    [place] = person.memberships
    operations.change_role(coordinator(), place, MembershipRole.REPRESENTATIVE)
    [entry] = entries_of([mandate_thread(place.id)])
    assert b"Novak" not in entry.record
    assert person.email.encode() not in entry.record
    assert entry.said["org_name"] == organisation.name


def test_what_the_office_saw_raises_the_level_of_the_mandate() -> None:
    person = representative()
    [place] = person.memberships
    assert place.mandate_level is MandateLevel.P1
    for _ in range(2):
        operations.check_mandate(coordinator(), place, "AJPES PRS, 5. 3. 2026")
    assert place.mandate_level is MandateLevel.P2
    assert told(person) == [("mandate-granted", "P2")]


@pytest.mark.parametrize("who", ["themselves", "representative", "contributor"])
def test_nobody_but_the_office_checks_a_mandate(who: str) -> None:
    person = representative()
    [place] = person.memberships
    actor = {"themselves": person, "representative": representative(), "contributor": contributor()}[who]
    with pytest.raises(Refused):
        operations.check_mandate(actor, place, "Vem.")


def test_the_page_takes_what_was_seen_and_asks_for_it(client: Any) -> None:
    person = representative()
    [place] = person.memberships
    client.sign_in(coordinator())
    address = f"/organisations/{place.organisation.slug}/people/{place.id}/mandate"
    empty = client.post(address, data={"seen": " "})
    assert empty.status_code == 422
    assert "Write what you saw" in empty.text
    assert client.post(address, data={"seen": "Sklep upravnega odbora z dne 2. 3."}).status_code == 303
    page = client.get(f"/organisations/{place.organisation.slug}/people").text
    assert "mandate checked by the office" in page
    assert "Sklep upravnega odbora z dne 2. 3." in page
