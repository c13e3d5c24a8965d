"""Links in mails: each does one thing, once, in time, and only when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from accounts.people import NEW_PASSWORD, letters_to, link_in, person, sign_in
from sqlalchemy import select

from participation.accounts.models import User
from participation.foundation.database import session

NEW_ADDRESS = "nova@primer.example"
PASSWORDS = {"password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD}
PATHS = {"confirm": "/confirm/{}", "reset": "/reset/{}", "address": "/change-email/{}"}
VALID_FOR = {"confirm": timedelta(days=2), "reset": timedelta(hours=1), "address": timedelta(hours=2)}


@pytest.fixture
def token_for(client: Any, new_client: Any) -> Callable[[str, User], str]:
    """The token of a link for one purpose, got as a person gets it."""

    def get(purpose: str, user: User) -> str:
        if purpose == "confirm":
            new_client().post("/confirm", data={"email": user.email})
            address = user.email
        elif purpose == "reset":
            new_client().post("/reset", data={"email": user.email})
            address = user.email
        else:
            browser = new_client()
            sign_in(browser, user)
            browser.post("/change-email", data={"email": NEW_ADDRESS})
            address = NEW_ADDRESS
        return link_in(letters_to(address)[-1]).rpartition("/")[2]

    return get


def someone_for(purpose: str) -> User:
    return person(confirmed_at=None) if purpose == "confirm" else person()


def state_of(user: User) -> tuple[Any, ...]:
    """What any of the links could change."""
    row = session.execute(select(User.email, User.password, User.confirmed_at).where(User.id == user.id)).one()
    session.commit()
    return tuple(row)


@pytest.mark.parametrize("used_for", PATHS)
@pytest.mark.parametrize("made_for", PATHS)
def test_link_works_only_for_its_purpose(client: Any, token_for: Any, made_for: str, used_for: str) -> None:
    user = someone_for(made_for)
    token = token_for(made_for, user)
    before = state_of(user)
    client.post(PATHS[used_for].format(token), data=PASSWORDS)
    assert (state_of(user) != before) is (made_for == used_for)


@pytest.mark.parametrize("purpose", PATHS)
def test_link_is_not_used_up_by_looking(client: Any, token_for: Any, purpose: str) -> None:
    user = someone_for(purpose)
    path = PATHS[purpose].format(token_for(purpose, user))
    before = state_of(user)
    assert [client.head(path).status_code, *(client.get(path).status_code for _ in range(3))] == [200] * 4
    assert state_of(user) == before
    client.post(path, data=PASSWORDS)
    assert state_of(user) != before


@pytest.mark.parametrize("purpose", PATHS)
def test_link_works_once(client: Any, new_client: Any, token_for: Any, purpose: str) -> None:
    user = someone_for(purpose)
    path = PATHS[purpose].format(token_for(purpose, user))
    client.post(path, data=PASSWORDS)
    after = state_of(user)
    again = {"password": "drugo geslo za ključ", "password_confirm": "drugo geslo za ključ"}
    assert new_client().post(path, data=again).status_code in (302, 303)
    assert state_of(user) == after


@pytest.mark.parametrize("purpose", PATHS)
def test_link_expires(client: Any, token_for: Any, stopped_clock: Any, purpose: str) -> None:
    user = someone_for(purpose)
    path = PATHS[purpose].format(token_for(purpose, user))
    before = state_of(user)
    stopped_clock(stopped_clock.now + VALID_FOR[purpose] + timedelta(seconds=2))
    client.post(path, data=PASSWORDS)
    assert state_of(user) == before


@pytest.mark.parametrize("purpose", PATHS)
@pytest.mark.parametrize("damage", ["{}x", "x{}", "{} ", "{}%00", "", "a.b.c"])
def test_damaged_link_changes_nothing(client: Any, token_for: Any, purpose: str, damage: str) -> None:
    user = someone_for(purpose)
    token = token_for(purpose, user)
    before = state_of(user)
    answer = client.post(PATHS[purpose].format(damage.format(token)), data=PASSWORDS)
    assert answer.status_code < 500
    assert state_of(user) == before


def test_link_in_other_letters_changes_nothing(client: Any, token_for: Any) -> None:
    user = person()
    token = token_for("reset", user)
    before = state_of(user)
    client.post(PATHS["reset"].format(token.swapcase()), data=PASSWORDS)
    assert state_of(user) == before


def test_links_are_void_after_the_password_was_changed(client: Any, new_client: Any, token_for: Any) -> None:
    user = person()
    older, address, newest = token_for("reset", user), token_for("address", user), token_for("reset", user)
    client.post(PATHS["reset"].format(newest), data=PASSWORDS)
    after = state_of(user)
    client.post(PATHS["reset"].format(older), data={k: "drugo geslo za ključ" for k in PASSWORDS})
    client.post(PATHS["address"].format(address))
    assert state_of(user) == after


def test_links_to_the_old_address_are_void_after_it_was_changed(client: Any, token_for: Any) -> None:
    user = person()
    reset, address = token_for("reset", user), token_for("address", user)
    client.post(PATHS["address"].format(address))
    after = state_of(user)
    assert after[0] == NEW_ADDRESS
    client.post(PATHS["reset"].format(reset), data=PASSWORDS)
    assert state_of(user) == after


def test_link_of_one_person_does_nothing_for_another(client: Any, token_for: Any) -> None:
    boris, user = person(), person()
    path = PATHS["address"].format(token_for("address", user))
    sign_in(client, boris)
    before = state_of(boris)
    client.post(path)
    assert state_of(boris) == before


def test_address_that_somebody_took_meanwhile_is_not_given_twice(client: Any, token_for: Any) -> None:
    user = person()
    path = PATHS["address"].format(token_for("address", user))
    person(email=NEW_ADDRESS)
    before = state_of(user)
    assert client.post(path).status_code in (302, 303)
    assert state_of(user) == before


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
def test_link_leads_to_the_address_in_the_settings(client: Any, header: str) -> None:
    user = person()
    client.post("/reset", data={"email": user.email}, headers={header: "zlo.example"})
    (letter,) = letters_to(user.email)
    assert "zlo.example" not in letter.text
    assert link_in(letter).startswith("/reset/")


def test_press_of_the_button_needs_the_token_of_the_page(app: Any, client: Any, token_for: Any) -> None:
    user = person(confirmed_at=None)
    path = PATHS["confirm"].format(token_for("confirm", user))
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(path).status_code == 400
    assert state_of(user)[2] is None
