"""Who may do what with accounts: act by person."""

from __future__ import annotations

from typing import Any

import pytest
from factories import UserFactory, administrator, contributor, coordinator, council_representative

from participation.accounts import rules
from participation.accounts.models import Operator, Visitor
from participation.foundation import clock

PEOPLE = {
    "visitor": Visitor,
    "registered": UserFactory,
    "contributor": contributor,
    "council": council_representative,
    "coordinator": coordinator,
    "administrator": administrator,
    "operator": Operator,
}
TABLE = {
    #                    visitor registered contributor council coordinator administrator operator
    "may_see_profile": (False, True, True, True, True, True, True),
    "may_open_account": (False, False, False, False, False, True, True),
    "may_grant_role": (False, False, False, False, False, True, True),
    "may_close_account": (False, False, False, False, False, True, True),
    "may_drop_second_step": (False, False, False, False, False, True, True),
    "may_end_sign_in": (False, True, True, True, True, True, True),
}


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("rule", TABLE)
def test_rule_answers_each_person(rule: str) -> None:
    answers = {name: bool(getattr(rules, rule)(make())) for name, make in PEOPLE.items()}
    assert answers == dict(zip(PEOPLE, TABLE[rule], strict=True))


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("rule", TABLE)
def test_refusal_has_a_reason(rule: str) -> None:
    for make in PEOPLE.values():
        verdict = getattr(rules, rule)(make())
        assert verdict or str(verdict.reason)


@pytest.mark.usefixtures("app")
def test_nobody_in_particular_may_open_no_account() -> None:
    assert not rules.may_open_account(None)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("make", PEOPLE.values(), ids=PEOPLE)
def test_profile_of_another_is_changed_by_nobody(make: Any) -> None:
    assert not rules.may_change_profile(make(), UserFactory())


@pytest.mark.usefixtures("app")
def test_own_profile_is_changed() -> None:
    ana = UserFactory()
    assert rules.may_change_profile(ana, ana)


@pytest.mark.usefixtures("app")
def test_only_a_confirmed_person_is_welcomed() -> None:
    assert rules.may_welcome_user(UserFactory(confirmed_at=clock.now()))
    assert not rules.may_welcome_user(UserFactory(confirmed_at=None))
