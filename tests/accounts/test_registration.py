"""Registration: an account opens when its address is confirmed, and nobody learns who has one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from accounts.people import PASSWORD, is_signed_in, letters_to, link_in, person, sign_in
from factories import OrganisationFactory
from sqlalchemy import select

from participation.accounts.events import user_registered
from participation.accounts.models import User
from participation.accounts.queries import user_by_email
from participation.foundation import outbox
from participation.foundation.audit import AuditEntry
from participation.foundation.database import session
from participation.organisations.models import OrganisationState

FORM = {
    "name": "Ana  Kos",
    "email": "Ana.Kos@primer.example",
    "password": PASSWORD,
    "password_confirm": PASSWORD,
    "language": "en",
    "joining": "",
    "privacy": "y",
}
ADDRESS = "ana.kos@primer.example"


@pytest.fixture
def wishes() -> Any:
    """Which person wished to belong to which organisation."""
    heard: list[tuple[str, int]] = []

    def note(sender: Any, user: User, organisation_id: int, **rest: Any) -> None:
        heard.append((user.email, organisation_id))

    user_registered.connect(note)
    yield heard
    user_registered.disconnect(note)


def test_registered_person_confirms_the_address_and_signs_in(client: Any) -> None:
    assert client.post("/register", data=FORM).status_code == 302
    ana = user_by_email(ADDRESS)
    assert (ana.name, ana.email, ana.language, ana.confirmed_at, ana.name_is_public) == (
        "Ana Kos",
        ADDRESS,
        "en",
        None,
        False,
    )
    assert sign_in(client, ana).status_code == 422

    (letter,) = letters_to(ADDRESS)
    assert letter.subject == "Confirm your email address"
    page = client.get(link_in(letter))
    assert "Confirm the address" in page.text
    assert user_by_email(ADDRESS).confirmed_at is None
    assert client.post(link_in(letter)).status_code == 302
    assert user_by_email(ADDRESS).confirmed_at is not None
    assert not is_signed_in(client)

    assert sign_in(client, ana).status_code == 302
    assert is_signed_in(client)
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.actor_id == ana.id)).all()
    assert list(actions) == ["account.confirmed"]


def test_mail_is_in_the_language_that_was_chosen(client: Any) -> None:
    client.post("/register", data=FORM | {"language": "sl"}, headers={"Accept-Language": "en"})
    (item,) = session.scalars(select(outbox.OutboxItem))
    assert (item.payload["to"], item.payload["language"]) == (ADDRESS, "sl")


def test_chosen_organisation_is_told_when_the_address_is_confirmed(client: Any, wishes: Any) -> None:
    chosen = OrganisationFactory()
    OrganisationFactory()
    client.post("/register", data=FORM | {"joining": str(chosen.id)})
    assert wishes == []
    link = link_in(letters_to(ADDRESS)[0])
    client.get(link)
    assert wishes == []
    client.post(link)
    assert wishes == [(ADDRESS, chosen.id)]
    client.post(link)
    assert wishes == [(ADDRESS, chosen.id)]
    assert user_by_email(ADDRESS).joining == ""


def test_who_registers_an_organisation_goes_there_at_the_first_sign_in_only(client: Any, wishes: Any) -> None:
    client.post("/register", data=FORM | {"joining": "new"})
    client.post(link_in(letters_to(ADDRESS)[0]))
    ana = user_by_email(ADDRESS)
    sign_in(client, ana)
    assert client.get("/welcome").location == "/organisations/apply"
    client.post("/logout")
    sign_in(client, ana)
    assert client.get("/welcome").location == "/desk"
    assert wishes == []


def test_only_member_organisations_are_offered(client: Any) -> None:
    member = OrganisationFactory(name="Društvo prijateljev lip")
    OrganisationFactory(name="Društvo v čakanju", state=OrganisationState.APPLIED)
    page = client.get("/register").text
    assert member.name in page
    assert "Društvo v čakanju" not in page


def test_organisation_that_is_not_offered_is_refused(client: Any) -> None:
    waiting = OrganisationFactory(state=OrganisationState.APPLIED)
    answer = client.post("/register", data=FORM | {"joining": str(waiting.id)})
    assert answer.status_code == 422
    assert user_by_email(ADDRESS) is None


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", " ", "Enter your name."),
        ("name", "x" * 121, "A name has 2 to 120 characters."),
        ("name", "Ana http://zlo.example", "A name has no signs"),
        ("email", "ana.kos", "This is not an email address, such as name@example.org."),
        (
            "email",
            "ana@primer.example\r\nBcc: x@y.example",
            "This is not an email address, such as name@example.org.",
        ),
        ("password", "kratko 1", "Choose a password of at least 12 characters."),
        ("password", "Ljubljana2026!", "Such a password is guessed first."),
        ("password", "kos.ana.1970", "Such a password is guessed first."),
        ("password", "dolgo " * 30, "Choose a password of at most 128 characters."),
        ("password_confirm", "nekaj čisto drugega", "The two passwords are not the same."),
        ("privacy", "", "Please confirm that you have read how your data is handled."),
        ("language", "xx", "Not a valid choice."),
    ],
)
def test_bad_registration_is_refused_and_kept(client: Any, field: str, value: str, message: str) -> None:
    form = FORM | {"name": "Ana Kos", field: value}
    if field == "password":
        form["password_confirm"] = value
    answer = client.post("/register", data=form)
    assert answer.status_code == 422
    assert message in answer.text
    assert session.scalars(select(User)).all() == []
    kept = "Ana Kos" if field != "name" else "Ana.Kos@primer.example".lower()
    assert f'value="{kept}"' in answer.text or f'value="{FORM["email"]}"' in answer.text
    assert value == " " or PASSWORD not in answer.text


def test_address_with_an_account_gets_the_same_answer(client: Any, new_client: Any) -> None:
    known = person(email="boris@primer.example")
    other = new_client()
    answers = [
        (browser.post("/register", data=FORM | {"email": address}), browser.get("/register/mail"))
        for browser, address in ((client, known.email), (other, "cvetka@primer.example"))
    ]
    (taken, taken_page), (free, free_page) = answers
    assert (taken.status_code, taken.location, taken.data) == (free.status_code, free.location, free.data)
    assert without_tokens(taken_page.text, known.email) == without_tokens(free_page.text, "cvetka@primer.example")
    assert [letter.subject for letter in letters_to(known.email)] == ["You have an account already"]
    assert [letter.subject for letter in letters_to("cvetka@primer.example")] == ["Confirm your email address"]
    assert session.scalars(select(User).where(User.email == known.email)).all() == [known]


def test_address_in_other_letters_is_the_same_account(client: Any) -> None:
    known = person(email="boris@primer.example")
    client.post("/register", data=FORM | {"email": "BORIS@primer.example"})
    assert session.scalars(select(User)).all() == [known]


def test_registering_twice_makes_one_account_and_keeps_the_first_name(client: Any) -> None:
    client.post("/register", data=FORM)
    client.post("/register", data=FORM | {"name": "Nekdo drug"})
    assert [user.name for user in session.scalars(select(User))] == ["Ana Kos"]
    assert [letter.subject for letter in letters_to(ADDRESS)] == ["Confirm your email address"] * 2


def test_confirmation_is_sent_again_only_to_who_waits_for_it(client: Any) -> None:
    waiting = person(confirmed_at=None)
    done = person()
    answers = [
        client.post("/confirm", data={"email": email})
        for email in (waiting.email, done.email, "nihce@primer.example")
    ]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/register/mail")] * 3
    assert [item.payload["to"] for item in session.scalars(select(outbox.OutboxItem))] == [waiting.email]


def test_link_is_valid_for_two_days(client: Any, stopped_clock: Any) -> None:
    client.post("/register", data=FORM)
    link = link_in(letters_to(ADDRESS)[0])
    stopped_clock(stopped_clock.now + timedelta(days=2, seconds=5))
    answer = client.post(link, follow_redirects=True)
    assert "The link was valid for 2 days only." in answer.text
    assert user_by_email(ADDRESS).confirmed_at is None


def without_tokens(page: str, address: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page).replace(address, "ADDRESS")


def test_what_the_visitor_came_for_is_chosen_already(client: Any) -> None:
    organisation = OrganisationFactory()
    for asked, chosen in (
        (str(organisation.id), [str(organisation.id)]),
        ("new", ["new"]),
        ("999999", []),
        ("<b>", []),
    ):
        page = client.get("/register", query_string={"joining": asked}).text
        field = re.search(r'<select[^>]*id="joining".*?</select>', page, re.DOTALL)
        assert field is not None
        assert [value for value in re.findall(r'<option selected value="([^"]*)"', field.group(0)) if value] == chosen
