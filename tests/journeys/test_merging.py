"""Demands that exclude each other are merged by an editor: with a mouse, with keys alone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from journeys.site import Reader, Site
from journeys.test_quoting import ask, place
from journeys.ways import Keyboard, Mouse
from playwright.sync_api import expect

from participation.demonstration.operations import PASSWORD

pytestmark = pytest.mark.browser
IRENA = "irena.hribar@mreza.example"


@pytest.fixture(scope="module")
def site(new_site: Callable[..., Site]) -> Site:
    site = new_site()
    site.flask("demo", "load")
    ask(site, "UPDATE users SET language = 'en'")
    site.passwords = {IRENA: PASSWORD}
    return site


def propose(reader: Reader, slug: str, key: str, wording: str) -> int:
    """Gives the number of the comment."""
    page = reader.page
    reader.goto(f"/consultations/{slug}/provisions/{key}?language=en")
    page.get_by_label("proposed wording", exact=True).check()
    page.locator("textarea[name=wording]").fill(wording)
    page.locator("textarea[name=source]").fill("Ker je tako jasneje.")
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.locator(".message-done")).to_be_visible()
    return int(ask(reader.site, "SELECT max(id) FROM comments")[0][0])


@pytest.mark.parametrize(
    ("number", "way", "scripts"),
    [(0, Mouse, True), (1, Keyboard, True), (2, Mouse, False)],
    ids=["with a mouse", "with keys", "without scripts"],
)
def test_an_editor_decides_between_two_demands_and_takes_up_a_third(
    site: Site, new_reader: Callable[..., Reader], number: int, way: Any, scripts: bool
) -> None:
    slug, key, text = place(site, number)
    rest = text.partition(" ")[2]
    options: dict[str, Any] = {} if scripts else {"java_script_enabled": False, "judges": False}
    reader = new_reader(site, way=way, viewport={"width": 360, "height": 780}, **options)
    reader.sign_in(IRENA)
    page = reader.page
    drafted_from = [propose(reader, slug, key, f"{word} {rest}") for word in ("Prvič", "Drugič")]
    reader.goto(f"/consultations/{slug}/positions/new?language=en")
    for comment in drafted_from:
        page.locator(f"#comments-{comment}").check()
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_text("exclude each other, and the first of them stands in it")).to_be_visible()
    reader.look()
    later = propose(reader, slug, key, f"{text} To velja za vse.")
    page.goto(page.url.partition("/consultations")[0] + newest_position(site) + "/edit?language=en")
    reader.way.press(page.get_by_role("link", name="Merge the proposals of point 1"))
    reader.look()
    expect(page.get_by_label("Prvič")).to_be_checked()
    reader.way.tick(page.locator(f"#comments-{later}"))
    reader.way.tick(page.get_by_label("Drugič"))
    show = page.get_by_role("button", name="Show the new preview")
    show.press("Enter")
    expect(page.locator("#outcome ins").first).to_contain_text("Drugič")
    expect(page.locator("#outcome")).to_contain_text("To velja za vse.")
    reader.look()
    reader.way.press(page.get_by_role("button", name="Merge into the point"))
    expect(page.get_by_text("The proposals are merged into point 1.")).to_be_visible()
    expect(page.get_by_text("exclude each other, and the first of them stands in it")).to_be_hidden()
    asked = page.locator(".who-asked")
    expect(asked).to_contain_text("Prvič")
    expect(asked.locator(f'a[href="/comments/{later}"]')).to_be_visible()
    reader.look()


def newest_position(site: Site) -> str:
    return f"/positions/{ask(site, 'SELECT slug FROM positions ORDER BY id DESC LIMIT 1')[0][0]}"
