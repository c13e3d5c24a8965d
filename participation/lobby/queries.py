"""What the front page and the desk show of all rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from participation.accounts import queries as accounts
from participation.comments import queries as comments
from participation.comments.models import Comment, CommentState
from participation.consultations import queries as consultations
from participation.consultations.models import Consultation, ConsultationState
from participation.foundation import clock
from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem, State
from participation.foundation.paging import Page, page_of
from participation.foundation.tasks import Task, When
from participation.organisations import queries as organisations
from participation.positions import queries as positions
from participation.positions.models import Cosignature, CosignatureState, Position, PositionState, PositionVersion
from participation.submissions import queries as submissions
from participation.submissions.models import Submission, SubmissionState
from participation.submissions.queries.tallies import Tally, tallies_of_submissions
from participation.unfinished import queries as unfinished

SHOWN = 5
LATEST = 3


@dataclass(frozen=True)
class FrontPage:
    open_now: list[Consultation]
    more_are_open: bool
    announced: list[Consultation]
    comments: dict[int, int]  # by the number of the consultation; without replies
    positions: list[tuple[Position, int]]  # with the number of organisations that signed
    submissions: list[Submission]
    tallies: dict[int, Tally]  # by the number of the submission
    members: dict[str, int]  # by the code of the municipality

    @property
    def member_organisations(self) -> int:
        return sum(self.members.values())

    @property
    def is_new(self) -> bool:
        """Nothing has been put before the network yet."""
        return not (self.open_now or self.announced or self.positions or self.submissions)


def front_page() -> FrontPage:
    """What is open now and until when, the latest positions, what came of the latest submissions; 9 statements."""
    day = clock.today()
    open_now = _current(Consultation.opens_on <= day, Consultation.internal_deadline_on)
    submissions = _latest_submissions()
    return FrontPage(
        open_now=open_now[:SHOWN],
        more_are_open=len(open_now) > SHOWN,
        announced=_current(Consultation.opens_on > day, Consultation.opens_on)[:LATEST],
        comments=consultations.comment_counts(open_now),
        positions=_latest_positions(),
        submissions=submissions,
        tallies=tallies_of_submissions([submission.id for submission in submissions]),
        members=organisations.members_by_municipality(),
    )


def _current(condition: Any, first: Any) -> list[Consultation]:
    """Published ones whose comments have not closed yet, in the order of a day; one more than is shown."""
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
            .limit(SHOWN + 1)
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
        .limit(LATEST)
    )
    return [(position, number) for position, number in rows]


def _latest_submissions() -> list[Submission]:
    return list(
        session.scalars(
            select(Submission)
            .where(Submission.state == SubmissionState.SENT)
            .options(selectinload(Submission.addressees))
            .order_by(Submission.sent_on.desc(), Submission.id.desc())
            .limit(LATEST)
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


def tasks_of(viewer: Any, acting: Any) -> list[Task]:
    """What waits for a person in all rooms, what ends first before the rest."""
    found: list[Task] = [
        task
        for room in (accounts, unfinished, organisations, consultations, comments, positions, submissions)
        for task in room.waiting_for(viewer, acting)
    ]
    far = clock.today().replace(year=9999)
    order = list(When)
    return sorted(found, key=lambda task: (order.index(task.when), task.due_on or far, -task.urgency, task.title))


@dataclass(frozen=True)
class OpenDraft:
    """A consultation that is open now, and how often one's own organisation spoke."""

    consultation: Consultation
    own_comments: int


def open_to_comment(acting: Any) -> list[OpenDraft]:
    """What can be commented on now, the nearest deadline first. Two statements."""
    day = clock.today()
    found = _current(Consultation.opens_on <= day, Consultation.internal_deadline_on)[:SHOWN]
    own = _own_comments(found, acting.organisation_id) if acting else {}
    return [OpenDraft(consultation, own.get(consultation.id, 0)) for consultation in found]


def _own_comments(found: list[Consultation], organisation_id: int) -> dict[int, int]:
    rows = session.execute(
        select(Comment.consultation_id, func.count())
        .where(
            Comment.consultation_id.in_([consultation.id for consultation in found]),
            Comment.organisation_id == organisation_id,
            Comment.state == CommentState.VISIBLE,
        )
        .group_by(Comment.consultation_id)
    )
    return {consultation_id: number for consultation_id, number in rows}
