"""A world behind a real server on loopback, and a browser that looks at its pages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from loopback import ROOT, chromium, free_port, serving
from pictures.pages import Page, pages_of
from pictures.worlds import NOTHING, World, fill

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
LANGUAGES = ("sl", "en")
# That of an installation without https.
COOKIE = "soglasje"
# What sticks out of the page sideways, unless a frame that can be scrolled holds it.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const frames = element => { for (let one = element.parentElement; one; one = one.parentElement)
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(one).overflowX) && one !== document.body
        && one !== document.documentElement) return true; return false; };
  return [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > width + 1 && !frames(one)
      && !one.closest('.visually-hidden, .skip-link'))
    .slice(0, 3).map(one => one.outerHTML.slice(0, 120));
}"""

# A browser passes over the passages far from its window; a picture of the whole page has none that are far.
WHOLE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.provision, .whole-draft { content-visibility: visible }');
  document.adoptedStyleSheets = [sheet];
}"""


@dataclass
class Studio:
    """`keys` are those of the sessions of a person of each role; `environment` is the server's."""

    number: int
    address: str
    world: World
    app: Any
    keys: dict[str, str]
    environment: dict[str, str]
    pages: list[Page] = field(default_factory=list)

    def cookie_of(self, role: str) -> str:
        """Lets the browser be a person of this role who has signed in just now."""
        return _cookie_of(self.app, self.keys[role])

    @property
    def name(self) -> str:
        return "nothing" if self.number == NOTHING else str(self.number)


@contextmanager
def studio(number: int) -> Iterator[Studio]:
    """Fill a world, serve it, and stop the server at the end."""
    from participation.web.serving import server_command

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app, world, pages, keys = _prepare(folder, number)
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        environment = {"SOGLASJE_INSTANCE": name, "SOGLASJE_DEMONSTRATION": "1", "SOGLASJE_PUBLIC_URL": address}
        with serving(server_command("127.0.0.1", port), port, environment):
            yield Studio(number, address, world, app, keys, environment, pages)


def _prepare(folder: Path, number: int) -> tuple[Any, World, list[Page], dict[str, str]]:
    from flask_babel import force_locale
    from flask_migrate import upgrade

    from participation import create_app
    from participation.foundation.database import db, session

    app = create_app(folder, demonstration=True, database=f"sqlite:///{folder / 'soglasje.sqlite3'}")
    with app.app_context(), force_locale("sl"):
        upgrade(directory=str(ROOT / "participation/migrations"))
        world = fill(number)
        pages = pages_of(number, world)
        keys = {role: person.fs_uniquifier for role, person in world.people.items()}
        session.remove()
        db.engine.dispose()
    return app, world, pages, keys


def _cookie_of(app: Any, key: str) -> str:
    from participation.foundation import clock

    signer = app.session_interface.get_signing_serializer(app)
    assert signer is not None
    moment = clock.now().timestamp()
    return str(signer.dumps({"_user_id": key, "_fresh": True, "fs_cc": "set", "fs_paa": moment, "identity": key}))


def launch(driver: Any) -> Any:
    """A browser of this machine. RuntimeError where there is none."""
    options = chromium()
    if options is None:
        raise RuntimeError("no chromium on this machine")
    return driver.chromium.launch(**options)


class Camera:
    """One browser window of one person, in one language and one scheme."""

    def __init__(self, browser: Any, studio: Studio, role: str, language: str, scheme: str, **options: Any) -> None:
        self.studio, self.language = studio, language
        self.context = browser.new_context(
            locale={"sl": "sl-SI", "en": "en-GB"}[language], color_scheme=scheme, reduced_motion="reduce", **options
        )
        if role != "visitor":
            cookie = {"name": COOKIE, "value": studio.cookie_of(role), "url": studio.address}
            self.context.add_cookies([cookie])
        self.window = self.context.new_page()
        self.complaints: list[str] = []
        self.window.on("console", self._listen)
        self.window.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def open(self, page: Page, width: int) -> list[str]:
        """Go there; gives what is wrong at once: the status, the policy, what sticks out sideways."""
        self.complaints.clear()
        self.window.set_viewport_size({"width": width, "height": 800})
        separator = "&" if "?" in page.path else "?"
        answer = self.window.goto(f"{self.studio.address}{page.path}{separator}language={self.language}")
        self.window.evaluate(WHOLE)
        faults = list(self.complaints)
        if answer.status != page.status:
            faults.append(f"answers {answer.status} and not {page.status}")
        if urlsplit(answer.url).path != page.path.partition("?")[0]:
            faults.append(f"leads away to {answer.url}")
        return faults + self.sticking_out()

    def sticking_out(self) -> list[str]:
        return [f"sticks out: {html}" for html in self.window.evaluate(STICKING_OUT)]

    def judge(self) -> list[str]:
        """What axe finds on the page that is open."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.window).response["violations"]
        return [f"{one['id']}: {[node['html'][:140] for node in one['nodes'][:2]]}" for one in found]

    def close(self) -> None:
        self.context.close()
