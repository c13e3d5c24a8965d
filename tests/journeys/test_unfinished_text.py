"""What is typed saves itself and comes back, and what the page says about it is true.

Each word of the page is held against what the database and the device really keep.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from journeys.site import Reader, Site
from playwright.sync_api import expect

from participation.demonstration.operations import PASSWORD
from participation.foundation import clock

pytestmark = pytest.mark.browser
TINA, IRENA = (f"{name}@mreza.example" for name in ("tina.zorman", "irena.hribar"))
WORDS = "Predlagamo, da se rok podaljša na trideset dni."
SAVED = re.compile(r"^Saved at \d\d:\d\d\.$")
ON_DEVICE = re.compile(r"^Saved on this device at \d\d:\d\d\.$")
NOT_ACCEPTED = "Write what you want to say."
BLOCKED = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
}
"""


@pytest.fixture(scope="module")
def site(new_site: Callable[..., Site]) -> Site:
    site = new_site()
    site.flask("demo", "load")
    ask(site, "UPDATE users SET language = 'en'")
    site.passwords = dict.fromkeys((TINA, IRENA), PASSWORD)
    return site


def ask(site: Site, statement: str, *values: Any) -> list[Any]:
    path = Path(site.environment["SOGLASJE_INSTANCE"]) / "soglasje.sqlite3"
    with closing(sqlite3.connect(path, timeout=15)) as connection, connection:
        return connection.execute(statement, values).fetchall()


@pytest.fixture
def provisions(site: Site) -> list[tuple[str, str]]:
    """Places to write at: (slug, key) of an open consultation; nothing is unfinished anywhere."""
    ask(site, "DELETE FROM unfinished_texts")
    return ask(
        site,
        "SELECT c.slug, p.key FROM consultations c JOIN text_versions v ON v.consultation_id = c.id "
        "JOIN provisions p ON p.version_id = v.id WHERE c.state = 'published' AND v.state = 'published' "
        f"AND c.opens_on <= '{clock.today()}' AND c.internal_deadline_on > '{clock.today()}' AND p.text <> '' "
        "ORDER BY c.slug, p.position LIMIT 40",
    )


def kept(site: Site) -> list[str]:
    """The comments that the server keeps unfinished."""
    rows = ask(site, "SELECT fields FROM unfinished_texts ORDER BY id")
    found = [{field["name"]: field["values"] for field in json.loads(fields)} for (fields,) in rows]
    return [fields["source"][0] for fields in found]


def on_device(page: Any) -> list[tuple[str, bool]]:
    """What this browser keeps: the words, and whether it takes them to be on the server."""
    records = page.evaluate("Object.values(localStorage).map((text) => JSON.parse(text))")
    return [
        (next(field["values"][0] for field in record["fields"] if field["name"] == "source"), record["saved"])
        for record in records
    ]


def becomes(page: Any, found: Callable[[], Any], wanted: Any) -> None:
    """Scripts and requests come after the words that a page shows."""
    for _attempt in range(150):
        if found() == wanted:
            return
        page.wait_for_timeout(100)
    assert found() == wanted


def device_is_empty(page: Any) -> None:
    becomes(page, lambda: on_device(page), [])


def open_form(reader: Reader, place: tuple[str, str]) -> Any:
    reader.goto(f"/consultations/{place[0]}/provisions/{place[1]}?language=en")
    return reader.page


def source(page: Any) -> Any:
    return page.locator("textarea[name=source]")


def says(page: Any, words: Any) -> None:
    expect(page.locator(".saved-words")).to_have_text(words, timeout=15_000)


def begin(reader: Reader, place: tuple[str, str], words: str = WORDS) -> Any:
    page = open_form(reader, place)
    source(page).fill(words)
    says(page, SAVED)
    return page


def writer(site: Site, new_reader: Callable[..., Reader], email: str = TINA, **options: Any) -> Reader:
    reader = new_reader(site, **options)
    reader.sign_in(email)
    return reader


