"""What this room does when a person has registered."""

from __future__ import annotations

from typing import Any

from participation.accounts.events import user_registered
from participation.accounts.models import User

from . import operations, queries
from .rules import may_request_membership


@user_registered.connect
def ask_for_the_chosen_organisation(sender: Any, *, user: User, organisation_id: int | None, **_values: Any) -> None:
    """Ask its representatives for a place; an organisation that has left meanwhile changes nothing."""
    if organisation_id is None:
        return
    organisation = queries.find_organisation(organisation_id)
    if organisation is not None and may_request_membership(user, organisation):
        operations.request_membership(user, organisation)
