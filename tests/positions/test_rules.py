"""Who may do what with joint positions: tables of state x person."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from factories import (
    ConsultationFactory,
    OrganisationFactory,
    UserFactory,
    administrator,
    contributor,
    coordinator,
    council_representative,
    representative,
)
from positions.making import drafted_position, opened_position, organisation_of, sign, version_of

from participation.accounts.models import Visitor
from participation.consultations.models import ConsultationState, Phase
from participation.foundation import clock
from participation.foundation.database import session
from participation.organisations.models import MembershipState, OrganisationState
from participation.positions.models import Position, PositionState
from participation.positions.rules import (
    day_for_cosigning,
    may_cosign_position,
    may_draft_position,
    may_edit_position,
    may_open_position,
    may_post_remark,
    may_see_position,
    may_withdraw_cosignature,
)

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")

PEOPLE = (
    "visitor",
    "registered",
    "contributor",
    "author",
    "colleague",
    "outsider",
    "council",
    "coordinator",
    "administrator",
)


@pytest.fixture
def network() -> Any:
    """`author` began the position; `colleague` represents the same organisation, `outsider` another."""
    own = OrganisationFactory()
    return SimpleNamespace(
        organisation=own,
        visitor=Visitor(),
        registered=UserFactory(),
        contributor=contributor(own),
        author=representative(own),
        colleague=representative(own),
        outsider=representative(),
        council=council_representative(),
        coordinator=coordinator(),
        administrator=administrator(),
    )


def position_in(state: PositionState, author: Any) -> Position:
    if state == PositionState.DRAFTED:
        return drafted_position(created_by=author)
    position = opened_position(created_by=author)
    position.state = state
    session.flush()
    return position


def allowed(network: Any, rule: Any, *things: Any) -> set[str]:
    return {person for person in PEOPLE if rule(getattr(network, person), *things)}


NETWORK = {"contributor", "author", "colleague", "outsider", "council", "coordinator", "administrator"}
WRITERS = {"author", "council", "coordinator"}


@pytest.mark.parametrize(
    ("state", "people"),
    [
        (PositionState.DRAFTED, NETWORK),
        (PositionState.OPENED, set(PEOPLE)),
        (PositionState.DELIVERED, set(PEOPLE)),
    ],
)
def test_a_draft_is_for_the_network_and_a_frozen_text_for_everybody(
    network: Any, state: PositionState, people: set[str]
) -> None:
    assert allowed(network, may_see_position, position_in(state, network.author)) == people


PHASES = {
    Phase.PREPARING: {"state": ConsultationState.PREPARING},
    Phase.ANNOUNCED: {"opens_on": 1},
    Phase.OPEN: {},
    Phase.POSITIONS: {"internal_deadline_on": -1},
    Phase.COSIGNING: {"internal_deadline_on": -1, "cosigning_from_on": 0},
    Phase.SUBMITTED: {"submitted_on": 0},
    Phase.ANSWERED: {"answered_on": 0},
    Phase.CONCLUDED: {"concluded_on": 0},
}


@pytest.mark.parametrize("phase", Phase)
def test_positions_are_drafted_by_those_with_a_mandate_while_the_consultation_runs(
    network: Any, phase: Phase
) -> None:
    values = {
        name: value if isinstance(value, str) else clock.today() + timedelta(days=value)
        for name, value in PHASES[phase].items()
    }
    consultation = ConsultationFactory(**values)
    assert consultation.phase is phase
    runs = phase in (Phase.OPEN, Phase.POSITIONS, Phase.COSIGNING)
    people = {"author", "colleague", "outsider", "council", "coordinator"} if runs else set()
    assert allowed(network, may_draft_position, consultation) == people


@pytest.mark.parametrize(
    ("state", "people"),
    [(PositionState.DRAFTED, WRITERS), (PositionState.OPENED, set()), (PositionState.DELIVERED, set())],
)
def test_a_draft_is_written_by_its_author_and_the_leaders_and_a_frozen_text_by_nobody(
    network: Any, state: PositionState, people: set[str]
) -> None:
    position = position_in(state, network.author)
    assert allowed(network, may_edit_position, position) == people
    assert allowed(network, may_open_position, position) == people


@pytest.mark.parametrize(
    ("state", "people"),
    [(PositionState.DRAFTED, NETWORK), (PositionState.OPENED, set()), (PositionState.DELIVERED, set())],
)
def test_the_network_discusses_a_draft(network: Any, state: PositionState, people: set[str]) -> None:
    assert allowed(network, may_post_remark, position_in(state, network.author)) == people


@pytest.mark.parametrize(
    ("state", "people"),
    [
        (PositionState.DRAFTED, set()),
        (PositionState.OPENED, {"author", "colleague"}),
        (PositionState.DELIVERED, set()),
    ],
)
def test_only_a_representative_cosigns_and_only_for_the_own_organisation(
    network: Any, state: PositionState, people: set[str]
) -> None:
    position = position_in(state, network.author)
    assert allowed(network, may_cosign_position, position, network.organisation) == people


def test_nobody_cosigns_for_no_organisation(network: Any) -> None:
    position = position_in(PositionState.OPENED, network.author)
    assert allowed(network, may_cosign_position, position, None) == set()


@pytest.mark.parametrize(("late", "verdict"), [(timedelta(0), True), (timedelta(microseconds=1), False)])
def test_the_last_moment_of_the_deadline_is_in_time(
    network: Any, stopped_clock: Any, late: timedelta, verdict: bool
) -> None:
    position = position_in(PositionState.OPENED, network.author)
    stopped_clock(version_of(position).cosigning_until + late)
    assert bool(may_cosign_position(network.author, position, network.organisation)) is verdict


@pytest.mark.parametrize("state", [state for state in OrganisationState if state != OrganisationState.ADMITTED])
def test_an_organisation_outside_the_network_does_not_cosign(network: Any, state: OrganisationState) -> None:
    position = position_in(PositionState.OPENED, network.author)
    network.organisation.state = state
    assert allowed(network, may_cosign_position, position, network.organisation) == set()


def test_an_ended_membership_does_not_cosign(network: Any) -> None:
    position = position_in(PositionState.OPENED, network.author)
    [membership] = network.colleague.memberships
    membership.state = MembershipState.ENDED
    session.flush()
    session.expire(network.colleague, ["memberships"])
    assert allowed(network, may_cosign_position, position, network.organisation) == {"author"}


def test_a_position_that_says_too_little_is_not_opened(network: Any) -> None:
    position = position_in(PositionState.DRAFTED, network.author)
    position.addressees = []
    assert not may_open_position(network.author, position)
    position.addressees = [position.consultation.body]
    position.points[0].demanded = " "
    assert "1" in str(may_open_position(network.author, position).reason)
    position.points = []
    assert not may_open_position(network.author, position)


@pytest.mark.parametrize(("days", "verdict"), [(-1, False), (0, True), (20, True), (21, False)])
def test_cosigning_lasts_from_today_to_the_official_deadline_at_most(network: Any, days: int, verdict: bool) -> None:
    position = position_in(PositionState.DRAFTED, network.author)
    assert bool(day_for_cosigning(position, clock.today() + timedelta(days=days))) is verdict


def test_a_signature_is_withdrawn_by_any_representative_of_its_organisation(network: Any) -> None:
    position = position_in(PositionState.OPENED, network.author)
    cosignature = sign(position, network.author, network.organisation)
    assert allowed(network, may_withdraw_cosignature, cosignature) == {"author", "colleague"}


def test_a_signature_can_be_withdrawn_after_the_deadline_until_the_delivery(network: Any, stopped_clock: Any) -> None:
    position = position_in(PositionState.OPENED, network.author)
    cosignature = sign(position, network.author, network.organisation)
    stopped_clock(version_of(position).cosigning_until + timedelta(days=1))
    assert allowed(network, may_withdraw_cosignature, cosignature) == {"author", "colleague"}
    position.state = PositionState.DELIVERED
    assert allowed(network, may_withdraw_cosignature, cosignature) == set()


def test_a_refusal_says_whether_signing_in_would_help(network: Any) -> None:
    position = position_in(PositionState.OPENED, network.author)
    organisation = organisation_of(network.outsider)
    verdicts = {
        person: may_cosign_position(getattr(network, person), position, organisation).sign_in_helps
        for person in ("visitor", "registered", "contributor", "author")
    }
    assert verdicts == {"visitor": True, "registered": False, "contributor": False, "author": False}
