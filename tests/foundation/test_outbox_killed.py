"""A worker that is killed with SIGKILL in the middle of a job: the next one finishes, once in effect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update

from participation.foundation import clock, outbox
from participation.foundation.audit import AuditEntry
from participation.foundation.database import db, session
from participation.foundation.outbox import OutboxItem, State
from participation.web import Application

# A worker of its own process: it says when it stands in the middle of the third job, and waits there.
WORKER = """
import sys, time
from pathlib import Path
from participation import create_app
from participation.foundation import outbox
from participation.foundation.audit import AuditEntry
from participation.foundation.database import session

app = create_app(Path(sys.argv[1]), environment="testing", database=sys.argv[2])

@outbox.handles("note")
def note(item):
    session.add(AuditEntry(at=item.created_at, action="noted", thing="", details=item.payload))
    session.flush()
    if item.payload["number"] == 3:
        print("in the middle", flush=True)
        time.sleep(60)

with app.app_context():
    while outbox.work_once():
        pass
"""


def test_a_killed_worker_leaves_each_job_done_exactly_once(app: Application, tmp_path: Path) -> None:
    for number in range(1, 6):
        outbox.queue("note", f"note-{number}", {"number": number})
    session.commit()
    address = db.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(tmp_path), address],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "in the middle\n"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(10)
    worker.stdout.close()

    assert _noted() == [1, 2]
    _run_out_the_lease()
    _work_here()
    assert _noted() == [1, 2, 3, 4, 5]
    assert set(session.scalars(select(OutboxItem.state))) == {State.DONE}


def _noted() -> list[int]:
    session.rollback()
    # The connection of the killed worker may take a moment to be torn down.
    for _attempt in range(50):
        try:
            rows = session.scalars(select(AuditEntry).where(AuditEntry.action == "noted"))
            return sorted(row.details["number"] for row in rows)
        except Exception:
            session.rollback()
            time.sleep(0.1)
    raise AssertionError("the database stayed locked")


def _run_out_the_lease() -> None:
    session.execute(
        update(OutboxItem)
        .where(OutboxItem.lease.is_not(None))
        .values(leased_until=clock.now() - timedelta(seconds=1))
    )
    session.commit()


def _work_here() -> None:
    @outbox.handles("note")
    def note(item: OutboxItem) -> None:
        session.add(AuditEntry(at=item.created_at, action="noted", thing="", details=item.payload))

    try:
        while outbox.work_once():
            pass
    finally:
        del outbox._handlers["note"]
