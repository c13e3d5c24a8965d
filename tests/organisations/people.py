"""The persons of this room's tables, each made anew around one organisation."""

from __future__ import annotations

from typing import Any

from factories import (
    UserFactory,
    administrator,
    contributor,
    coordinator,
    council_representative,
    representative,
)

from participation.accounts.models import Operator, Visitor
from participation.organisations.models import Organisation

PERSONS = (
    "visitor",
    "registered",
    "contributor",
    "representative",
    "outsider",
    "council",
    "coordinator",
    "administrator",
    "operator",
)


def person(name: str, organisation: Organisation) -> Any:
    """One of PERSONS; contributor and representative belong to this organisation, outsider to another."""
    makers = {
        "visitor": Visitor,
        "registered": UserFactory,
        "contributor": lambda: contributor(organisation),
        "representative": lambda: representative(organisation),
        "outsider": representative,
        "council": council_representative,
        "coordinator": coordinator,
        "administrator": administrator,
        "operator": Operator,
    }
    return makers[name]()
