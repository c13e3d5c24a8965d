"""One proposal for several provisions: written on a phone, looked at, published, edited; and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from journeys.site import Reader, Site
from journeys.test_quoting import TINA, ask, place
from playwright.sync_api import expect

from participation.demonstration.operations import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(new_site: Callable[..., Site]) -> Site:
    site = new_site()
    site.flask("demo", "load")
    ask(site, "UPDATE users SET language = 'en'")
    site.passwords = {TINA: PASSWORD}
    return site


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_article_is_changed_and_moved_in_one_proposal(
    site: Site, new_reader: Callable[..., Reader], scripts: bool
) -> None:
    slug, key, text = place(site, 1 if scripts else 4)
    options: dict[str, Any] = {} if scripts else {"java_script_enabled": False, "judges": False}
    reader = new_reader(site, viewport={"width": 360, "height": 780}, **options)
    reader.sign_in(TINA)
    reader.goto(f"/consultations/{slug}/provisions/{key}?language=en")
    page = reader.page
    page.get_by_label("proposed wording", exact=True).check()
    page.get_by_role("link", name="Change or move several provisions").click()
    reader.look()
    row = page.locator("fieldset.provision-row").filter(has=page.locator(f'input[value="{key}"]'))
    row.get_by_label("Wording").fill(text + " To velja tudi za društva.")
    page.get_by_label("Where these provisions should stand").select_option("beginning")
    page.get_by_label("Reasons").fill("Ker je to za društva najpomembnejše.")
    page.get_by_role("button", name="Show the changes first").click()
    preview = page.locator("#preview")
    expect(preview.locator("ins")).to_contain_text("To velja tudi za društva.")
    expect(preview).to_contain_text("Naj stoji na začetku besedila")
    reader.look()
    page.get_by_role("button", name="Publish the proposal").click()
    expect(page.get_by_text("It is published.")).to_be_visible()
    said = page.locator("article.comment").last
    expect(said).to_contain_text("2 changes")
    said.get_by_text("As lawyers write it").click()
    expect(said.locator(".formulas")).to_contain_text("se prestavi na začetek besedila.")
    reader.look()
    said.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Where these provisions should stand")).to_have_value("beginning")
    reader.look()
    page.get_by_label("Reasons").fill("Ker je to najpomembnejše.")
    page.get_by_role("button", name="Save the new text").click()
    expect(page.get_by_text("The new text is saved.")).to_be_visible()
    assert ask(site, "SELECT source FROM comments ORDER BY id DESC LIMIT 1") == [("Ker je to najpomembnejše.",)]
