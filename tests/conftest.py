"""The program under test, on the database that was asked for: `--database sqlite|postgresql`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import event, text

from participation import create_app
from participation.foundation import clock, database
from participation.foundation.database import db
from participation.foundation.language import force_locale
from participation.ledger.models import log
from participation.web import Application
from participation.web.limits import limiter

# How long a machine takes is no property of the program: examples have no deadline.
settings.register_profile("soglasje", deadline=None)
settings.load_profile("soglasje")

# The plainest moment: a Monday morning of 2026 in the region, far from a change of clocks.
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What does not touch the program's database needs to run on one of them only; long walks begin first."""
    for item in items:
        if not {"app", "database_address"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("any_database")
    items.sort(key=lambda item: "browser" not in item.keywords)


@pytest.fixture(scope="session")
def database_address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database of this worker alone."""
    if request.config.getoption("--database") == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite3'}"
        return
    from postgresql_server import server_of_this_run

    yield from server_of_this_run(tmp_path_factory)


@pytest.fixture(scope="session")
def app(database_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    instance = tmp_path_factory.mktemp("instance")
    app = create_app(instance, environment="testing", database=database_address, demonstration=False)
    app.test_client_class = Client
    with app.app_context():
        from flask_migrate import upgrade

        upgrade(directory=str(Path(__file__).parent.parent / "participation/migrations"))
        if database_address.startswith("sqlite"):
            event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
            db.engine.dispose()
    yield app
    with app.app_context():
        db.engine.dispose()


class Client(FlaskClient):
    """A browser for tests, of somebody who reads English and sends forms from our own pages.

    What the test itself holds open is committed before each request.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_SEC_FETCH_SITE": "same-origin"}
        self.environ_base = {**self.environ_base, **said}

    def open(self, *args: Any, **kwargs: Any) -> Any:
        database.session.commit()
        try:
            # A context of its own, as on a server: what one request keeps in `g`, such as
            # who is signed in, never reaches the next one.
            with self.application.app_context():
                return super().open(*args, **kwargs)
        finally:
            database.session.expire_all()

    def sign_in(self, user: Any) -> Client:
        """Become this user, freshly signed in."""
        database.session.commit()
        user_key = user.fs_uniquifier
        with self.session_transaction() as cookie:
            cookie.clear()
            cookie.update(
                _user_id=user_key, _fresh=True, fs_cc="set", fs_paa=clock.now().timestamp(), identity=user_key
            )
        return self


@pytest.fixture(autouse=True)
def room(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that use the program run in its context, and leave an empty database behind."""
    if not {"app", "client", "browser_site"} & set(request.fixturenames):
        yield
        return
    app = request.getfixturevalue("app")
    # Outside a request texts are in the installation's first language, once its catalogue is compiled.
    with app.app_context(), force_locale("en"):
        database.only_reading(False)
        # Another program of the same run, such as the one behind a browser, may have begun to count.
        limiter.enabled = False
        yield
        database.session.rollback()
        empty_all_tables()
        database.session.remove()


def empty_all_tables() -> None:
    """Delete every row; much faster than TRUNCATE, which makes a new file for every table."""
    with ledger_unguarded():
        _delete_every_row()


@contextmanager
def ledger_unguarded() -> Iterator[None]:
    """What somebody with all rights over the database can do: change the ledger, which its triggers refuse."""
    if db.engine.dialect.name == "postgresql":
        # For this transaction alone: the connection goes back to the pool as it was.
        database.session.execute(text("SET LOCAL session_replication_role = replica"))
        yield
        database.session.commit()
        return
    triggers = database.session.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger\\_%' ESCAPE '\\'")
    ).all()
    for name, _ in triggers:
        database.session.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    yield
    for _, definition in triggers:
        database.session.execute(text(definition.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS")))
    database.session.commit()


def _delete_every_row() -> None:
    deletions = [f'DELETE FROM "{table.name}"' for table in reversed(db.metadata.sorted_tables)]
    if db.engine.dialect.name == "sqlite":
        deletions.insert(0, "PRAGMA defer_foreign_keys = ON")
    else:
        deletions = ["; ".join(deletions)]  # One way to the server and back instead of forty.
    for deletion in deletions:
        database.session.execute(text(deletion))
    database.session.commit()
    shutil.rmtree(log.current().folder, ignore_errors=True)


@pytest.fixture
def client(app: Application) -> Client:
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def new_client(app: Application) -> Callable[[], Client]:
    """More browsers, each with cookies of its own."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client  # type: ignore[return-value]


@pytest.fixture
def stopped_clock() -> Iterator[Any]:
    """The clock stands at MORNING; call it with another moment to move it."""

    class Clock:
        def __init__(self) -> None:
            self.now = MORNING

        def __call__(self, moment: datetime) -> None:
            self.now = moment
            clock._stopped_at = moment.astimezone(UTC)

    with clock.stopped(MORNING):
        yield Clock()


@pytest.fixture(autouse=True)
def _stop_the_clock_first(request: pytest.FixtureRequest) -> None:
    """Before any other fixture makes something by today's date: else a test would hold only until some day."""
    if "stopped_clock" in request.fixturenames:
        request.getfixturevalue("stopped_clock")


@pytest.fixture
def count_queries(app: Application) -> Callable[[], Any]:
    """`with count_queries() as queries: ...` collects the statements that were run in `queries`."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real material for trials; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("SOGLASJE_TEST_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("real drafts are not at hand (../shared/data is absent)")
    return folder
