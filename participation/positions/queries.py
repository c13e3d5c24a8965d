"""Finding positions, signatures under them, and what they could be drafted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from participation.accounts.models import User, Viewer
from participation.comments.models import Comment
from participation.consultations.models import Provision
from participation.foundation import clock, region
from participation.foundation.collation import collation_key
from participation.foundation.database import NotFound, session
from participation.foundation.installation import Area
from participation.foundation.language import _
from participation.foundation.paging import Page, page_of
from participation.foundation.tasks import Task
from participation.organisations.models import (
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
    OrganisationState,
)

from .models import Cosignature, CosignatureState, Point, Position, PositionState, PositionVersion, Remark
from .rules import may_see_position, sees_drafts

SOON = timedelta(days=7)
NOW = timedelta(days=2)


def position_by_slug(slug: str, viewer: Viewer) -> Position:
    """The position with all that its page says; NotFound also when it is not the viewer's to see."""
    position = session.scalar(
        select(Position)
        .where(Position.slug == slug)
        .options(
            joinedload(Position.consultation),
            joinedload(Position.created_by),
            selectinload(Position.addressees),
            selectinload(Position.versions).options(undefer(PositionVersion.canonical)),
            selectinload(Position.points).selectinload(Point.provisions),
            selectinload(Position.points).selectinload(Point.comments).joinedload(Comment.organisation),
        )
    )
    if position is None or not may_see_position(viewer, position):
        raise NotFound(slug)
    return position


def positions_of(consultation_id: int) -> list[Position]:
    """The positions of a consultation that the public may read, oldest first."""
    found = session.scalars(
        select(Position)
        .where(Position.consultation_id == consultation_id, Position.state != PositionState.DRAFTED)
        .order_by(Position.id)
    )
    return list(found)


def positions_page(viewer: Viewer, number: int) -> Page[Position]:
    """Positions the viewer may see, newest first; each with its consultation loaded."""
    statement = select(Position).options(joinedload(Position.consultation)).order_by(Position.id.desc())
    if not sees_drafts(viewer):
        statement = statement.where(Position.state != PositionState.DRAFTED)
    return page_of(statement, number)


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
            (Cosignature.version_id == PositionVersion.id) & (Cosignature.state == CosignatureState.LIVE),
        )
        .where(PositionVersion.position_id.in_([position.id for position in positions]))
        .group_by(PositionVersion.id)
        .order_by(PositionVersion.number)
    )
    return {position_id: Progress(signed, total, until) for position_id, until, signed, total in rows}


def live_cosignatures(version_id: int) -> list[Cosignature]:
    """Signatures that stand, in the order of the organisations' names."""
    found = session.scalars(
        select(Cosignature)
        .where(Cosignature.version_id == version_id, Cosignature.state == CosignatureState.LIVE)
        .options(joinedload(Cosignature.organisation), joinedload(Cosignature.signer))
    )
    return sorted(found, key=lambda cosignature: collation_key(cosignature.organisation.name))


def withdrawn_cosignatures(version_id: int) -> list[Cosignature]:
    """Signatures that were taken back, oldest first."""
    found = session.scalars(
        select(Cosignature)
        .where(Cosignature.version_id == version_id, Cosignature.state == CosignatureState.WITHDRAWN)
        .options(joinedload(Cosignature.organisation))
        .order_by(Cosignature.withdrawn_at, Cosignature.id)
    )
    return list(found)


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


def cosignature_by_form_key(form_key: str) -> Cosignature | None:
    return session.scalar(select(Cosignature).where(Cosignature.form_key == form_key))


def position_by_form_key(form_key: str) -> Position | None:
    return session.scalar(select(Position).where(Position.form_key == form_key))


def point_by_form_key(form_key: str) -> Point | None:
    return session.scalar(select(Point).where(Point.form_key == form_key))


def remark_by_form_key(form_key: str) -> Remark | None:
    return session.scalar(select(Remark).where(Remark.form_key == form_key))


def is_slug_taken(slug: str) -> bool:
    return session.scalar(select(Position.id).where(Position.slug == slug)) is not None


def remarks_on(position: Position) -> list[Remark]:
    """The discussion, oldest word first."""
    found = session.scalars(
        select(Remark)
        .where(Remark.position_id == position.id)
        .options(joinedload(Remark.author), joinedload(Remark.organisation))
        .order_by(Remark.posted_at, Remark.id)
    )
    return list(found)


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


