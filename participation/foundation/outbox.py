"""Mail and jobs: written in the transaction of the act, done after it by a worker.

A worker claims an item with a lease and does it in a transaction of its own, in which
the item is marked done as well. If the worker dies, the lease runs out and the next one
does the item again from the start; whatever the first had not committed is gone, so the
effect in the database happens once. If a worker is only slow, its claim is void when the
lease has run out, and its transaction is rolled back. A mail that was handed to the mail
server just before a death can leave twice, with the same Message-ID.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .database import Model, choice, session

LEASE = timedelta(minutes=5)
# The pause before each further try; after the last an item is a dead letter.
BACK_OFF = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)

WORKER_ENDED = "WorkerEnded: each worker that tried it ended before it was done."

log = logging.getLogger(__name__)


class State(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class OutboxItem(Model):
    """Something to be done once: `key` keeps the same fact from being queued twice."""

    __tablename__ = "outbox_items"
    __table_args__ = (Index("ix_outbox_items_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    payload: Mapped[dict[str, Any]]
    state: Mapped[State] = mapped_column(choice(State, 10), default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    lease: Mapped[str | None] = mapped_column(String(32))
    done_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")


Handler = Callable[[OutboxItem], None]
_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Make a function the one that does items of this kind."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def queue(kind: str, key: str, payload: dict[str, Any], *, due_at: datetime | None = None) -> None:
    """Have something done after this transaction; a key that is known already changes nothing.

    `payload` is JSON: numbers of things, not the things, for they may have changed by then.
    It is done as soon as a worker is free, or not before `due_at`.
    """
    if session.scalar(select(OutboxItem.id).where(OutboxItem.key == key)) is not None:
        return
    moment = clock.now()
    session.add(OutboxItem(kind=kind, key=key, payload=payload, created_at=moment, due_at=due_at or moment))


class Hopeless(Exception):
    """A handler says that trying again cannot help: the item is a dead letter at once."""


class LeaseLost(Exception):
    """The lease ran out meanwhile and the item belongs to another worker now."""


def claim() -> tuple[int, str] | None:
    """Take the item that has been due longest: its number and the lease, or None. Commits."""
    moment = clock.now()
    due = (
        select(OutboxItem.id)
        .where(
            OutboxItem.state == State.WAITING,
            OutboxItem.due_at <= moment,
            (OutboxItem.leased_until.is_(None)) | (OutboxItem.leased_until < moment),
        )
        .order_by(OutboxItem.due_at, OutboxItem.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    item_id = session.scalar(due)
    while item_id is not None and _is_deadly(item_id):
        item_id = session.scalar(due)
    if item_id is None:
        session.rollback()
        return None
    lease = uuid.uuid4().hex
    session.execute(
        update(OutboxItem)
        .where(OutboxItem.id == item_id)
        .values(lease=lease, leased_until=moment + LEASE, attempts=OutboxItem.attempts + 1)
    )
    session.commit()
    return item_id, lease


def _is_deadly(item_id: int) -> bool:
    """No worker came back from the last try of this item: it is given up, or it would end one after the other."""
    item = session.get_one(OutboxItem, item_id, populate_existing=True)
    if item.attempts <= len(BACK_OFF):
        return False
    item.state, item.lease, item.leased_until = State.DEAD, None, None
    item.last_error = WORKER_ENDED
    log.error("outbox item %s was given up: no worker came back from it", item_id)
    session.commit()
    return True


def work_once() -> bool:
    """Do one item that is due; False when there was none. Commits or rolls back by itself."""
    claimed = claim()
    if claimed is None:
        return False
    item_id, lease = claimed
    try:
        _do(item_id, lease)
    except LeaseLost:
        session.rollback()
        log.warning("outbox item %s was taken over by another worker", item_id)
    except Exception as error:
        session.rollback()
        log.exception("outbox item %s failed", item_id)
        _put_back(item_id, lease, error)
    return True


def _do(item_id: int, lease: str) -> None:
    item = session.get(OutboxItem, item_id)
    if item is None or item.lease != lease:
        raise LeaseLost
    _handlers[item.kind](item)
    done = session.execute(
        update(OutboxItem)
        .where(OutboxItem.id == item_id, OutboxItem.lease == lease, OutboxItem.state == State.WAITING)
        .values(state=State.DONE, done_at=clock.now(), lease=None, leased_until=None, last_error="")
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise LeaseLost
    session.commit()


def _put_back(item_id: int, lease: str, error: Exception) -> None:
    item = session.get(OutboxItem, item_id)
    if item is None or item.lease != lease:
        session.rollback()
        return
    item.lease, item.leased_until = None, None
    item.last_error = f"{type(error).__name__}: {error}"[:2000]
    if item.attempts > len(BACK_OFF) or isinstance(error, Hopeless):
        item.state = State.DEAD
    else:
        item.due_at = clock.now() + BACK_OFF[item.attempts - 1]
    session.commit()


def retry(item: OutboxItem) -> None:
    """Give a dead letter a new row of tries."""
    item.state, item.attempts, item.due_at = State.WAITING, 0, clock.now()
    item.lease, item.leased_until = None, None
