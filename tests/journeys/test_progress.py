"""Whoever sends a draft sees how far its reading is and is led on to the text, with scripts and without."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from journeys.site import Reader, Site
from loopback import working
from playwright.sync_api import expect

from participation.demonstration.operations import PASSWORD

pytestmark = pytest.mark.browser
LEADER = "gregor.rozman@mreza.example"
# Long enough that the reading is seen while it goes on.
PAGE = "".join(f"<p>{number}. člen</p><p>Besedilo člena številka {number}.</p>" for number in range(1, 4001))

A_STEP = re.compile("^Now: (Recognising the kind of file|Reading the text|Finding articles and paragraphs)$")


@pytest.fixture(scope="module")
def site(new_site: Callable[..., Site]) -> Site:
    site = new_site(works=False)
    site.flask("demo", "load")
    path = Path(site.environment["SOGLASJE_INSTANCE"]) / "soglasje.sqlite3"
    with closing(sqlite3.connect(path, timeout=15)) as connection, connection:
        connection.execute("UPDATE users SET language = 'en'")
    site.passwords = {LEADER: PASSWORD}
    return site


def sent_in(reader: Reader, content: str, name: str) -> Any:
    page = reader.page
    reader.sign_in(LEADER)
    reader.goto("/desk/consultations/new")
    page.set_input_files("input[name=file]", {"name": name, "mimeType": "text/html", "buffer": content.encode()})
    page.get_by_role("button", name="Read the draft").click()
    return page


def test_the_page_moves_while_the_draft_is_read_and_goes_on_by_itself(
    new_reader: Callable[..., Reader], site: Site
) -> None:
    reader = new_reader(site)
    page = sent_in(reader, PAGE, "dolg.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("The draft is being read")
    reader.look()
    with working(site.environment):
        # Nothing is said while nobody reads. Which step is seen first depends on how fast this machine reads.
        expect(page.locator("[data-progress-status]")).to_have_text(A_STEP, timeout=30_000)
        page.wait_for_url("**/text", timeout=60_000)
    page.go_back()
    expect(page.locator("main")).to_contain_text("articles: 4000, provisions in all: 8000")
    reader.look()


def test_without_scripts_the_page_reloads_itself(new_reader: Callable[..., Reader], site: Site) -> None:
    reader = new_reader(site, java_script_enabled=False)
    page = sent_in(reader, PAGE, "dolg.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("The draft is being read")
    with working(site.environment):
        page.wait_for_url("**/text", timeout=60_000)
    assert page.get_by_role("heading", level=1).inner_text() == "Check the text"


def test_a_file_that_cannot_be_read_comes_back_with_the_form(new_reader: Callable[..., Reader], site: Site) -> None:
    reader = new_reader(site)
    page = sent_in(reader, "<p></p>", "prazno.html")
    with working(site.environment):
        expect(page.get_by_role("heading", level=1)).to_have_text("The draft could not be read", timeout=60_000)
    expect(page.locator(".errors")).to_contain_text("There is no text in the file.")
    reader.look()
