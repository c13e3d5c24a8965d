"""Positions that are open for co-signing, and signatures under them, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories import PositionFactory, representative

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import new_key, session
from participation.organisations.models import Organisation
from participation.positions.models import (
    Cosignature,
    Decision,
    Position,
    PositionVersion,
    canonical_bytes,
    fingerprint,
)
from participation.positions.operations import cosign_position, open_position


def drafted_position(**values: Any) -> Position:
    """A draft that could be opened as it is, by the representative who began it."""
    if "created_by" not in values:
        values["created_by"] = representative()
    position = PositionFactory(**values)
    position.addressees.append(position.consultation.body)
    session.flush()
    return position


def fingerprint_of(position: Position) -> str:
    """What a person sees who reads the draft before opening it."""
    return fingerprint(canonical_bytes(position, 1))


def opened_position(days: int = 7, **values: Any) -> Position:
    """Open for signatures until the end of the day so many days from now."""
    position = drafted_position(**values)
    open_position(
        position.created_by,
        position,
        until=clock.today() + timedelta(days=days),
        sha256_seen=fingerprint_of(position),
    )
    session.flush()
    return position


def version_of(position: Position) -> PositionVersion:
    assert position.frozen is not None
    return position.frozen


def sign(position: Position, person: User, organisation: Organisation, **values: Any) -> Cosignature:
    version = version_of(position)
    decision = values.pop("decision", None) or Decision(statement=values.pop("statement", ""))
    chosen = {"sha256_seen": version.sha256, "form_key": new_key()} | values
    return cosign_position(person, version, organisation, decision=decision, **chosen)


def organisation_of(person: User) -> Organisation:
    """The one organisation of a person who has one."""
    [membership] = person.memberships
    return membership.organisation
