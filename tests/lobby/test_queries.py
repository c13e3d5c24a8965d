"""What the front page and the desk gather from the rooms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from factories import ConsultationFactory, OrganisationFactory, contributor, coordinator, representative

from participation.lobby.queries import front_page, tasks_of
from participation.organisations.models import OrganisationState

pytestmark = pytest.mark.usefixtures("app")


def consultation(opens_on: date, closes_on: date, **values: Any) -> Any:
    return ConsultationFactory(
        opens_on=opens_on,
        internal_deadline_on=closes_on,
        cosigning_from_on=None,
        official_deadline_on=None,
        **values,
    )


def tasks(person: Any) -> list[tuple[str, int]]:
    acting = next(iter(person.memberships), None)
    return [(task.endpoint, task.urgency) for task in tasks_of(person, acting)]


def test_a_representative_is_advised_to_take_a_second_step() -> None:
    assert tasks(representative()) == [("security.two_factor_setup", 0)]


def test_nothing_waits_for_a_contributor_of_a_quiet_network() -> None:
    assert tasks(contributor()) == []


def test_what_is_urgent_stands_first(stopped_clock: Any) -> None:
    consultation(date(2026, 11, 1), date(2026, 11, 23), title="Danes")
    consultation(date(2026, 11, 1), date(2026, 12, 31), title="Pozneje")
    assert tasks(representative()) == [("consultations.show", 2), ("security.two_factor_setup", 0)]


def test_an_application_waits_for_the_office_alone() -> None:
    OrganisationFactory(state=OrganisationState.APPLIED, applicant=contributor())
    assert ("organisations_desk.application", 1) in tasks(coordinator())
    assert tasks(contributor()) == []


def test_the_front_page_shows_what_is_open_and_what_is_announced(stopped_clock: Any) -> None:
    open_now = consultation(date(2026, 11, 1), date(2026, 11, 23))
    consultation(date(2026, 11, 1), date(2026, 11, 22))
    announced = consultation(date(2026, 11, 24), date(2026, 12, 24))
    page = front_page()
    assert (page.open_now, page.announced) == ([open_now], [announced])


def test_many_open_consultations_do_not_hide_what_is_announced(stopped_clock: Any) -> None:
    for _number in range(30):
        consultation(date(2026, 11, 1), date(2026, 11, 30))
    announced = consultation(date(2026, 12, 1), date(2026, 12, 24))
    assert front_page().announced == [announced]


@pytest.mark.parametrize("number", [1, 30])
def test_the_front_page_stays_within_its_statements(number: int, count_queries: Any) -> None:
    for _number in range(number):
        ConsultationFactory()
    with count_queries() as queries:
        front_page()
    assert len([query for query in queries if not query.startswith("BEGIN")]) <= 9
