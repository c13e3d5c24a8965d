"""Passkeys in a real browser, with an authenticator that the browser plays itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from accounts.people import PASSWORD, person
from loopback import chromium
from playwright.sync_api import Page, sync_playwright
from sqlalchemy import select
from werkzeug.serving import make_server

from participation.accounts.models import Passkey
from participation.foundation.audit import AuditEntry
from participation.foundation.database import session

pytestmark = pytest.mark.browser


@pytest.fixture
def address(app: Any) -> Iterator[str]:
    """The program under test on a port of this machine; browsers know passkeys only for names, not for numbers."""
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("localhost", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page() -> Iterator[Page]:
    launch = chromium()
    if launch is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch)
        page = browser.new_context(locale="en-GB").new_page()
        page.set_default_timeout(20_000)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        yield page
        browser.close()
        # A status of 4xx is told to the console as well; what breaks the policy for scripts is not among them.
        assert [complaint for complaint in complaints if "status of" not in complaint] == []


def with_authenticator(page: Page) -> None:
    """The device knows its owner, for example by a fingerprint, and keeps passkeys."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def enter_password(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/login")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, address: str, name: str, what_for: str) -> None:
    page.goto(f"{address}/wan-register")
    page.get_by_label("A name by which you recognise it").fill(name)
    page.get_by_label(what_for).check()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/profile")


def sign_out(page: Page) -> None:
    page.locator(".account-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Register").wait_for()


def test_passkey_is_the_second_step(page: Page, address: str) -> None:
    ana = person()
    email = ana.email
    session.commit()
    with_authenticator(page)
    enter_password(page, address, email)
    page.locator(".account-menu").wait_for()
    add_passkey(page, address, "moj telefon", "As the second step, after the password")
    assert "moj telefon" in page.locator("main").inner_text()
    sign_out(page)

    enter_password(page, address, email)
    page.wait_for_url("**/wan-signin**")
    page.goto(f"{address}/profile")
    assert page.url.startswith(f"{address}/login")
    enter_password(page, address, email)
    page.get_by_role("button", name="Use the passkey").click()
    page.locator(".account-menu").wait_for()

    page.goto(f"{address}/verify?next=/profile")
    page.get_by_role("button", name="Confirm with a passkey").click()
    page.wait_for_url("**/profile")

    page.goto(f"{address}/wan-register")
    page.get_by_role("button", name="Remove moj telefon").click()
    page.get_by_role("button", name="Add the passkey").wait_for()
    session.rollback()
    assert session.scalars(select(Passkey)).all() == []
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert list(actions) == ["passkey.added", "passkey.removed"]


def test_passkey_is_enough_without_the_password(page: Page, address: str) -> None:
    email = person().email
    session.commit()
    with_authenticator(page)
    enter_password(page, address, email)
    page.locator(".account-menu").wait_for()
    add_passkey(page, address, "ključek", "To sign in without the password")
    sign_out(page)

    page.goto(f"{address}/login?next=/profile")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/profile")
    assert email in page.locator("main").inner_text()


def test_person_who_cancels_is_told_and_can_try_again(page: Page, address: str) -> None:
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('cancelled'))")
    page.goto(f"{address}/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    told = page.get_by_text("The browser did not get the passkey.")
    told.wait_for()
    page.evaluate("() => { navigator.credentials.get = () => new Promise(() => {}); }")
    page.get_by_role("button", name="Try again").click()
    assert page.get_by_text("Your browser now asks for the passkey.").is_visible()
    assert not told.is_visible()
    page.get_by_role("link", name="Sign in with the password").click()
    page.get_by_label("Email address").wait_for()
