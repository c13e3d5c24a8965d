"""A running installation, and people with browsers in it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from journeys.ways import Mouse

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "modra-skodelica-na-polici"


@dataclass
class Site:
    """A running installation: its address, and its command line."""

    address: str
    environment: dict[str, str]
    # Of accounts that were opened on the command line; everybody else chose PASSWORD.
    passwords: dict[str, str] = field(default_factory=dict)

    def flask(self, *arguments: str) -> str:
        """Run a command of the program against this installation."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            check=True,
            capture_output=True,
            text=True,
        ).stdout


class Reader:
    """A person with a browser. Every page that is looked at is judged by axe."""

    def __init__(self, context: Any, site: Site, way: Any = Mouse, judges: bool = True) -> None:
        self.page = context.new_page()
        self.site = site
        self.way = way(self.page)
        # Without scripts axe cannot work; one walk of each page is judged, which is enough.
        self.judges = judges
        self.languages = cycle(("sl", "en"))
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
        """Judge the page that is open, in Slovenian and in English by turns: test_every_page judges both of each."""
        if not self.judges:
            return
        from axe_playwright_python.sync_playwright import Axe

        here = self.page.url
        language = next(self.languages)
        separator = "&" if "?" in here else "?"
        other = self.page.context.new_page()
        other.goto(f"{here.partition('#')[0]}{separator}language={language}")
        for violation in Axe().run(other).response["violations"]:
            nodes = [node["html"][:160] for node in violation["nodes"][:2]]
            self.violations.append(f"{here} ({language}): {violation['id']}: {nodes}")
        other.close()

    def sign_in(self, email: str) -> None:
        self.goto("/login")
        self.way.write(self.page.locator("input[name=email]"), email)
        self.way.write(self.page.locator("input[name=password]"), self.site.passwords.get(email, PASSWORD))
        self.way.press(self.page.locator("main form button").first)
