"""Signing in and out, passwords, and how long a sign-in lasts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from accounts.people import NEW_PASSWORD, PASSWORD, is_signed_in, letters_to, link_in, person, sign_in
from factories import MembershipFactory, OrganisationFactory, coordinator
from sqlalchemy import select

from participation.accounts.models import EndedSignIn, User
from participation.foundation import clock
from participation.foundation.audit import AuditEntry
from participation.foundation.database import session


def test_person_signs_in_and_out(client: Any) -> None:
    ana = person()
    assert not is_signed_in(client)
    answer = sign_in(client, ana)
    assert (answer.status_code, answer.location) == (302, "/welcome")
    assert is_signed_in(client)
    assert client.post("/logout").status_code == 302
    assert not is_signed_in(client)


def test_signing_out_is_no_link(client: Any) -> None:
    sign_in(client, person())
    assert client.get("/logout").status_code == 405
    assert is_signed_in(client)


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client: Any) -> None:
    ana = person()
    answer = client.get("/profile?x=1")
    assert answer.location == "/login?next=/profile?x%3D1"
    assert sign_in(client, ana, next="/profile?x=1").location == "/profile?x=1"


@pytest.mark.parametrize("elsewhere", ["https://zlo.example/", "//zlo.example", "/\\zlo.example", "\\\\zlo.example"])
def test_sign_in_leads_to_no_other_site(client: Any, elsewhere: str) -> None:
    location = sign_in(client, person(), next=elsewhere).location or ""
    assert not re.match(r"(https?:)?[/\\]{2}", location)


def test_address_is_read_in_any_letters(client: Any) -> None:
    person(email="ana@primer.example")
    client.post("/login", data={"email": " Ana@Primer.example ", "password": PASSWORD})
    assert is_signed_in(client)


def test_wrong_password_unknown_address_and_closed_or_unconfirmed_account_look_the_same(new_client: Any) -> None:
    known = person()
    unconfirmed = person(confirmed_at=None)
    closed = person(active=False)
    without_password = person()
    without_password.password = None
    tries = [
        (known.email, "napačno geslo je to"),
        ("nihce@primer.example", PASSWORD),
        (unconfirmed.email, PASSWORD),
        (closed.email, PASSWORD),
        (without_password.email, PASSWORD),
    ]
    answers = []
    for email, password in tries:
        answer = new_client().post("/login", data={"email": email, "password": password})
        page = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text).replace(email, "ADDRESS")
        answers.append((answer.status_code, page, sorted(answer.headers.keys())))
    assert [status for status, *_ in answers] == [422] * 5
    assert all(answer == answers[0] for answer in answers)
    assert "The address or the password is not right" in answers[0][1]
    assert 'value="ADDRESS"' in answers[0][1]


def test_password_that_was_typed_is_never_shown_again(client: Any) -> None:
    known = person()
    assert "napačno geslo" not in sign_in(client, known, "napačno geslo je to").text


def test_copied_cookie_opens_nothing_after_signing_out(client: Any, new_client: Any) -> None:
    sign_in(client, person())
    thief = new_client()
    thief.set_cookie("soglasje", client.get_cookie("soglasje").value)
    assert is_signed_in(thief)
    client.post("/logout")
    assert not is_signed_in(thief)
    assert len(session.scalars(select(EndedSignIn)).all()) == 1


def test_signing_out_leaves_the_other_device_signed_in(client: Any, new_client: Any) -> None:
    ana, phone = person(), new_client()
    sign_in(client, ana)
    sign_in(phone, ana)
    client.post("/logout")
    assert is_signed_in(phone)


def test_cookie_from_before_is_worth_nothing_after_signing_in(client: Any, new_client: Any) -> None:
    client.get("/login")
    planted = client.get_cookie("soglasje").value
    sign_in(client, person())
    assert client.get_cookie("soglasje").value != planted
    attacker = new_client()
    attacker.set_cookie("soglasje", planted)
    assert not is_signed_in(attacker)


def test_forged_cookie_is_refused(client: Any) -> None:
    from flask.sessions import SecureCookieSessionInterface

    ana = person()
    for guess in ("changeme", "secret", "dev", "password" * 5):
        interface = SecureCookieSessionInterface()

        class Pretend:
            secret_key = guess
            config = {"SECRET_KEY_FALLBACKS": None}

        signer = interface.get_signing_serializer(Pretend())  # type: ignore[arg-type]
        assert signer is not None
        client.set_cookie("soglasje", signer.dumps({"_user_id": ana.fs_uniquifier, "_fresh": True}))
        assert not is_signed_in(client)


def test_sign_in_ends_after_thirty_days_of_use(client: Any, stopped_clock: Any) -> None:
    sign_in(client, person())
    stopped_clock(stopped_clock.now + timedelta(days=29))
    assert is_signed_in(client)
    stopped_clock(stopped_clock.now + timedelta(days=2))
    assert not is_signed_in(client)


def test_session_cookie_is_kept_from_scripts_and_other_sites(client: Any) -> None:
    cookie = next(value for value in sign_in(client, person()).headers.getlist("Set-Cookie") if "soglasje=" in value)
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(re.split(r"; ", cookie))


def test_closed_account_is_signed_out_with_the_next_request(client: Any) -> None:
    ana = person()
    sign_in(client, ana)
    ana.active = False
    assert not is_signed_in(client)


def test_membership_that_ends_is_gone_with_the_next_request(client: Any) -> None:
    from participation.organisations.models import MembershipState

    organisation = OrganisationFactory(name="Društvo za lipe")
    membership = MembershipFactory(user=person(), organisation=organisation)
    sign_in(client, membership.user)
    assert "Društvo za lipe" in client.get("/profile").text
    membership.state, membership.ended_at = MembershipState.ENDED, clock.now()
    assert "Društvo za lipe" not in client.get("/profile").text


@pytest.mark.parametrize("places", [1, 30])
def test_who_asks_is_loaded_in_two_statements(client: Any, count_queries: Any, places: int) -> None:
    from participation.accounts.queries import user_of_session

    ana = coordinator()
    for _place in range(places):
        MembershipFactory(user=ana)
    key = ana.fs_uniquifier
    session.commit()
    session.expunge_all()
    with count_queries() as queries:
        user = user_of_session(key, "")
        assert user is not None
        assert len([place.organisation.name for place in user.memberships if place.is_live]) == places
        assert user.is_coordinator
    assert len([query for query in queries if not query.startswith("BEGIN")]) == 2


def test_forgotten_password_is_chosen_anew(client: Any, new_client: Any) -> None:
    ana, elsewhere = person(), new_client()
    sign_in(elsewhere, ana)
    assert client.post("/reset", data={"email": ana.email}).location == "/login"
    (letter,) = letters_to(ana.email)
    link = link_in(letter)
    assert client.get(link).status_code == 200
    assert client.post(link, data={"password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD}).location == "/login"

    assert not is_signed_in(elsewhere)
    assert not is_signed_in(client)
    assert sign_in(client, ana).status_code == 422
    assert sign_in(client, ana, NEW_PASSWORD).status_code == 302
    assert [letter.subject for letter in letters_to(ana.email)] == [
        "Choose a new password",
        "Your password has been changed",
    ]
    assert "account.password-changed" in session.scalars(select(AuditEntry.action)).all()


def test_forgotten_password_tells_nobody_who_has_an_account(new_client: Any) -> None:
    known, unconfirmed = person(), person(confirmed_at=None)
    answers = []
    for email in (known.email, "nihce@primer.example", unconfirmed.email):
        browser = new_client()
        answer = browser.post("/reset", data={"email": email})
        page = re.sub(r'name="csrf_token" value="[^"]*"', "", browser.get("/login").text).replace(email, "ADDRESS")
        answers.append((answer.status_code, answer.location, page))
    assert answers[0] == answers[1] == answers[2]
    assert letters_to("nihce@primer.example") == letters_to(unconfirmed.email) == []


def test_weak_new_password_is_refused_and_the_link_stays_good(client: Any) -> None:
    ana = person()
    client.post("/reset", data={"email": ana.email})
    link = link_in(letters_to(ana.email)[0])
    answer = client.post(link, data={"password": "geslo1234567", "password_confirm": "geslo1234567"})
    assert answer.status_code == 422
    assert "Such a password is guessed first." in answer.text
    assert client.post(link, data={"password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD}).status_code == 302


def test_changed_password_ends_the_other_sign_ins_and_keeps_this_one(client: Any, new_client: Any) -> None:
    ana, elsewhere = person(), new_client()
    sign_in(client, ana)
    sign_in(elsewhere, ana)
    form = {"password": PASSWORD, "new_password": NEW_PASSWORD, "new_password_confirm": NEW_PASSWORD}
    assert client.post("/change", data=form | {"password": "napačno"}).status_code == 422
    assert client.post("/change", data=form).location == "/profile"
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert [letter.subject for letter in letters_to(ana.email)] == ["Your password has been changed"]


def test_new_address_counts_when_its_link_is_confirmed(client: Any, new_client: Any) -> None:
    ana = person(email="ana@primer.example")
    sign_in(client, ana)
    assert client.post("/change-email", data={"email": "Ana@Novi.example"}).location == "/profile"
    link = link_in(letters_to("ana@novi.example")[0])
    assert client.get(link).status_code == 200
    assert session.scalars(select(User.email)).one() == "ana@primer.example"
    assert new_client().post(link).location == "/login"
    assert session.scalars(select(User.email)).one() == "ana@novi.example"
    assert not is_signed_in(client)
    assert [letter.subject for letter in letters_to("ana@primer.example")] == [
        "The email address of your account has been changed"
    ]


def test_new_address_that_has_an_account_gets_the_same_answer_and_no_mail(client: Any) -> None:
    taken = person()
    sign_in(client, person())
    answers = []
    for email in (taken.email, "prosto@primer.example"):
        answer = client.post("/change-email", data={"email": email})
        page = re.sub(r'name="csrf_token" value="[^"]*"', "", client.get("/profile").text).replace(email, "ADDRESS")
        answers.append((answer.status_code, answer.location, page))
    assert answers[0] == answers[1]
    assert letters_to(taken.email) == []


def test_changing_the_address_asks_for_a_recent_sign_in(client: Any) -> None:
    sign_in(client, person())
    with client.session_transaction() as cookie:
        cookie["fs_paa"] -= 11 * 60
    assert client.get("/change-email").location == "/verify?next=/change-email"
    assert client.post("/verify", data={"password": "napačno", "next": "/change-email"}).status_code == 422
    assert client.post("/verify", data={"password": PASSWORD, "next": "/change-email"}).location == "/change-email"
    assert client.get("/change-email").status_code == 200


@pytest.mark.parametrize("address", ["http://[", "//[::1"])
def test_address_to_go_on_to_that_is_none_is_refused(client: Any, address: str) -> None:
    ana = person()
    assert sign_in(client, ana, next=address).status_code == 400
    assert client.get("/login", query_string={"next": address}).status_code == 400
    assert not is_signed_in(client)


@pytest.mark.parametrize("sent", ["words", {"email": "\ud800@primer.example", "password": "\ud800"}, []], ids=type)
def test_sign_in_is_sent_as_a_form(client: Any, sent: Any) -> None:
    answers = {address: client.post(address, json=sent).status_code for address in ("/login", "/register", "/reset")}
    assert answers == {"/login": 415, "/register": 415, "/reset": 415}


def test_pages_of_accounts_are_kept_by_no_cache(client: Any) -> None:
    assert client.get("/login").headers["Cache-Control"] == "no-store"
