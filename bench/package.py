"""How long the worker takes for everything that a large submission consists of, and with how much memory.

A draft of 90 pages (1,930 provisions), a position of 200 points and 300 signatories, one in five with
exceptions or conditions. The worker (`flask outbox work --once`) makes the letter as PDF, DOCX and ODT,
the tables, the data and the draft with tracked changes when the submission is frozen, and the package
with all proofs when it was sent; meanwhile the web server is asked for the page of the submission.
The largest resident size of the worker and of any program that it starts is printed. Exit code 1
over 20 seconds or 500 MB, or when the package does not hold.
"""

from __future__ import annotations

import http.client
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "tests")) if path not in sys.path]

from loopback import free_port, serving  # noqa: E402

PROVISIONS, POINTS, SIGNATORIES = 1_930, 200, 300
SECONDS, MEGABYTES = 20.0, 500
WORDS = "Občina zagotovi sredstva za programe nevladnih organizacij po merilih, ki jih objavi pred razpisom. " * 2


def fill(app: Any) -> tuple[Any, Any]:
    """The person who leads, and the frozen submission."""
    from factories import ConsultationFactory, OrganisationFactory, PositionFactory, coordinator, representative
    from flask_migrate import upgrade
    from positions.making import sign
    from submissions.making import frozen, submission_of

    from participation.consultations.models import Provision
    from participation.foundation import clock
    from participation.foundation.database import session
    from participation.positions.models import Decision, Point, Stance, canonical_bytes, fingerprint
    from participation.positions.operations import open_position

    upgrade(directory=str(ROOT / "participation/migrations"))
    lead = coordinator()
    consultation = ConsultationFactory(created_by=lead)
    version = consultation.versions[0]
    last = max(provision.position for provision in version.provisions)
    version.provisions.extend(
        Provision(key=f"k{number}", kind="paragraph", label=f"({number})", level=1, position=last + number,
                  text=f"{WORDS}{number}.", html=f"<p>{WORDS}{number}.</p>", path=f"{number}. člen")
        for number in range(1, PROVISIONS + 1)
    )  # fmt: skip
    session.flush()
    provisions = [one for one in version.provisions if one.key.startswith("k")]
    position = PositionFactory(consultation=consultation, created_by=lead, with_point=False)
    for number in range(1, POINTS + 1):
        about = provisions[number * 9]
        demanded = about.text.replace("zagotovi", "vsako leto zagotovi")
        position.points.append(
            Point(number=number, existing=about.text, demanded=demanded, reasons=WORDS, provisions=[about])
        )
    position.addressees.append(consultation.body)
    session.flush()
    seen = fingerprint(canonical_bytes(position, 1))
    open_position(lead, position, until=clock.today(), sha256_seen=seen)
    for number in range(SIGNATORIES):
        person = representative(OrganisationFactory())
        decision = Decision(statement="Podpiramo, ker je prav." if number % 3 else "")
        if number % 5 == 0:
            decision = Decision(Stance.SIGNS_EXCEPT, excepted=(number % POINTS + 1,))
        elif number % 5 == 1:
            decision = Decision(Stance.SIGNS_IF, conditions={number % POINTS + 1: "Kot želimo mi."})
        sign(position, person, person.memberships[0].organisation, decision=decision)
        session.commit()
    submission = frozen(submission_of(position, lead))
    session.commit()
    return lead, submission


def work(environment: dict[str, str]) -> float:
    """Seconds of a worker that does what is due, beside the start of one that has nothing to do."""
    command = [sys.executable, "-m", "flask", "--app", "app", "outbox", "work", "--once"]
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True, capture_output=True)
    return time.perf_counter() - begun


class Reader(threading.Thread):
    """Somebody who goes on reading meanwhile."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__(daemon=True)
        self._port, self._path, self.seconds, self._ended = port, path, list[float](), threading.Event()

    def run(self) -> None:
        while not self._ended.wait(0.2):
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
            begun = time.perf_counter()
            connection.request("GET", self._path)
            status = connection.getresponse().status
            connection.close()
            if status == 200:
                self.seconds.append(time.perf_counter() - begun)

    def end(self) -> str:
        self._ended.set()
        self.join()
        return f"median {statistics.median(self.seconds) * 1000:.0f} ms, slowest {max(self.seconds) * 1000:.0f} ms"


def main() -> int:
    from participation import create_app

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {"SOGLASJE_INSTANCE": name, "SOGLASJE_ENVIRONMENT": "embedded", "SOGLASJE_MAIL_SERVER": ""}
        app = create_app(folder, environment="embedded", demonstration=False)
        with app.app_context():
            return measured(app, environment)


def measured(app: Any, environment: dict[str, str]) -> int:
    from sqlalchemy import delete

    from participation.foundation import clock
    from participation.foundation.database import session
    from participation.foundation.mail import KIND
    from participation.foundation.outbox import OutboxItem
    from participation.ledger.commands import VERIFY
    from participation.submissions.models import Channel
    from participation.submissions.operations import send_submission
    from participation.web.serving import server_command

    lead, submission = fill(app)
    slug = submission.slug
    session.execute(delete(OutboxItem).where(OutboxItem.kind == KIND))
    session.commit()
    port = free_port()
    with serving(server_command("127.0.0.1", port), port, environment):
        reader = Reader(port, "/positions")
        reader.start()
        frozen = work(environment)
        session.expire_all()
        send_submission(lead, submission, sent_on=clock.today(), channel=Channel.BY_HAND)
        session.execute(delete(OutboxItem).where(OutboxItem.kind == KIND))
        session.commit()
        sent = work(environment)
        read = reader.end()
    nothing = work(environment)
    session.expire_all()
    sizes = {document.format: document.file.size for document in submission.documents}
    took = frozen + sent - 2 * nothing
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    package = next((document for document in submission.documents if document.format == "zip"), None)
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(package.file.content if package else b"")
        file.flush()
        holds = (
            subprocess.run([sys.executable, "-I", "-S", str(VERIFY), file.name], capture_output=True).returncode == 0
        )
    print(f"{POINTS} points, {SIGNATORIES} signatories, {PROVISIONS} provisions: {slug}")
    print(f"documents {frozen - nothing:.1f} s, package {sent - nothing:.1f} s, together {took:.1f} s")
    print("kB: " + ", ".join(f"{name} {size // 1000}" for name, size in sorted(sizes.items())))
    print(f"largest program {largest:.0f} MB; pages meanwhile: {read}")
    print("the package holds" if holds else "THE PACKAGE DOES NOT HOLD")
    return int(took > SECONDS or largest > MEGABYTES or not holds)


if __name__ == "__main__":
    sys.exit(main())
