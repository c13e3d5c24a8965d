"""Words are selected in the text and commented on, with a mouse, with the keyboard, and without scripts."""

from __future__ import annotations

import re
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


def quote_in(site: Site, key: str, start: int, end: int) -> int:
    """The number of an organisation's comment that is made to be about these characters of a provision."""
    _slug, text = ask(site, f"SELECT key, text FROM provisions WHERE key = '{key}'")[0]
    number = ask(
        site,
        "INSERT INTO comments (consultation_id, version_id, provision_id, author_id, kind, language, source, html, "
        "excerpt, renderer, wording, wording_html, state, hidden_because, posted_at, form_key, revision, "
        "quote_exact, quote_start, quote_end) "
        "SELECT v.consultation_id, v.id, p.id, (SELECT min(id) FROM users), 'provision', 'sl', "
        f"'Pripomba.', '<p>Pripomba.</p>', 'Pripomba.', 1, '', '', 'visible', '', '2026-01-02 03:04:05.000000', "
        f"'{key}-{start}-{end}', 1, '{text[start:end]}', {start}, {end} FROM provisions p "
        f"JOIN text_versions v ON v.id = p.version_id WHERE p.key = '{key}' RETURNING id",
    )[0][0]
    return int(number)


def test_the_words_of_a_comment_are_seen_in_the_text_and_lead_to_it_and_back(site: Site, new_reader: Any) -> None:
    slug, key, text = place(site, 5)
    long, short = quote_in(site, key, 0, 40), quote_in(site, key, 10, 20)
    reader = new_reader(site, java_script_enabled=False, judges=False)
    reader.goto(f"/consultations/{slug}?language=en")
    page = reader.page
    words = page.locator(f"#p-{key} .passage")
    assert words.all_inner_texts() == [text[:10], text[10:20], text[20:40]]
    expect(words.nth(1)).to_have_accessible_description("2 comments on these words")
    words.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/provisions/{key}#comment-{short}$"))
    comment = page.locator(f"#comment-{short}")
    expect(comment.locator(".comment-quote")).to_have_text(text[10:20].strip())
    comment.get_by_role("link", name="Show these words in the text").click()
    assert page.evaluate("document.querySelector(':target').textContent") == text[10:20]
    page.locator(".provision-alone .passage").first.click()
    expect(page).to_have_url(re.compile(f"#comment-{long}$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_with_passages_have_no_violation(site: Site, new_reader: Any, scheme: str, width: int) -> None:
    slug, key, _text = place(site, 6)
    for start in (0, 8, 16):
        if not ask(site, f"SELECT 1 FROM comments WHERE form_key = '{key}-{start}-{start + 20}'"):
            quote_in(site, key, start, start + 20)
    reader = new_reader(site, color_scheme=scheme, viewport={"width": width, "height": 800})
    for address in (f"/consultations/{slug}?language=en", f"/consultations/{slug}/provisions/{key}?language=en"):
        reader.goto(address)
        expect(reader.page.locator(".passage").first).to_be_visible()
        reader.look()


def test_words_of_a_passage_can_be_selected_with_the_mouse(site: Site, new_reader: Any) -> None:
    slug, key, text = place(site, 7)
    quote_in(site, key, 0, 50)
    reader = new_reader(site)
    reader.sign_in(TINA)
    reader.goto(f"/consultations/{slug}/provisions/{key}?language=en")
    page = reader.page
    # From the third character to the seventh, as a hand draws a mouse over them.
    ends = page.evaluate(
        """() => [3, 7].map(at => {
          const range = document.createRange();
          range.setStart(document.querySelector(".passage").firstChild, at);
          const box = range.getBoundingClientRect();
          return [box.x, box.y + box.height / 2];
        })"""
    )
    page.mouse.move(*ends[0])
    page.mouse.down()
    page.mouse.move(*ends[1], steps=5)
    page.mouse.up()
    expect(page.locator("[data-quoting] q")).to_have_text(text[3:7].strip())
    page.get_by_role("button", name="Comment on these words").click()
    expect(page.locator("textarea[name=quote]")).to_have_value(text[3:7].strip())
    page.locator(".passage").first.click()
    expect(page).to_have_url(re.compile(r"#comment-\d+$"))
