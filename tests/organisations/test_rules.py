"""Tables: in which state of the organisation who may do what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from factories import MembershipFactory, OrganisationFactory, UserFactory, contributor, coordinator, representative
from organisations.people import PERSONS, person

from participation.accounts.models import Visitor
from participation.foundation import clock
from participation.foundation.database import session
from participation.organisations import rules
from participation.organisations.models import Invitation, MembershipRole, MembershipState, OrganisationState

pytestmark = pytest.mark.usefixtures("app")

OFFICE = {"coordinator", "operator"}
STATES = list(OrganisationState)


def allowed(rule: Any, organisation: Any, *more: Any) -> set[str]:
    return {name for name in PERSONS if rule(person(name, organisation), organisation, *more)}


@pytest.mark.parametrize("state", STATES)
def test_only_people_of_a_member_organisation_act_for_it(state: OrganisationState) -> None:
    organisation = OrganisationFactory(state=state)
    is_member = state is OrganisationState.ADMITTED
    assert allowed(rules.acts_for, organisation) == ({"contributor", "representative"} if is_member else set())
    assert allowed(rules.represents, organisation) == ({"representative"} if is_member else set())


@pytest.mark.parametrize(("state", "acts"), [(state, state is MembershipState.LIVE) for state in MembershipState])
def test_only_a_live_place_lets_a_person_act(state: MembershipState, acts: bool) -> None:
    place = MembershipFactory(state=state, role=MembershipRole.REPRESENTATIVE)
    session.expire(place.user, ["memberships"])
    assert rules.acts_for(place.user, place.organisation) is acts
    assert rules.represents(place.user, place.organisation) is acts
    assert rules.belongs_to_network(place.user) is acts


def test_nobody_acts_for_no_organisation() -> None:
    assert rules.acts_for(representative(), None) is False
    assert rules.represents(representative(), None) is False


def test_belonging_to_an_applying_organisation_is_not_belonging_to_the_network() -> None:
    applying = OrganisationFactory(state=OrganisationState.APPLIED)
    assert rules.belongs_to_network(representative(applying)) is False
    assert rules.belongs_to_network(contributor()) is True
    assert rules.belongs_to_network(Visitor()) is False


def test_any_person_may_apply() -> None:
    organisation = OrganisationFactory()
    may = {name for name in PERSONS if rules.may_apply_for_admission(person(name, organisation))}
    assert may == set(PERSONS) - {"visitor", "operator"}


@pytest.mark.parametrize(
    ("rule", "states"),
    [
        (rules.may_admit_organisation, {"applied", "asked-back", "left"}),
        (rules.may_ask_back_organisation, {"applied"}),
        (rules.may_decline_organisation, {"applied", "asked-back"}),
        (rules.may_release_organisation, {"admitted"}),
    ],
)
@pytest.mark.parametrize("state", STATES)
def test_only_the_office_decides_and_only_while_there_is_something_to_decide(
    rule: Any, states: set[str], state: OrganisationState
) -> None:
    assert allowed(rule, OrganisationFactory(state=state)) == (OFFICE if state.value in states else set())


@pytest.mark.parametrize("state", STATES)
def test_an_application_is_completed_by_its_applicant_while_it_is_asked_back(state: OrganisationState) -> None:
    organisation = OrganisationFactory(state=state)
    assert allowed(rules.may_complete_application, organisation) == set()
    verdict = rules.may_complete_application(organisation.applicant, organisation)
    assert bool(verdict) is (state is OrganisationState.ASKED_BACK)


def test_an_application_is_seen_by_its_applicant_and_the_office() -> None:
    organisation = OrganisationFactory(state=OrganisationState.APPLIED)
    assert allowed(rules.may_see_application, organisation) == OFFICE
    assert rules.may_see_application(organisation.applicant, organisation)


@pytest.mark.parametrize("state", STATES)
def test_people_are_managed_by_representatives_and_the_office_while_it_is_a_member(state: OrganisationState) -> None:
    organisation = OrganisationFactory(state=state)
    managers = {"representative"} | OFFICE if state is OrganisationState.ADMITTED else set()
    assert allowed(rules.may_manage_people, organisation) == managers
    assert allowed(rules.may_edit_organisation, organisation) == managers
    assert allowed(rules.may_invite_person, organisation) == managers - {"operator"}


def test_people_are_seen_by_their_own_and_the_office() -> None:
    assert allowed(rules.may_see_people, OrganisationFactory()) == {"contributor", "representative"} | OFFICE


@pytest.mark.parametrize("state", STATES)
def test_whoever_does_not_belong_yet_may_ask_a_member_organisation(state: OrganisationState) -> None:
    may = allowed(rules.may_request_membership, OrganisationFactory(state=state))
    strangers = {"registered", "outsider", "council", "coordinator", "administrator"}
    assert may == (strangers if state is OrganisationState.ADMITTED else set())


@pytest.mark.parametrize("state", list(MembershipState))
@pytest.mark.parametrize("rule", [rules.may_accept_request, rules.may_decline_request])
def test_a_request_is_decided_once_by_a_representative_or_the_office(rule: Any, state: MembershipState) -> None:
    place = MembershipFactory(state=state)
    may = {name for name in PERSONS if rule(person(name, place.organisation), place)}
    assert may == ({"representative"} | OFFICE if state is MembershipState.REQUESTED else set())


@pytest.mark.parametrize("representatives", [1, 2])
@pytest.mark.parametrize("role", list(MembershipRole))
def test_the_only_representative_stays(role: MembershipRole, representatives: int) -> None:
    place = MembershipFactory(role=role)
    stays = role is MembershipRole.REPRESENTATIVE and representatives == 1
    managers = set() if stays else {"representative"} | OFFICE
    may_remove = {
        name for name in PERSONS if rules.may_remove_person(person(name, place.organisation), place, representatives)
    }
    may_lower = {
        name
        for name in PERSONS
        if rules.may_change_role(person(name, place.organisation), place, MembershipRole.CONTRIBUTOR, representatives)
    }
    assert may_remove == managers
    assert may_lower == managers
    assert bool(rules.may_remove_person(place.user, place, representatives)) is not stays


def test_nobody_is_removed_twice() -> None:
    place = MembershipFactory(state=MembershipState.ENDED)
    assert not rules.may_remove_person(coordinator(), place, 2)
    assert not rules.may_change_role(coordinator(), place, MembershipRole.REPRESENTATIVE, 2)


def invitation(**values: Any) -> Invitation:
    given = {
        "organisation": OrganisationFactory(),
        "email": "Vabljena@primer.example",
        "role": MembershipRole.CONTRIBUTOR,
        "token_sha256": "0" * 64,
        "invited_by": UserFactory(),
        "expires_at": clock.now() + timedelta(days=1),
    } | values
    made = Invitation(**given)
    session.add(made)
    session.flush()
    return made


def test_an_invitation_is_accepted_by_the_invited_address_whatever_its_case() -> None:
    assert rules.may_accept_invitation(UserFactory(email="vabljena@primer.example"), invitation())


@pytest.mark.parametrize(
    "values",
    [
        {"expires_at": clock.now() - timedelta(seconds=1)},
        {"accepted_at": clock.now()},
        {"revoked_at": clock.now()},
        {"email": "druga@primer.example"},
    ],
)
def test_an_invitation_is_not_accepted_late_twice_taken_back_or_by_another(values: Any) -> None:
    verdict = rules.may_accept_invitation(UserFactory(email="vabljena@primer.example"), invitation(**values))
    assert not verdict
    assert not verdict.sign_in_helps


def test_an_unconfirmed_address_accepts_no_invitation() -> None:
    stranger = UserFactory(email="vabljena@primer.example", confirmed_at=None)
    assert not rules.may_accept_invitation(stranger, invitation())


def test_nobody_accepts_an_invitation_of_their_own() -> None:
    office = coordinator(email="vabljena@primer.example")
    own, from_another = invitation(invited_by=office, token_sha256="1" * 64), invitation()
    assert not rules.may_accept_invitation(office, own)
    assert rules.may_accept_invitation(office, from_another)


def test_an_invitation_of_an_organisation_that_left_is_void() -> None:
    left = OrganisationFactory(state=OrganisationState.LEFT)
    invited = UserFactory(email="vabljena@primer.example")
    assert not rules.may_accept_invitation(invited, invitation(organisation=left))


def test_visitors_are_told_that_signing_in_helps() -> None:
    organisation = OrganisationFactory()
    place = MembershipFactory(organisation=organisation)
    visitor = Visitor()
    verdicts = [
        rules.may_apply_for_admission(visitor),
        rules.may_request_membership(visitor, organisation),
        rules.may_see_people(visitor, organisation),
        rules.may_see_applications(visitor),
        rules.may_see_application(visitor, organisation),
        rules.may_complete_application(visitor, organisation),
        rules.may_manage_people(visitor, organisation),
        rules.may_edit_organisation(visitor, organisation),
        rules.may_release_organisation(visitor, organisation),
        rules.may_remove_person(visitor, place, 2),
        rules.may_accept_invitation(visitor, invitation()),
        rules.may_act_for_organisation(visitor, organisation),
    ]
    assert [(verdict.allowed, verdict.sign_in_helps) for verdict in verdicts] == [(False, True)] * len(verdicts)
