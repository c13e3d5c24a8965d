"""A submission leaves by mail, and the body answers half of it at its private address, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from journeys.site import Reader, Site
from journeys.test_quoting import ask
from playwright.sync_api import expect

from participation.demonstration.operations import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(new_site: Callable[..., Site]) -> Site:
    site = new_site()
    site.flask("demo", "load")
    ask(site, "UPDATE users SET language = 'en'")
    return site


def council_representative(site: Site) -> str:
    """Gives the email."""
    [[email]] = ask(
        site,
        "SELECT u.email FROM users u JOIN roles_of_users o ON o.user_id = u.id JOIN roles r ON r.id = o.role_id "
        "WHERE r.name = 'council-representative' ORDER BY u.id LIMIT 1",
    )
    site.passwords = {email: PASSWORD}
    return str(email)


def send_by_mail(office: Reader, title: str, address: str) -> str:
    """Compile a submission of a position, freeze it and send it as a link; gives its path."""
    page = office.page
    [[slug]] = ask(
        office.site,
        "SELECT c.slug FROM consultations c JOIN positions p ON p.consultation_id = c.id "
        "WHERE p.state IN ('opened', 'delivered') AND c.concluded_on IS NULL ORDER BY p.state DESC, p.id LIMIT 1",
    )
    office.goto(f"/consultations/{slug}/submissions/new?language=en")
    page.get_by_label("Title").fill(title)
    page.locator("select[name=language]").select_option("en")
    page.get_by_role("button", name="Save and see the preview").click()
    page.get_by_role("button", name="Freeze the submission").click()
    office.goto(re.sub(r"^https?://[^/]+", "", page.url).partition("?")[0] + "/send")
    for row in page.locator(".way-to").all():
        row.locator("input[value=link]").check()
        row.locator("input[name$=email]").fill(address)
    office.look()
    page.get_by_role("button", name="Send it and publish it").click()
    expect(
        page.get_by_text("handed to the mail server").or_(page.get_by_text("waiting for the mail")).first
    ).to_be_visible()
    office.look()
    return re.sub(r"^https?://[^/]+", "", page.url).partition("/deliveries")[0]


def private_address(office: Reader, address: str) -> str:
    """From the mail, as the body would find it."""
    office.goto("/desk/outbox")
    letter = office.page.locator("article.mail", has_text=address).first
    found = letter.locator("a[href*='/answer/']").first.get_attribute("href")
    assert found is not None
    return found


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_body_answers_half_of_it_and_the_public_reads_that(
    site: Site, new_reader: Callable[..., Reader], scripts: bool
) -> None:
    options: dict[str, Any] = {} if scripts else {"java_script_enabled": False, "judges": False}
    office = new_reader(site, **options)
    office.sign_in(council_representative(site))
    mailbox = f"obcina-{'a' if scripts else 'b'}@obcina.example"
    submission = send_by_mail(office, f"By mail to {mailbox}", mailbox)
    body = new_reader(site, viewport={"width": 360, "height": 780}, **options)
    page = body.page
    address = private_address(office, mailbox)
    body.goto(address)
    body.look()
    page.get_by_label("Your name").fill("Ana Novak")
    page.get_by_role("button", name="We have received it").click()
    expect(page.get_by_text("receipt confirmed")).to_be_visible()
    page.get_by_label("Your answer").first.select_option("partly")
    page.get_by_label("Your reasons").first.fill("Only from next year on.")
    if scripts:
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
        body.goto(address)
    else:
        page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_label("Your reasons").first).to_have_value("Only from next year on.")
    page.get_by_role("button", name="Save and read everything before confirming").click()
    body.look()
    page.get_by_label("Your name").fill("Ana Novak")
    page.get_by_label("Your function").fill("Head of environment")
    page.get_by_role("button", name="Confirm and publish the answer").click()
    expect(page.get_by_text("Confirmed by Ana Novak, Head of environment")).to_be_visible()
    body.look()
    public = new_reader(site, **options)
    public.goto(f"{submission}?language=en")
    public.look()
    expect(public.page.get_by_text("Only from next year on.")).to_be_visible()
    expect(public.page.locator(".went-to").get_by_text("receipt confirmed").first).to_be_visible()
    for reader in (office, body, public):
        assert (reader.violations, reader.complaints) == ([], [])
