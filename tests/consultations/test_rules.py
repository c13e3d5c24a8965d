"""Who may do what, phase by phase and person by person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from factories import (
    ConsultationFactory,
    UserFactory,
    administrator,
    contributor,
    coordinator,
    council_representative,
    representative,
)

from participation.accounts.models import Operator, Visitor
from participation.consultations import rules
from participation.consultations.models import Consultation, ConsultationState, Phase
from participation.foundation import clock

LEADERS = ("coordinator", "council", "operator")
OTHERS = ("visitor", "registered", "contributor", "representative", "administrator")
PEOPLE: dict[str, Any] = {
    "visitor": Visitor,
    "registered": UserFactory,
    "contributor": contributor,
    "representative": representative,
    "administrator": administrator,
    "coordinator": coordinator,
    "council": council_representative,
    "operator": Operator,
}
RUNNING = (Phase.ANNOUNCED, Phase.OPEN, Phase.POSITIONS, Phase.COSIGNING, Phase.SUBMITTED, Phase.ANSWERED)


def consultation_in(phase: Phase) -> Consultation:
    """A consultation that stands in this phase today."""
    day = clock.today()

    def before(days: int) -> Any:
        return day - timedelta(days=days)

    past: dict[str, Any] = {
        "opens_on": before(20),
        "internal_deadline_on": before(10),
        "cosigning_from_on": before(5),
        "official_deadline_on": before(1),
    }
    values: dict[Phase, dict[str, Any]] = {
        Phase.PREPARING: {"state": ConsultationState.PREPARING},
        Phase.ANNOUNCED: {"opens_on": day + timedelta(days=1)},
        Phase.OPEN: {},
        Phase.POSITIONS: past | {"cosigning_from_on": day + timedelta(days=1), "official_deadline_on": None},
        Phase.COSIGNING: past,
        Phase.SUBMITTED: past | {"submitted_on": before(1)},
        Phase.ANSWERED: past | {"submitted_on": before(2), "answered_on": before(1)},
        Phase.CONCLUDED: past | {"concluded_on": day},
    }
    made = ConsultationFactory(**values[phase])
    assert made.phase is phase
    return made


# What a leader may do in which phase; everybody else never may.
ACTS: dict[str, tuple[Any, tuple[Phase, ...]]] = {
    "describe": (rules.may_describe_consultation, (Phase.PREPARING, *RUNNING)),
    "attach": (rules.may_attach_file, (Phase.PREPARING, *RUNNING)),
    "detach": (rules.may_detach_file, (Phase.PREPARING,)),
    "discard": (rules.may_discard_consultation, (Phase.PREPARING,)),
    "publish": (lambda actor, one: rules.may_publish_consultation(actor, one, 2), (Phase.PREPARING,)),
    "extend": (rules.may_extend_deadline, (Phase.ANNOUNCED, Phase.OPEN, Phase.POSITIONS, Phase.COSIGNING)),
    "conclude": (
        rules.may_conclude_consultation,
        (Phase.POSITIONS, Phase.COSIGNING, Phase.SUBMITTED, Phase.ANSWERED),
    ),
    "mend": (lambda actor, one: rules.may_mend_text(actor, one.versions[0], False), (Phase.PREPARING, *RUNNING)),
}


@pytest.mark.parametrize("phase", list(Phase))
def test_acts_fit_the_phase_and_the_person(phase: Phase, app: Any, stopped_clock: Any) -> None:
    consultation = consultation_in(phase)
    people = {name: make() for name, make in PEOPLE.items()}
    got = {
        act: {name for name, person in people.items() if rule(person, consultation)}
        for act, (rule, _phases) in ACTS.items()
    }
    wanted = {act: set(LEADERS) if phase in phases else set() for act, (_rule, phases) in ACTS.items()}
    assert got == wanted


@pytest.mark.parametrize("name", list(PEOPLE))
def test_what_is_prepared_is_seen_only_by_those_who_lead(name: str, app: Any, stopped_clock: Any) -> None:
    person = PEOPLE[name]()
    prepared, public = consultation_in(Phase.PREPARING), consultation_in(Phase.OPEN)
    assert bool(rules.may_see_consultation(person, prepared)) is (name in LEADERS)
    assert bool(rules.may_see_consultation(person, public)) is True
    assert bool(rules.may_upload_draft(person)) is (name in LEADERS)


def test_only_a_visitor_is_helped_by_signing_in(app: Any) -> None:
    assert rules.may_upload_draft(Visitor()).sign_in_helps is True
    assert rules.may_upload_draft(UserFactory()).sign_in_helps is False


def test_an_answered_text_is_not_mended(app: Any, stopped_clock: Any) -> None:
    consultation = consultation_in(Phase.OPEN)
    verdict = rules.may_mend_text(coordinator(), consultation.versions[0], True)
    assert not verdict
    assert str(verdict.reason) == (
        "The text can no longer be mended: comments or positions refer to it. "
        "A correction is a new version of the text."
    )


@pytest.mark.parametrize(
    ("values", "provisions", "reason"),
    [
        ({"title": "  "}, 2, "Give the consultation a title before you publish it."),
        ({}, 0, "The text has no provision that anybody could comment on."),
        (
            {"opens_on": date(2019, 3, 1), "internal_deadline_on": date(2019, 3, 5)},
            2,
            "The deadline for comments has already passed. Choose a later one.",
        ),
    ],
)
def test_publishing_says_what_is_missing(app: Any, values: dict[str, Any], provisions: int, reason: str) -> None:
    consultation = ConsultationFactory(state=ConsultationState.PREPARING, **values)
    verdict = rules.may_publish_consultation(coordinator(), consultation, provisions)
    assert str(verdict.reason) == reason


def test_the_deadline_is_inclusive(app: Any, stopped_clock: Any) -> None:
    consultation = ConsultationFactory(state=ConsultationState.PREPARING, internal_deadline_on=clock.today())
    assert rules.may_publish_consultation(coordinator(), consultation, 1)
    stopped_clock(clock.end_of(clock.today()) + timedelta(microseconds=1))
    assert not rules.may_publish_consultation(coordinator(), consultation, 1)
