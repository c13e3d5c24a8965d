"""A real site on loopback, its worker, and a browser that looks at every page with axe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from journeys.site import ROOT, Reader, Site
from journeys.ways import Mouse
from loopback import chromium, free_port, serving

from participation.web.serving import server_command

FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Make a fresh installation and start its server, and its worker when it `works`; all end with the run."""
    servers = ExitStack()

    def start(*, works: bool = True, **settings: str) -> Site:
        port = free_port()
        environment = {
            "SOGLASJE_INSTANCE": str(tmp_path_factory.mktemp("site")),
            "SOGLASJE_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "SOGLASJE_DEMONSTRATION": "1",
            **settings,
        }
        site = Site(f"http://127.0.0.1:{port}", environment)
        site.flask("db", "upgrade", "-d", "participation/migrations")
        command = [sys.executable, "-m", "flask", "--app", "app", "serve", "--port", str(port)]
        if not works:
            command = server_command("127.0.0.1", port)
        servers.enter_context(serving(command, port, environment))
        return site

    with servers:
        yield start


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    launch = chromium()
    if launch is None:
        pytest.skip("no chromium on this machine")
    return launch


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[None]:
    outcome: Any = yield
    if call.when == "call":
        item.stash[FAILED] = outcome.get_result().failed


def photograph(readers: list[Reader], name: str) -> None:
    """What everybody saw when it went wrong, in pictures/ (which git ignores)."""
    folder = ROOT / "pictures" / "failed"
    folder.mkdir(parents=True, exist_ok=True)
    for number, reader in enumerate(readers):
        reader.page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)


@pytest.fixture
def new_reader(browser: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Reader]]:
    """More people, each with a browser of their own; at the end no page may have had a violation."""
    readers: list[Reader] = []

    def make(site: Site, **options: Any) -> Reader:
        way, judges = options.pop("way", Mouse), options.pop("judges", True)
        context = browser.new_context(locale=options.pop("locale", "en-GB"), **options)
        context.set_default_timeout(15_000)
        reader = Reader(context, site, way, judges)
        readers.append(reader)
        return reader

    yield make
    if request.node.stash.get(FAILED, False):
        photograph(readers, request.node.originalname)
    violations = [violation for reader in readers for violation in reader.violations]
    complaints = [complaint for reader in readers for complaint in reader.complaints]
    complaints += [f"focus is not seen: {stop}" for reader in readers for stop in getattr(reader.way, "unseen", [])]
    for reader in readers:
        reader.page.context.close()
    assert violations == []
    assert complaints == []
