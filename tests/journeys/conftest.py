"""A real site on loopback, its worker, and a browser that looks at every page with axe."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "modra-skodelica-na-polici"


@dataclass
class Site:
    """A running installation: its address, and its command line."""

    address: str
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def flask(self, *arguments: str) -> str:
        """Run a command of the program against this installation."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Make a fresh installation and start its server and worker; all are stopped at the end."""
    sites: list[Site] = []

    def start(**settings: str) -> Site:
        port = free_port()
        environment = {
            **os.environ,
            "SOGLASJE_INSTANCE": str(tmp_path_factory.mktemp("site")),
            "SOGLASJE_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "SOGLASJE_DEMONSTRATION": "1",
            **settings,
        }
        site = Site(f"http://127.0.0.1:{port}", environment)
        sites.append(site)
        site.flask("db", "upgrade", "-d", "participation/migrations")
        site.processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "app", "serve", "--port", str(port)],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        _wait_for(site.address)
        return site

    yield start
    for site in sites:
        for process in site.processes:
            process.send_signal(signal.SIGTERM)
    for site in sites:
        for process in site.processes:
            process.wait(30)


def _wait_for(address: str) -> None:
    for _attempt in range(150):
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"{address} did not come up")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("no chromium on this machine")
    return {
        "executable_path": executable,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
        ],
    }


class Reader:
    """A person with a browser. Every page that is looked at is judged by axe, in both languages."""

    def __init__(self, context: Any, site: Site) -> None:
        self.page = context.new_page()
        self.site = site
        self.violations: list[str] = []
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def goto(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.site.address + path)

    def look(self) -> None:
        """Judge the page that is open, in Slovenian and in English."""
        from axe_playwright_python.sync_playwright import Axe

        here = self.page.url
        for language in ("sl", "en"):
            separator = "&" if "?" in here else "?"
            other = self.page.context.new_page()
            other.goto(f"{here.partition('#')[0]}{separator}language={language}")
            found = Axe().run(other)
            for violation in found.response["violations"]:
                nodes = [node["html"][:160] for node in violation["nodes"][:2]]
                self.violations.append(f"{here} ({language}): {violation['id']}: {nodes}")
            other.close()

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.goto("/login")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("main form [type=submit]")


@pytest.fixture
def new_reader(browser: Any) -> Iterator[Callable[..., Reader]]:
    """More people, each with a browser of their own; at the end no page may have had a violation."""
    readers: list[Reader] = []

    def make(site: Site, **options: Any) -> Reader:
        context = browser.new_context(locale=options.pop("locale", "en-GB"), **options)
        context.set_default_timeout(15_000)
        reader = Reader(context, site)
        readers.append(reader)
        return reader

    yield make
    violations = [violation for reader in readers for violation in reader.violations]
    complaints = [complaint for reader in readers for complaint in reader.complaints]
    for reader in readers:
        reader.page.context.close()
    assert violations == []
    assert complaints == []
