"""What the front page and the desk show of all rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from participation.accounts import queries as accounts
from participation.comments import queries as comments
from participation.consultations import queries as consultations
from participation.consultations.models import Consultation, ConsultationState
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem, State
from participation.foundation.paging import Page, page_of
from participation.organisations import queries as organisations
from participation.organisations.models import Organisation, OrganisationState
from participation.positions import queries as positions
from participation.positions.models import Cosignature, CosignatureState, Position, PositionState, PositionVersion
from participation.submissions import queries as submissions
from participation.submissions.models import Submission, SubmissionState
from participation.unfinished import queries as unfinished

SHOWN = 5


@dataclass(frozen=True)
class FrontPage:
    open_now: list[Consultation]
    announced: list[Consultation]
    positions: list[tuple[Position, int]]  # with the number of organisations that signed
    submissions: list[Submission]
    member_organisations: int


def front_page() -> FrontPage:
    """What is open now and until when, the latest positions, the latest submissions; 7 statements."""
    day = clock.today()
    return FrontPage(
        open_now=_current(Consultation.opens_on <= day, Consultation.internal_deadline_on),
        announced=_current(Consultation.opens_on > day, Consultation.opens_on),
        positions=_latest_positions(),
        submissions=_latest_submissions(),
        member_organisations=session.scalar(
            select(func.count(Organisation.id)).where(Organisation.state == OrganisationState.ADMITTED)
        )
        or 0,
    )


def _current(condition: Any, first: Any) -> list[Consultation]:
    """Published ones whose comments have not closed yet, in the order of a day."""
    return list(
        session.scalars(
            select(Consultation)
            .where(
                Consultation.state == ConsultationState.PUBLISHED,
                Consultation.submitted_on.is_(None),
                Consultation.concluded_on.is_(None),
                Consultation.internal_deadline_on >= clock.today(),
                condition,
            )
            .options(joinedload(Consultation.body))
            .order_by(first, Consultation.id)
            .limit(SHOWN)
        )
    )


def _latest_positions() -> list[tuple[Position, int]]:
    signed = (
        select(PositionVersion.position_id, func.count(Cosignature.id).label("number"))
        .join(Cosignature, Cosignature.version_id == PositionVersion.id)
        .where(Cosignature.state == CosignatureState.LIVE)
        .group_by(PositionVersion.position_id)
        .subquery()
    )
    rows = session.execute(
        select(Position, func.coalesce(signed.c.number, 0))
        .outerjoin(signed, signed.c.position_id == Position.id)
        .where(Position.state != PositionState.DRAFTED)
        .options(joinedload(Position.consultation), selectinload(Position.versions))
        .order_by(Position.id.desc())
        .limit(SHOWN)
    )
    return [(position, number) for position, number in rows]


def _latest_submissions() -> list[Submission]:
    return list(
        session.scalars(
            select(Submission)
            .where(Submission.state == SubmissionState.SENT)
            .options(selectinload(Submission.addressees))
            .order_by(Submission.sent_on.desc(), Submission.id.desc())
            .limit(SHOWN)
        )
    )


def queued_mails(number: int) -> Page[Any]:
    """All mails, newest first."""
    return page_of(select(OutboxItem).where(OutboxItem.kind == "mail").order_by(OutboxItem.id.desc()), number, 30)


def outbox_items_to_mind() -> list[OutboxItem]:
    """Dead letters, and what failed and is tried again."""
    return list(
        session.scalars(
            select(OutboxItem)
            .where(
                (OutboxItem.state == State.DEAD) | ((OutboxItem.state == State.WAITING) & (OutboxItem.attempts > 0))
            )
            .order_by(OutboxItem.id.desc())
            .limit(100)
        )
    )


def outbox_item(item_id: int) -> OutboxItem | None:
    return session.get(OutboxItem, item_id)


def tasks_of(viewer: Any, acting: Any) -> list[Any]:
    """What waits for a person in all rooms, the most urgent first."""
    found = [
        task
        for room in (accounts, unfinished, organisations, consultations, comments, positions, submissions)
        for task in room.waiting_for(viewer, acting)
    ]
    far = clock.today().replace(year=9999)
    return sorted(found, key=lambda task: (-task.urgency, task.due_on or far, task.title))
