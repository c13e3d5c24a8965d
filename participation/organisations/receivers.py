"""What this room does when a person has registered, and what the ledger is told of mandates."""

from __future__ import annotations

from typing import Any

from participation.accounts.events import user_registered
from participation.accounts.models import User
from participation.ledger.models import Kind
from participation.ledger.operations import append_record
from participation.ledger.queries import last_kind_of

from . import operations, queries
from .events import mandate_changed
from .models import Membership, mandate_thread
from .rules import may_request_membership


@user_registered.connect
def ask_for_the_chosen_organisation(sender: Any, *, user: User, organisation_id: int | None, **_values: Any) -> None:
    """Ask its representatives for a place; an organisation that has left meanwhile changes nothing."""
    if organisation_id is None:
        return
    organisation = queries.find_organisation(organisation_id)
    if organisation is not None and may_request_membership(user, organisation):
        operations.request_membership(user, organisation)


@mandate_changed.connect
def record_mandate(membership: Membership, **_values: Any) -> None:
    """Who may act for an organisation from when to when, and how far that was checked; the person is a commitment."""
    thread = mandate_thread(membership.id)
    holds = membership.is_live and membership.is_representative
    if not holds and last_kind_of(thread) != Kind.MANDATE_GRANTED:
        return
    organisation, person = membership.organisation, membership.user
    facts: dict[str, Any] = {"org": f"o-{organisation.id}", "org_name": organisation.name}
    append_record(
        Kind.MANDATE_GRANTED if holds else Kind.MANDATE_REVOKED,
        thread,
        facts | ({"level": str(membership.mandate_level)} if holds else {}),
        held={"who": {"name": person.name, "email": person.email}},
        whose=person,
    )