@dataclass(frozen=True)
class CommentsOnProvision:
    """What members said about one provision; `provision` is None for the whole draft."""

    provision: Provision | None
    comments: list[Comment]


def by_provision(comments: Sequence[Comment]) -> list[CommentsOnProvision]:
    """Comments grouped by what they are about, in the order of the draft; the whole draft comes first.

    A provision keeps its key through the versions of a draft, so comments on an older
    version stand with those on the newest.
    """
    groups: dict[str, list[Comment]] = {}
    for comment in comments:
        groups.setdefault(comment.provision.key if comment.provision else "", []).append(comment)
    made = [CommentsOnProvision(_newest_provision(group), group) for group in groups.values()]
    return sorted(made, key=lambda group: group.provision.position if group.provision else 0)


def _newest_provision(comments: Sequence[Comment]) -> Provision | None:
    provisions = [comment.provision for comment in comments if comment.provision is not None]
    return max(provisions, key=lambda provision: provision.version_id, default=None)


def points_of(position: Position) -> list[Point]:
    """Its points as they are stored at this moment, whatever this session had read before."""
    found = session.scalars(
        select(Point)
        .where(Point.position_id == position.id)
        .order_by(Point.number)
        .execution_options(populate_existing=True)
    )
    return list(found)


def point_of(position: Position, point_id: int) -> Point:
    """The point of this position with this id; raises NotFound."""
    point = next((point for point in position.points if point.id == point_id), None)
    if point is None:
        raise NotFound(str(point_id))
    return point


def version_by_number(position: Position, number: int) -> PositionVersion:
    """The frozen text with this number; raises NotFound."""
    version = next((version for version in position.versions if version.number == number), None)
    if version is None:
        raise NotFound(str(number))
    return version


def version_by_fingerprint(position: Position, sha256: str) -> PositionVersion | None:
    return next((version for version in position.versions if version.sha256 == sha256), None)


@dataclass(frozen=True)
class AreaCoverage:
    """The member organisations of one area of the region: who signed and who did not."""

    area: Area | None  # None: the organisation's municipality lies outside the region
    signed: list[Organisation]
    unsigned: list[Organisation]

    @property
    def total(self) -> int:
        return len(self.signed) + len(self.unsigned)


def coverage(cosignatures: Sequence[Cosignature], members: Sequence[Organisation]) -> list[AreaCoverage]:
    """All members and all signatories by area, in the order of the installation; empty areas are left out."""
    signed = {cosignature.organisation_id: cosignature.organisation for cosignature in cosignatures}
    asked = {organisation.id: organisation for organisation in members} | signed
    everyone = sorted(asked.values(), key=lambda organisation: collation_key(organisation.name))
    areas: list[Area | None] = [*region.current().areas, None]
    made = [
        AreaCoverage(
            area,
            [one for one in everyone if one.id in signed and area_of(one) == area],
            [one for one in everyone if one.id not in signed and area_of(one) == area],
        )
        for area in areas
    ]
    return [part for part in made if part.total]


def area_of(organisation: Organisation) -> Area | None:
    """The area of the region that the organisation belongs to, if its municipality lies in one."""
    try:
        return region.current().area_of(organisation.municipality)
    except KeyError:
        return None


def waiting_for(viewer: Viewer, acting: Membership | None) -> list[Task]:
    """Positions that the organisation of this representative has neither signed nor withdrawn from."""
    if acting is None or not acting.is_live or not acting.is_representative:
        return []
    decided = select(Cosignature.version_id).where(Cosignature.organisation_id == acting.organisation_id)
    versions = session.scalars(
        select(PositionVersion)
        .join(Position, Position.id == PositionVersion.position_id)
        .where(
            Position.state == PositionState.OPENED,
            PositionVersion.cosigning_until >= clock.now(),
            PositionVersion.id.not_in(decided),
        )
        .options(joinedload(PositionVersion.position))
        .order_by(PositionVersion.cosigning_until, PositionVersion.id)
    )
    return [_task(version, acting.organisation) for version in versions]


def _task(version: PositionVersion, organisation: Organisation) -> Task:
    left = version.cosigning_until - clock.now()
    return Task(
        title=version.position.title,
        why=_("Waits for the decision of %(organisation)s: co-sign it or leave it.", organisation=organisation.name),
        endpoint="positions.cosign",
        values={"slug": version.position.slug},
        due_on=clock.local(version.cosigning_until).date(),
        urgency=2 if left <= NOW else 1 if left <= SOON else 0,
    )
