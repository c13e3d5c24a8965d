"""Signatures, and the mandates behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.collation import collation_key
from participation.foundation.database import session
from participation.ledger.models import LedgerEntry
from participation.organisations.models import (
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
    OrganisationState,
)

from ..models import SIGNING, Cosignature, CosignatureState, Position, PositionState, PositionVersion


def live_cosignatures(version_id: int) -> list[Cosignature]:
    """What organisations decided and stands, in the order of their names: signatures, and the stances apart."""
    found = session.scalars(
        select(Cosignature)
        .where(Cosignature.version_id == version_id, Cosignature.state == CosignatureState.LIVE)
        .options(joinedload(Cosignature.organisation), joinedload(Cosignature.signer))
    )
    return sorted(found, key=lambda cosignature: collation_key(cosignature.organisation.name))


def recorded_signatures(version_id: int) -> set[int]:
    """The numbers in the ledger of the signatures that stand under this text."""
    found = session.scalars(
        select(Cosignature.seq).where(
            Cosignature.version_id == version_id,
            Cosignature.state == CosignatureState.LIVE,
            Cosignature.seq.is_not(None),
        )
    )
    return {seq for seq in found if seq is not None}


def signatures_recorded_between(first: int, end: int) -> list[tuple[Cosignature, LedgerEntry]]:
    """The signatures whose records stand in the ledger from `first` up to but without `end`."""
    rows = session.execute(
        select(Cosignature, LedgerEntry)
        .join(LedgerEntry, LedgerEntry.seq == Cosignature.seq)
        .where(Cosignature.seq >= first, Cosignature.seq < end)
        .options(joinedload(Cosignature.signer), joinedload(Cosignature.organisation))
        .options(joinedload(Cosignature.version).joinedload(PositionVersion.position))
        .order_by(Cosignature.seq)
    )
    return [(cosignature, entry) for cosignature, entry in rows]


def undelivered_decisions_of(organisation: Organisation) -> list[Cosignature]:
    """What the organisation decided about texts that have not been sent, and stands."""
    found = session.scalars(
        select(Cosignature)
        .join(PositionVersion, PositionVersion.id == Cosignature.version_id)
        .join(Position, Position.id == PositionVersion.position_id)
        .where(
            Cosignature.organisation_id == organisation.id,
            Cosignature.state == CosignatureState.LIVE,
            Position.state != PositionState.DELIVERED,
        )
        .options(joinedload(Cosignature.version))
        .order_by(Cosignature.id)
    )
    return list(found)


def decisions_about(version_id: int) -> tuple[list[Cosignature], list[Cosignature]]:
    """What stands, in the order of names, as `live_cosignatures` gives it; and what was taken back, oldest first."""
    found = session.scalars(
        select(Cosignature)
        .where(
            Cosignature.version_id == version_id,
            Cosignature.state.in_((CosignatureState.LIVE, CosignatureState.WITHDRAWN)),
        )
        .options(joinedload(Cosignature.organisation), joinedload(Cosignature.signer))
        .order_by(Cosignature.withdrawn_at, Cosignature.id)
    ).all()
    live = [one for one in found if one.state == CosignatureState.LIVE]
    withdrawn = [one for one in found if one.state == CosignatureState.WITHDRAWN]
    return sorted(live, key=lambda cosignature: collation_key(cosignature.organisation.name)), withdrawn


def live_cosignature_of(version: PositionVersion | None, organisation: Organisation | None) -> Cosignature | None:
    """The signature of this organisation that stands under this text."""
    if version is None or organisation is None:
        return None
    return session.scalar(
        select(Cosignature)
        .where(
            Cosignature.version_id == version.id,
            Cosignature.organisation_id == organisation.id,
            Cosignature.state == CosignatureState.LIVE,
        )
        .options(joinedload(Cosignature.signer), joinedload(Cosignature.organisation))
    )


def cosignatures_before(
    version: PositionVersion, organisation: Organisation, form_key: str
) -> tuple[Cosignature | None, Cosignature | None]:
    """The signature of this organisation that stands under this text, and the one that was given with this form."""
    stands = and_(
        Cosignature.version_id == version.id,
        Cosignature.organisation_id == organisation.id,
        Cosignature.state == CosignatureState.LIVE,
    )
    found = session.scalars(
        select(Cosignature)
        .where(or_(stands, Cosignature.form_key == form_key))
        .options(joinedload(Cosignature.signer), joinedload(Cosignature.organisation))
    ).all()
    standing = (
        one
        for one in found
        if one.state == CosignatureState.LIVE
        and (one.version_id, one.organisation_id) == (version.id, organisation.id)
    )
    return next(standing, None), next((one for one in found if one.form_key == form_key), None)


def live_mandate(actor: User, organisation: Organisation) -> Membership | None:
    """The person's place as representative at this very moment, read anew and kept from ending meanwhile."""
    return session.scalar(
        select(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.user_id == actor.id,
            Membership.organisation_id == organisation.id,
            Membership.state == MembershipState.LIVE,
            Membership.role == MembershipRole.REPRESENTATIVE,
            Organisation.state == OrganisationState.ADMITTED,
        )
        .with_for_update(read=True, of=Membership)
        .execution_options(populate_existing=True)
    )


