"""The reading page of a 460-provision act with 1,000 comments, beside a bare Flask page, in one run.

Real servers (gunicorn, one process, eight threads, as `flask serve` starts it) on loopback, one
client, one connection kept open. The two are asked in turns, so that whatever else the machine
does falls on both. Prints medians; fails when the reading page's is 100 ms or more.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from loopback import free_port, serving  # noqa: E402

from participation.web.serving import server_command  # noqa: E402

PROVISIONS, COMMENTS, ROUNDS, BUDGET_MS = 460, 1000, 200, 100

BARE = """
import sqlite3
from flask import Flask
app = Flask(__name__)
@app.get("/")
def index():
    return "<!doctype html><title>x</title>" + "<p>word</p>" * 1000
"""


def fill(instance: Path) -> str:
    """A consultation with its act and comments; gives the path of its reading page."""
    from factories import CommentFactory, ConsultationFactory, OrganisationFactory, UserFactory
    from flask_migrate import upgrade

    from participation import create_app
    from participation.foundation.database import session

    app = create_app(instance, environment="testing", database=f"sqlite:///{instance / 'soglasje.sqlite3'}")
    with app.app_context():
        upgrade(directory=str(ROOT / "participation/migrations"))
        consultation = ConsultationFactory(slug="zakon", articles=PROVISIONS)
        organisations = [OrganisationFactory() for _ in range(40)]
        author = UserFactory()
        provisions = consultation.versions[0].provisions
        for number in range(COMMENTS):
            CommentFactory(
                consultation=consultation,
                provision=provisions[(number * 7) % PROVISIONS],
                organisation=organisations[number % 40],
                author=author,
                kind="provision",
                source="Predlagamo, da se rok podaljša na trideset dni, ker so društva prostovoljska. " * 3,
            )
        session.commit()
    return "/consultations/zakon"


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[float, int, int]:
    begun = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    size = len(response.read())
    return (time.perf_counter() - begun) * 1000, response.status, size


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = fill(folder)
        (folder / "bare.py").write_text(BARE)
        ours, bare = free_port(), free_port()
        environment = {"SOGLASJE_INSTANCE": name}
        bare_command = ["bare:app" if word == "app:app" else word for word in server_command("127.0.0.1", bare)]
        with (
            serving(server_command("127.0.0.1", ours), ours, environment),
            serving(bare_command, bare, environment, folder),
        ):
            page = http.client.HTTPConnection("127.0.0.1", ours)
            plain = http.client.HTTPConnection("127.0.0.1", bare)
            for _ in range(10):
                ask(page, path), ask(plain, "/")
            times, floor = [], []
            for _ in range(ROUNDS):
                spent, status, size = ask(page, path)
                assert status == 200, status
                times.append(spent)
                floor.append(ask(plain, "/")[0])
    median, bare_median = statistics.median(times), statistics.median(floor)
    worst = sorted(times)[int(len(times) * 0.99)]
    print(f"reading page, {PROVISIONS} provisions, {COMMENTS} comments, {size / 1000:.0f} kB of HTML, no cache:")
    print(f"  median {median:.1f} ms, p99 {worst:.1f} ms, of {ROUNDS} requests by one client")
    print(f"  a bare Flask page in the same run: median {bare_median:.2f} ms; ratio {median / bare_median:.0f}")
    return 0 if median < BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
