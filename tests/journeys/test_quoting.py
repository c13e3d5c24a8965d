"""Words are selected in the text and commented on, with a mouse, with the keyboard, and without scripts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from journeys.site import Reader, Site
from playwright.sync_api import expect

from participation.demonstration.operations import PASSWORD
from participation.foundation import clock

pytestmark = pytest.mark.browser
TINA = "tina.zorman@mreza.example"


@pytest.fixture(scope="module")
def site(new_site: Callable[..., Site]) -> Site:
    site = new_site()
    site.flask("demo", "load")
    ask(site, "UPDATE users SET language = 'en'")
    site.passwords = {TINA: PASSWORD}
    return site


def ask(site: Site, statement: str) -> list[Any]:
    path = Path(site.environment["SOGLASJE_INSTANCE"]) / "soglasje.sqlite3"
    with closing(sqlite3.connect(path, timeout=15)) as connection, connection:
        return connection.execute(statement).fetchall()


def place(site: Site, number: int) -> tuple[str, str, str]:
    """(slug, key, text) of a paragraph of an open consultation."""
    found = ask(
        site,
        "SELECT c.slug, p.key, p.text FROM consultations c JOIN text_versions v ON v.consultation_id = c.id "
        "JOIN provisions p ON p.version_id = v.id WHERE c.state = 'published' AND v.state = 'published' "
        f"AND c.opens_on <= '{clock.today()}' AND c.internal_deadline_on > '{clock.today()}' "
        "AND p.kind = 'paragraph' AND length(p.text) > 60 ORDER BY c.slug, p.position LIMIT 10",
    )
    return found[number]  # type: ignore[no-any-return]


def newest(site: Site) -> tuple[str, str, int]:
    return ask(site, "SELECT source, quote_exact, quote_start FROM comments ORDER BY id DESC LIMIT 1")[0]  # type: ignore[no-any-return]


def select_words(page: Any, holder: str, start: int, end: int) -> None:
    """As a finger or a mouse leaves it: a selection of these characters of the holder's first paragraph."""
    page.evaluate(
        """([holder, start, end]) => {
          const text = document.querySelector(holder).querySelector("p").firstChild;
          getSelection().setBaseAndExtent(text, start, text, end);
        }""",
        [holder, start, end],
    )


def publish(reader: Reader, words: str) -> None:
    reader.page.locator("textarea[name=source]").fill(words)
    reader.page.get_by_role("button", name="Publish the comment").click()
    expect(reader.page.locator(".message-done")).to_be_visible()


def test_a_word_that_is_pressed_twice_in_the_draft_is_taken_along_to_the_form(site: Site, new_reader: Any) -> None:
    slug, key, text = place(site, 0)
    reader = new_reader(site)
    reader.sign_in(TINA)
    reader.goto(f"/consultations/{slug}?language=en")
    page = reader.page
    page.locator(f"#p-{key} .words p").first.dblclick(position={"x": 3, "y": 8})
    offer = page.locator("[data-quoting]")
    expect(offer).to_be_visible()
    word = offer.locator("q").inner_text()
    assert text.startswith(word)
    reader.look()
    offer.get_by_role("link", name="Comment on these words").click()
    expect(page.locator("textarea[name=quote]")).to_have_value(word)
    reader.look()
    publish(reader, "Zakaj prav tako?")
    assert newest(site) == ("Zakaj prav tako?", word, 0)
    expect(page.locator(".comment-quote").last).to_have_text(word)


def test_a_selection_that_is_made_longer_by_keys_is_taken_by_keys(site: Site, new_reader: Any) -> None:
    slug, key, text = place(site, 1)
    reader = new_reader(site)
    reader.sign_in(TINA)
    reader.goto(f"/consultations/{slug}?language=en")
    page = reader.page
    page.locator(f"#p-{key} .words p").first.dblclick(position={"x": 3, "y": 8})
    for _ in range(2):
        page.keyboard.press("Control+Shift+ArrowRight")
    words = " ".join(text.split()[:3])
    expect(page.locator("[data-quoting] q")).to_have_text(words.rstrip(","))
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("textarea[name=quote]")).to_have_value(words.rstrip(","))
    publish(reader, "S tipkami.")
    assert newest(site) == ("S tipkami.", words.rstrip(","), 0)


def test_by_keyboard_alone_words_are_written_into_the_form(site: Site, new_reader: Any) -> None:
    slug, key, text = place(site, 4)
    reader = new_reader(site)
    reader.sign_in(TINA)
    reader.goto(f"/consultations/{slug}/provisions/{key}?language=en")
    page = reader.page
    page.locator(".quote-field summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(" ".join(text.split()[2:6]))
    publish(reader, "S tipkovnico.")
    assert newest(site)[:2] == ("S tipkovnico.", " ".join(text.split()[2:6]))


def test_on_the_page_of_a_provision_the_words_go_into_the_form(site: Site, new_reader: Any) -> None:
    slug, key, text = place(site, 2)
    reader = new_reader(site)
    reader.sign_in(TINA)
    reader.goto(f"/consultations/{slug}/provisions/{key}?language=en")
    page = reader.page
    select_words(page, "[data-quotable]", 0, 12)
    page.get_by_role("button", name="Comment on these words").click()
    expect(page.locator("textarea[name=quote]")).to_have_value(text[:12].strip())
    expect(page.locator("textarea[name=source]")).to_be_focused()


def test_without_scripts_words_are_copied_and_wrong_ones_refused(site: Site, new_reader: Any) -> None:
    slug, key, text = place(site, 3)
    reader = new_reader(site, java_script_enabled=False, judges=False)
    reader.sign_in(TINA)
    reader.goto(f"/consultations/{slug}/provisions/{key}?language=en")
    page = reader.page
    expect(page.locator("[data-quoting]")).to_be_hidden()
    page.locator(".quote-field summary").click()
    page.locator("textarea[name=quote]").fill("Tega v besedilu ni.")
    page.locator("textarea[name=source]").fill("Brez skript.")
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.locator(".error-summary")).to_contain_text("These words are not in the provision.")
    expect(page.locator("textarea[name=source]")).to_have_value("Brez skript.")
    page.locator("textarea[name=quote]").fill(text[:40])
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.locator(".message-done")).to_be_visible()
    assert newest(site) == ("Brez skript.", text[:40].strip(), 0)
