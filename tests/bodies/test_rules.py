"""Who keeps the address book."""

from __future__ import annotations

from typing import Any

import pytest
from factories import OrganisationFactory
from organisations.people import PERSONS, person

from participation.bodies import rules

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("rule", [rules.may_add_body, rules.may_edit_body, rules.may_load_bodies])
def test_the_office_and_the_command_line_keep_the_address_book(rule: Any) -> None:
    organisation = OrganisationFactory()
    verdicts = {name: rule(person(name, organisation)) for name in PERSONS}
    assert {name for name, verdict in verdicts.items() if verdict} == {"coordinator", "operator"}
    assert {name for name, verdict in verdicts.items() if verdict.sign_in_helps} == {"visitor"}