def representatives(organisation: Organisation | None = None) -> list[User]:
    """People with the mandate of this member organisation, or of any; each person once."""
    statement = (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.state == MembershipState.LIVE,
            Membership.role == MembershipRole.REPRESENTATIVE,
            Organisation.state == OrganisationState.ADMITTED,
            User.active.is_(True),
        )
        .order_by(User.id)
        .distinct()
    )
    if organisation is not None:
        statement = statement.where(Organisation.id == organisation.id)
    return list(session.scalars(statement))


def people_with_mandates() -> list[tuple[User, int]]:
    """Each person with the mandate of a member organisation, and the number of that organisation.

    A person with several mandates is there once for each; one mail is sent to the same address about the same.
    """
    rows = session.execute(
        select(User, Membership.organisation_id)
        .join(Membership, Membership.user_id == User.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.state == MembershipState.LIVE,
            Membership.role == MembershipRole.REPRESENTATIVE,
            Organisation.state == OrganisationState.ADMITTED,
            User.active.is_(True),
        )
        .order_by(User.id, Membership.organisation_id)
    )
    return [(person, number) for person, number in rows]


def lapsed_cosignature_of(version: PositionVersion, organisation: Organisation) -> Cosignature | None:
    """What the organisation decided last about an earlier version, and what lapsed with it."""
    return session.scalar(
        select(Cosignature)
        .join(PositionVersion, PositionVersion.id == Cosignature.version_id)
        .where(
            PositionVersion.position_id == version.position_id,
            PositionVersion.number < version.number,
            Cosignature.organisation_id == organisation.id,
            Cosignature.state == CosignatureState.LAPSED,
        )
        .options(joinedload(Cosignature.version).undefer(PositionVersion.canonical))
        .order_by(PositionVersion.number.desc(), Cosignature.id.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class Progress:
    """How far co-signing of a position has come."""

    signed: int
    members: int
    cosigning_until: datetime

    @property
    def is_open(self) -> bool:
        return clock.now() <= self.cosigning_until

    @property
    def last_day(self) -> date:
        return clock.local(self.cosigning_until).date()


def progress_of(positions: Sequence[Position]) -> dict[int, Progress]:
    """By the number of the position; positions that were never opened are left out. One statement."""
    members = select(func.count(Organisation.id)).where(Organisation.state == OrganisationState.ADMITTED)
    rows = session.execute(
        select(
            PositionVersion.position_id,
            PositionVersion.cosigning_until,
            func.count(Cosignature.id),
            members.scalar_subquery(),
        )
        .outerjoin(
            Cosignature,
            (Cosignature.version_id == PositionVersion.id)
            & (Cosignature.state == CosignatureState.LIVE)
            & Cosignature.stance.in_(SIGNING),
        )
        .where(PositionVersion.position_id.in_([position.id for position in positions]))
        .group_by(PositionVersion.id)
        .order_by(PositionVersion.number)
    )
    return {position_id: Progress(signed, total, until) for position_id, until, signed, total in rows}


def is_newest_version() -> ColumnElement[bool]:
    """No later version of the same position was opened."""
    later = aliased(PositionVersion)
    return ~exists().where(later.position_id == PositionVersion.position_id, later.number > PositionVersion.number)
