"""A worker that is killed at random moments while it makes the documents and the package of a large submission.

The submission is that of bench/package.py. Thirty times a fresh copy of the installation gets a
worker (`flask outbox work --once`), which is killed with SIGKILL, with every program that it had
started, at a moment drawn at random from the time that an undisturbed one works, without most of
its start: half of the times while it makes the documents, half while it makes the package. Then
the lease is set back, as if its five minutes had passed, and the next worker comes. Printed is
what the killed ones had left.

Exit code 1 unless, after every kill, what stands there is whole, and after the next worker every
document is there once, with the bytes of an undisturbed run.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "tests"), str(ROOT / "bench")) if path not in sys.path]

import package  # noqa: E402

KILLS = 30
DATABASE = "soglasje.sqlite3"
WORK = [sys.executable, "-m", "flask", "--app", "app", "outbox", "work", "--once"]
# What the database has of a submission: each document by its format, with the fingerprint of its bytes.
Made = Counter[tuple[str, str]]


def environment(folder: Path) -> dict[str, str]:
    settings = {"SOGLASJE_INSTANCE": str(folder), "SOGLASJE_ENVIRONMENT": "embedded", "SOGLASJE_MAIL_SERVER": ""}
    return os.environ | settings


def prepare(folder: Path, frozen: Path, sent: Path) -> None:
    """Two installations: one with a frozen submission, one where it was sent; the worker has not come yet."""
    from sqlalchemy import delete

    from participation import create_app
    from participation.accounts.models import Operator
    from participation.foundation import clock
    from participation.foundation.database import db, session
    from participation.foundation.mail import KIND
    from participation.foundation.outbox import OutboxItem
    from participation.ledger.operations import sign_checkpoint
    from participation.submissions.models import Channel
    from participation.submissions.operations import send_submission

    app = create_app(folder, environment="embedded", demonstration=False)

    def keep(copy: Path) -> None:
        session.execute(delete(OutboxItem).where(OutboxItem.kind == KIND))
        session.commit()
        session.remove()
        db.engine.dispose()
        shutil.copytree(folder, copy)

    with app.app_context():
        lead, submission = package.fill(app)
        # So that all copies have one key: each worker would else make its own with its first checkpoint.
        sign_checkpoint(Operator())
        lead_id, submission_id = lead.id, submission.id
        keep(frozen)
        subprocess.run(WORK, cwd=ROOT, env=environment(folder), check=True, capture_output=True)
        lead, submission = session.get_one(type(lead), lead_id), session.get_one(type(submission), submission_id)
        send_submission(lead, submission, sent_on=clock.today(), channel=Channel.BY_HAND)
        keep(sent)


def made(folder: Path) -> Made:
    connection = sqlite3.connect(folder / DATABASE)
    rows = connection.execute(
        "SELECT d.format, f.content FROM submission_documents d JOIN stored_files f ON f.id = d.file_id"
    ).fetchall()
    connection.close()
    return Counter((name, hashlib.sha256(content).hexdigest()) for name, content in rows)


def set_lease_back(folder: Path) -> int:
    """As if the lease of the killed worker had run out; how many documents are still to be made."""
    connection = sqlite3.connect(folder / DATABASE)
    with connection:
        connection.execute("UPDATE outbox_items SET leased_until = '2000-01-01 00:00:00' WHERE lease IS NOT NULL")
        [waiting] = connection.execute(
            "SELECT count(*) FROM outbox_items WHERE state <> 'done' AND key LIKE 'submissions.produce-document:%'"
        ).fetchone()
    connection.close()
    return int(waiting)


def undisturbed(state: Path, folder: Path) -> tuple[float, Made]:
    shutil.copytree(state, folder)
    begun = time.perf_counter()
    subprocess.run(WORK, cwd=ROOT, env=environment(folder), check=True, capture_output=True)
    return time.perf_counter() - begun, made(folder)


def killed(folder: Path, after: float) -> bool:
    """Whether the worker was still at work when it was killed."""
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    worker = subprocess.Popen(WORK, cwd=ROOT, env=environment(folder), start_new_session=True, **quiet)
    try:
        worker.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        return True
    return False


def main() -> int:
    chance, wrong, left, ended = random.Random(20261201), 0, Counter[str](), 0
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        states = {"documents": base / "frozen", "package": base / "sent"}
        prepare(base / "installation", *states.values())
        whole = {job: undisturbed(state, base / f"whole-{job}") for job, state in states.items()}
        start, _ = undisturbed(base / "whole-package", base / "nothing-to-do")
        for number in range(KILLS):
            job = ("documents", "package")[number % 2]
            seconds, expected = whole[job]
            folder = base / f"round-{number}"
            shutil.copytree(states[job], folder)
            ended += not killed(folder, chance.uniform(0.8 * start, seconds))
            stands = made(folder)
            left[
                "nothing of it" if stands == made(states[job]) else "all of it" if stands == expected else "a part"
            ] += 1
            is_whole = not stands - expected
            set_lease_back(folder)
            subprocess.run(WORK, cwd=ROOT, env=environment(folder), check=True, capture_output=True)
            waiting, found = set_lease_back(folder), made(folder)
            if not is_whole or found != expected or waiting:
                wrong += 1
                print(f"kill {number} ({job}): whole {is_whole}, the same {found == expected}, waiting {waiting}")
            shutil.rmtree(folder)
    seconds = {job: round(took, 1) for job, (took, _) in whole.items()}
    print(f"{KILLS} kills over {seconds} s of an undisturbed worker; {ended} came after its end")
    print("of what it was to make, the killed worker had left: " + ", ".join(f"{n} × {w}" for w, n in left.items()))
    print("each time complete and single, with the same bytes" if not wrong else f"WRONG: {wrong}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
