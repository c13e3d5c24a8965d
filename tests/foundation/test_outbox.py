"""Mail and jobs: written with the act, done once, tried again, and never lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import MORNING
from sqlalchemy import select

from participation.foundation import outbox
from participation.foundation.audit import AuditEntry
from participation.foundation.database import session
from participation.foundation.outbox import BACK_OFF, LEASE, OutboxItem, State
from participation.web import Application


@pytest.fixture
def notebook(app: Application) -> Iterator[list[int]]:
    """A job of the kind "note" that writes a row; numbers in the list make it fail at that number."""
    failing: list[int] = []

    @outbox.handles("note")
    def note(item: OutboxItem) -> None:
        session.add(
            AuditEntry(at=item.created_at, action="noted", thing="", details={"number": item.payload["number"]})
        )
        session.flush()
        if item.payload["number"] in failing:
            raise RuntimeError("the pen broke")

    yield failing
    del outbox._handlers["note"]


def queue(number: int) -> None:
    outbox.queue("note", f"note-{number}", {"number": number})
    session.commit()


def noted() -> list[int]:
    rows = session.scalars(select(AuditEntry).where(AuditEntry.action == "noted").order_by(AuditEntry.id))
    return [row.details["number"] for row in rows]


def item(key: str = "note-1") -> OutboxItem:
    session.expire_all()
    return session.scalars(select(OutboxItem).where(OutboxItem.key == key)).one()


def test_what_was_queued_is_done_once_and_in_order(notebook: list[int]) -> None:
    queue(1)
    queue(2)
    while outbox.work_once():
        pass
    assert noted() == [1, 2]
    assert item().state == State.DONE


def test_nothing_is_queued_when_the_act_is_undone(notebook: list[int]) -> None:
    outbox.queue("note", "note-1", {"number": 1})
    session.rollback()
    assert outbox.work_once() is False


def test_the_same_fact_is_queued_once(notebook: list[int]) -> None:
    queue(1)
    queue(1)
    while outbox.work_once():
        pass
    assert noted() == [1]


def test_a_job_that_fails_leaves_nothing_and_is_tried_again_later(notebook: list[int], stopped_clock: Any) -> None:
    notebook.append(1)
    queue(1)
    assert outbox.work_once() is True
    assert noted() == []
    assert item().due_at == MORNING + BACK_OFF[0]
    assert outbox.work_once() is False
    stopped_clock(MORNING + BACK_OFF[0])
    notebook.clear()
    assert outbox.work_once() is True
    assert noted() == [1]


def test_after_its_last_try_a_job_is_a_dead_letter_that_can_be_revived(
    notebook: list[int], stopped_clock: Any
) -> None:
    notebook.append(1)
    queue(1)
    moment = MORNING
    for pause in (timedelta(), *BACK_OFF):
        moment += pause
        stopped_clock(moment)
        assert outbox.work_once() is True
    assert item().state == State.DEAD
    assert item().last_error == "RuntimeError: the pen broke"
    stopped_clock(moment + timedelta(days=9))
    assert outbox.work_once() is False
    notebook.clear()
    outbox.retry(item())
    session.commit()
    assert outbox.work_once() is True
    assert noted() == [1]


def test_what_a_dead_worker_held_is_done_by_the_next_after_the_lease(notebook: list[int], stopped_clock: Any) -> None:
    queue(1)
    assert outbox.claim() is not None
    assert outbox.work_once() is False
    stopped_clock(MORNING + LEASE + timedelta(seconds=1))
    assert outbox.work_once() is True
    assert noted() == [1]


def test_what_ends_every_worker_is_given_up_and_holds_up_nothing(notebook: list[int], stopped_clock: Any) -> None:
    queue(1)
    moment = MORNING
    for _death in (timedelta(), *BACK_OFF):
        assert outbox.claim() is not None
        moment += LEASE + timedelta(seconds=1)
        stopped_clock(moment)
    queue(2)
    assert outbox.work_once() is True
    assert noted() == [2]
    assert outbox.work_once() is False
    given_up = session.scalars(select(OutboxItem).order_by(OutboxItem.id)).first()
    assert given_up is not None
    assert (given_up.state, given_up.last_error, given_up.lease) == (State.DEAD, outbox.WORKER_ENDED, None)


def test_a_worker_that_was_too_slow_loses_its_claim_and_changes_nothing(
    notebook: list[int], stopped_clock: Any
) -> None:
    queue(1)
    slow = outbox.claim()
    assert slow is not None
    stopped_clock(MORNING + LEASE + timedelta(seconds=1))
    assert outbox.work_once() is True
    with pytest.raises(outbox.LeaseLost):
        outbox._do(*slow)
    session.rollback()
    assert noted() == [1]


def test_items_are_queued_with_the_moment_of_the_act(notebook: list[int], stopped_clock: Any) -> None:
    queue(1)
    assert item().created_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