def test_a_text_comes_back_after_the_page_was_left(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    page = open_form(reader, provisions[0])
    source(page).fill(WORDS)
    says(page, "Not saved yet.")
    says(page, ON_DEVICE)
    assert on_device(page) == [(WORDS, False)]
    assert kept(site) == []
    says(page, SAVED)
    assert kept(site) == [WORDS]
    assert on_device(page) == [(WORDS, True)]

    page.reload()
    expect(page.locator(".offered-when")).to_have_count(1)
    assert source(page).input_value() == ""
    page.get_by_text("Read the text").click()
    expect(page.locator(".offered-words dd")).to_have_text([WORDS])
    reader.look()
    page.get_by_role("button", name="Bring the text back").click()
    expect(source(page)).to_have_value(WORDS)
    expect(page.locator(".offered-text")).to_have_count(0)
    says(page, SAVED)
    assert kept(site) == [WORDS]


def test_a_text_that_is_not_wanted_is_gone_everywhere(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    page = begin(reader, provisions[0])
    page.reload()
    page.get_by_role("button", name="Discard the text").click()
    says(page, "Discarded.")
    assert kept(site) == []
    device_is_empty(page)


def test_what_was_typed_and_taken_back_leaves_nothing(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    page = begin(reader, provisions[0])
    source(page).fill("")
    device_is_empty(page)
    expect(page.locator(".saved-state")).to_be_hidden()
    becomes(page, lambda: kept(site), [])


def test_beginning_anew_keeps_the_earlier_text_until_somebody_decides(
    site: Site, new_reader: Any, provisions: Any
) -> None:
    reader = writer(site, new_reader)
    page = begin(reader, provisions[0])
    page.reload()
    expect(page.locator(".offered-text")).to_have_count(1)
    source(page).fill("Čisto na novo.")
    says(page, ON_DEVICE)
    page.wait_for_timeout(4_000)
    assert kept(site) == [WORDS]
    assert on_device(page) == [("Čisto na novo.", False)]
    page.reload()
    expect(page.locator(".offered-text")).to_have_count(2)
    page.locator(".offered-text", has_text="Čisto na novo.").get_by_role("button", name="Bring").click()
    page.get_by_role("button", name="Discard the text").click()
    says(page, SAVED)
    assert kept(site) == ["Čisto na novo."]


def test_leaving_at_once_loses_nothing(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    page = open_form(reader, provisions[0])
    source(page).fill(WORDS)
    reader.goto("/consultations")
    page = open_form(reader, provisions[0])
    page.get_by_role("button", name="Bring the text back").click()
    expect(source(page)).to_have_value(WORDS)
    says(page, SAVED)
    assert kept(site) == [WORDS]


def test_without_a_connection_the_page_says_so_and_keeps_the_text(
    site: Site, new_reader: Any, provisions: Any
) -> None:
    reader = writer(site, new_reader)
    page = open_form(reader, provisions[0])
    page.context.set_offline(True)
    source(page).fill(WORDS)
    says(page, "Not saved: no connection. Kept on this device.")
    assert on_device(page) == [(WORDS, False)]
    assert kept(site) == []
    page.context.set_offline(False)
    says(page, SAVED)
    assert kept(site) == [WORDS]


def test_an_expired_session_keeps_the_text_until_its_writer_is_back(
    site: Site, new_reader: Any, provisions: Any
) -> None:
    reader = writer(site, new_reader)
    page = open_form(reader, provisions[0])
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    source(page).fill(WORDS)
    says(page, "You have been signed out: kept on this device.")
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    assert kept(site) == []
    assert on_device(page) == [(WORDS, False)]

    page.reload()
    assert page.locator("[data-autosave]").count() == 0
    reader.sign_in(TINA)
    page = open_form(reader, provisions[0])
    page.get_by_role("button", name="Bring the text back").click()
    expect(source(page)).to_have_value(WORDS)
    says(page, SAVED)
    assert kept(site) == [WORDS]


def test_after_signing_in_in_another_tab_the_open_page_goes_on_and_is_accepted(
    site: Site, new_reader: Any, provisions: Any
) -> None:
    reader = writer(site, new_reader)
    page = open_form(reader, provisions[1])
    # An answer that is still on its way would bring the cookie back.
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    source(page).fill(WORDS)
    says(page, "You have been signed out: kept on this device.")

    other = page.context.new_page()
    other.goto(f"{site.address}/login")
    other.fill("input[name=email]", TINA)
    other.fill("input[name=password]", PASSWORD)
    other.click("main form button")
    other.wait_for_url(lambda address: "/login" not in address)
    other.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    says(page, SAVED)
    assert kept(site) == [WORDS]
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.locator(".message-done")).to_be_visible()
    assert kept(site) == []


def test_after_the_deadline_the_words_are_still_there(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    slug = provisions[-1][0]
    page = begin(reader, provisions[-1])
    dates = ask(site, "SELECT opens_on, internal_deadline_on FROM consultations WHERE slug = ?", slug)[0]
    ask(
        site,
        "UPDATE consultations SET opens_on = date('now', '-9 days'), internal_deadline_on = date('now', '-2 days') "
        "WHERE slug = ?",
        slug,
    )
    try:
        page.get_by_role("button", name="Publish the comment").click()
        expect(page.locator(".kept textarea").last).to_have_value(WORDS)
        assert kept(site) == [WORDS]
        page = open_form(reader, provisions[-1])
        expect(page.locator(".unfinished-here textarea")).to_have_value(WORDS)
        reader.look()
        page.get_by_role("link", name="All your unfinished texts").click()
        expect(page.locator(".unfinished-text textarea").first).to_have_value(WORDS)
        reader.look()
    finally:
        ask(site, "UPDATE consultations SET opens_on = ?, internal_deadline_on = ? WHERE slug = ?", *dates, slug)


def test_a_second_tab_says_so_and_offers_the_newer_text(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    first = begin(reader, provisions[0])
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_role("button", name="Bring the text back").click()
    expect(source(second)).to_have_value(WORDS)

    source(second).fill(f"{WORDS} Iz drugega zavihka.")
    says(second, SAVED)
    notice = first.locator(".offered-text")
    expect(notice.locator(".offered-when")).to_contain_text("in another tab or on another device")
    assert source(first).input_value() == WORDS
    first.get_by_role("button", name="Bring the text back").click()
    expect(source(first)).to_have_value(f"{WORDS} Iz drugega zavihka.")
    # What stood in the first tab is not lost by that: it is offered in its turn.
    expect(notice.locator(".offered-words dd")).to_have_text([WORDS])
    assert kept(site) == [f"{WORDS} Iz drugega zavihka."]


def test_what_another_device_wrote_is_shown_beside_and_never_overwritten(
    site: Site, new_reader: Any, provisions: Any
) -> None:
    phone, desk = writer(site, new_reader), writer(site, new_reader)
    here = open_form(desk, provisions[0])
    begin(phone, provisions[0], "S telefona.")
    source(here).fill("Za mizo.")
    expect(here.locator(".offered-words dd")).to_have_text(["S telefona."], timeout=15_000)
    says(here, ON_DEVICE)
    assert kept(site) == ["S telefona."]
    assert on_device(here) == [("Za mizo.", False)]
    here.get_by_role("button", name="Discard the text").click()
    says(here, SAVED)
    assert kept(site) == ["Za mizo."]


def test_an_accepted_form_leaves_nothing_behind(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    page = begin(reader, provisions[2])
    source(page).fill(f"{WORDS} Zadnje besede, tik pred oddajo.")
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.locator(".message-done")).to_be_visible()
    expect(page.locator(".comment-text").last).to_contain_text("tik pred oddajo")
    assert kept(site) == []
    device_is_empty(page)
    expect(page.locator(".offered-text")).to_have_count(0)
    page.reload()
    expect(page.locator(".offered-text")).to_have_count(0)
    reader.goto("/unfinished")
    assert page.locator("article.unfinished-text").count() == 0


def test_a_form_that_was_not_accepted_keeps_its_text(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    page = open_form(reader, provisions[3])
    page.locator("input[name=kind][value=wording]").check()
    page.locator("textarea[name=wording]").fill("Besedilo, kakor naj bo.")
    says(page, SAVED)
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("textarea[name=wording]")).to_have_value("Besedilo, kakor naj bo.")
    expect(page.locator(".offered-text")).to_have_count(0)
    assert len(kept(site)) == 1
    source(page).fill(WORDS)
    says(page, SAVED)
    assert kept(site) == [WORDS]
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.locator(".message-done")).to_be_visible()
    assert kept(site) == []
    device_is_empty(page)


@contextmanager
def slow_scripts(page: Any) -> Iterator[None]:
    """What saves the text arrives on the page only when this is left."""
    held: list[Any] = []
    address = re.compile(r"/js/autosave\.js")
    page.route(address, lambda route: held.append(route))
    yield
    becomes(page, lambda: len(held), 1)
    held[0].continue_()
    page.unroute(address)


def test_what_is_typed_before_the_scripts_arrive_is_saved_too(site: Site, new_reader: Any, provisions: Any) -> None:
    page = writer(site, new_reader).page
    with slow_scripts(page):
        slug, key = provisions[3]
        page.goto(f"{site.address}/consultations/{slug}/provisions/{key}?language=en", wait_until="commit")
        page.locator("input[name=kind][value=wording]").check()
        page.locator("textarea[name=wording]").fill("Besedilo, kakor naj bo.")
        assert kept(site) == []
    says(page, SAVED)
    assert len(kept(site)) == 1
    with slow_scripts(page):
        page.get_by_role("button", name="Publish the comment").click(no_wait_after=True)
        expect(page.locator(".error-summary")).to_be_visible()
        source(page).fill(WORDS)
        assert kept(site) == [""]
    says(page, SAVED)
    assert kept(site) == [WORDS]
    expect(page.locator(".offered-text")).to_have_count(0)


def test_blocked_storage_does_not_break_the_form(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    reader.page.add_init_script(BLOCKED)
    page = open_form(reader, provisions[4])
    source(page).fill(WORDS)
    says(page, SAVED)
    assert kept(site) == [WORDS]
    page.context.set_offline(True)
    source(page).fill(f"{WORDS} Več.")
    says(page, "Not saved anywhere. Copy your text before you leave this page.")
    page.context.set_offline(False)
    says(page, SAVED)
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.locator(".message-done")).to_be_visible()
    assert kept(site) == []


def test_whoever_signs_out_leaves_nothing_on_a_shared_computer(site: Site, new_reader: Any, provisions: Any) -> None:
    reader = writer(site, new_reader)
    page = open_form(reader, provisions[0])
    source(page).fill(WORDS)
    sign_out(page)
    assert kept(site) == [WORDS]
    device_is_empty(page)

    reader.sign_in(IRENA)
    page = open_form(reader, provisions[0])
    page.wait_for_timeout(1_000)
    assert page.locator(".offered-text").count() == 0
    assert source(page).input_value() == ""
    sign_out(page)
    reader.sign_in(TINA)
    page = open_form(reader, provisions[0])
    page.get_by_role("button", name="Bring the text back").click()
    expect(source(page)).to_have_value(WORDS)


def test_a_declaration_is_made_anew_and_never_kept(site: Site, new_reader: Any, provisions: Any) -> None:
    [(slug,)] = ask(site, "SELECT slug FROM positions WHERE state = 'opened' ORDER BY id LIMIT 1")
    reader = writer(site, new_reader, IRENA)
    reader.goto(f"/positions/{slug}/cosign?language=en")
    page = reader.page
    page.locator("[name=agree]").check()
    page.locator("[name=statement]").fill("Podpisujemo z veseljem.")
    says(page, SAVED)
    [(fields,)] = ask(site, "SELECT fields FROM unfinished_texts")
    names = {field["name"] for field in json.loads(fields)}
    assert "statement" in names
    assert not names & {"agree", "version", "password", "csrf_token"}
    page.reload()
    page.get_by_role("button", name="Bring the text back").click()
    expect(page.locator("[name=statement]")).to_have_value("Podpisujemo z veseljem.")
    expect(page.locator("[name=agree]")).not_to_be_checked()


def sign_out(page: Any) -> None:
    page.locator("form[action$='/logout'] button").evaluate("(button) => button.click()")
    page.wait_for_url(lambda address: "/provisions/" not in address)
    page.wait_for_load_state()


def test_what_nobody_touched_for_ninety_days_goes_from_the_device_too(
    site: Site, new_reader: Any, provisions: Any
) -> None:
    reader = writer(site, new_reader)
    page = begin(reader, provisions[9])
    page.evaluate(
        """() => {
          const [[key, text]] = Object.entries(localStorage);
          const days = (number) => Date.now() - number * 24 * 60 * 60 * 1000;
          const put = (name, at) => localStorage.setItem(name, JSON.stringify({ ...JSON.parse(text), at }));
          put('soglasje:unfinished:999:old', days(91));
          put('soglasje:unfinished:999:older', new Date(days(200)).toISOString());
          put('soglasje:unfinished:999:undated', undefined);
          put('soglasje:unfinished:999:young', days(89));
          localStorage.setItem('soglasje:unfinished:999:broken', '{');
          localStorage.setItem('something-else', '{');
        }"""
    )
    open_form(reader, provisions[9])
    expect(page.locator(".offered-text")).to_be_visible()
    names = sorted(name.rpartition(":")[2] for name in page.evaluate("Object.keys(localStorage)"))
    assert names == sorted(["something-else", "young", provisions[9][1]])


def test_everything_can_be_read_and_discarded_without_javascript(
    site: Site, new_reader: Any, provisions: Any
) -> None:
    begin(writer(site, new_reader), provisions[0])
    reader = writer(site, new_reader, java_script_enabled=False)
    reader.goto("/desk?language=en")
    reader.page.get_by_role("link", name="Unfinished texts").click()
    page = reader.page
    expect(page.locator(".unfinished-text textarea")).to_have_value(WORDS)
    page.get_by_role("button", name=re.compile("^Discard")).click()
    expect(page.get_by_text("The text is discarded.")).to_be_visible()
    assert kept(site) == []


def test_a_text_that_was_saved_while_its_page_closed_is_not_called_lost(
    site: Site, new_reader: Any, provisions: Any
) -> None:
    reader = writer(site, new_reader)
    page = begin(reader, provisions[0])
    # The page was gone before it heard that the server had saved.
    page.evaluate(
        "for (const [key, text] of Object.entries(localStorage))"
        " localStorage.setItem(key, JSON.stringify({ ...JSON.parse(text), saved: false }))"
    )
    reader.goto("/unfinished?language=en")
    becomes(page, lambda: on_device(page), [(WORDS, True)])
    expect(page.locator(".unfinished-text")).to_have_count(1)
    expect(page.locator(".device-texts")).to_be_hidden()
