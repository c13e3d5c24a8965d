"""Guesses are counted: ten at an account, sixty from an address; the owner's own browser counts apart."""

from __future__ import annotations

from typing import Any

import pytest
from accounts.people import PASSWORD, is_signed_in, letters_to, person, sign_in

pytestmark = pytest.mark.usefixtures("counted")
WRONG = "to ni pravo geslo"


def guess(client: Any, email: str, address: str = "192.0.2.1", password: str = WRONG) -> int:
    answer = client.post(
        "/login", data={"email": email, "password": password}, environ_overrides={"REMOTE_ADDR": address}
    )
    return int(answer.status_code)


def test_eleventh_guess_at_an_account_is_refused_wherever_it_comes_from(new_client: Any) -> None:
    ana = person()
    answers = [guess(new_client(), ana.email, f"192.0.2.{number}") for number in range(1, 13)]
    assert answers == [422] * 10 + [429] * 2
    assert guess(new_client(), ana.email, "198.51.100.1", PASSWORD) == 429


def test_unknown_account_is_counted_in_the_same_way(new_client: Any) -> None:
    assert [guess(new_client(), "nihce@primer.example") for _ in range(11)] == [422] * 10 + [429]


def test_address_in_other_letters_is_the_same_account(new_client: Any) -> None:
    ana = person(email="ana@primer.example")
    spellings = ["ana@primer.example", "Ana@primer.example", " ANA@PRIMER.EXAMPLE "]
    answers = [guess(new_client(), spellings[number % 3]) for number in range(11)]
    assert answers == [422] * 10 + [429]
    assert guess(new_client(), ana.email) == 429


def test_domain_in_other_signs_is_the_same_account(new_client: Any) -> None:
    spellings = [f"ana@{domain}.example" for domain in ("primer", "\uff50rimer", "p\uff52imer", "\uff30rimer")]
    spellings += ["ana@primer\u3002example"]
    ana = person(email="ana@primer.example")
    answers = [guess(new_client(), spellings[number % 5]) for number in range(11)]
    assert answers == [422] * 10 + [429]
    assert guess(new_client(), ana.email) == 429


def test_claimed_address_does_not_begin_a_new_count(new_client: Any) -> None:
    answers = []
    for number in range(62):
        answer = new_client().post(
            "/login",
            data={"email": f"oseba{number}@drugje.example", "password": WRONG},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
        answers.append(answer.status_code)
    assert answers == [422] * 60 + [429] * 2


def test_owner_signs_in_from_a_known_browser_while_somebody_guesses(client: Any, new_client: Any) -> None:
    ana = person()
    sign_in(client, ana)
    client.post("/logout")
    for _ in range(12):
        guess(new_client(), ana.email, "198.51.100.7")
    assert guess(new_client(), ana.email, "192.0.2.9", PASSWORD) == 429
    sign_in(client, ana)
    assert is_signed_in(client)


def test_known_browser_of_one_person_guesses_no_better_at_another(client: Any, new_client: Any) -> None:
    boris, ana = person(), person()
    sign_in(client, boris)
    client.post("/logout")
    for _ in range(10):
        guess(new_client(), ana.email, "198.51.100.7")
    assert guess(client, ana.email) == 429


def test_success_forgives_the_slips_before_it(client: Any) -> None:
    ana = person()
    for _ in range(9):
        assert guess(client, ana.email) == 422
    assert guess(client, ana.email, password=PASSWORD) == 302
    client.post("/logout")
    assert [guess(client, ana.email) for _ in range(10)] == [422] * 10


def test_refusal_is_a_page_in_words_without_the_password(client: Any) -> None:
    for _ in range(10):
        guess(client, "ana@primer.example")
    answer = client.post("/login", data={"email": "ana@primer.example", "password": WRONG})
    assert answer.status_code == 429
    assert "That was too often" in answer.text
    assert WRONG not in answer.text


def test_confirming_with_the_password_is_counted(client: Any) -> None:
    sign_in(client, person())
    answers = [client.post("/verify", data={"password": WRONG}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


@pytest.mark.parametrize("path", ["/reset", "/confirm", "/register"])
def test_mailbox_is_not_flooded(new_client: Any, path: str) -> None:
    ana = person(confirmed_at=None) if path == "/confirm" else person()
    form = {
        "email": ana.email,
        "name": "Ana Kos",
        "password": PASSWORD,
        "password_confirm": PASSWORD,
        "language": "en",
        "joining": "",
        "privacy": "y",
    }
    answers = [new_client().post(path, data=form).status_code for _ in range(7)]
    assert (answers[4], answers[5], answers[6]) == (302 if path == "/register" else 303, 429, 429)
    assert len(letters_to(ana.email)) <= 5


def test_looking_is_not_counted(client: Any) -> None:
    assert {client.get("/login").status_code for _ in range(80)} == {200}
