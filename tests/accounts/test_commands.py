"""People from the command line."""

from __future__ import annotations

from typing import Any

import pytest
from accounts.people import is_signed_in, person, sign_in

from participation.accounts.queries import user_by_email
from participation.foundation.database import session


@pytest.fixture
def run(app: Any) -> Any:
    def invoke(*words: str, given: str = "") -> Any:
        session.commit()
        return app.test_cli_runner().invoke(args=["accounts", *words], input=given)

    return invoke


def test_account_is_opened_with_a_password_that_is_printed_once(run: Any, client: Any) -> None:
    answer = run("create", "Ana@Primer.example", "--name", "Ana Kos", "--role", "council-representative")
    assert answer.exit_code == 0, answer.output
    password = answer.output.split("Password: ")[1].strip()
    ana = user_by_email("ana@primer.example")
    assert ana is not None
    assert ana.is_council_representative
    sign_in(client, ana, password)
    assert is_signed_in(client)


def test_account_is_opened_with_a_password_of_ones_own(run: Any, client: Any) -> None:
    password = "korenje dimnik metla"
    answer = run("create", "ana@primer.example", "--name", "Ana", "--ask", given=f"{password}\n{password}\n")
    assert answer.exit_code == 0, answer.output
    assert password not in answer.output
    sign_in(client, user_by_email("ana@primer.example"), password)
    assert is_signed_in(client)


@pytest.mark.parametrize("password", ["kratko", "geslogeslogeslo"])
def test_weak_password_is_refused(run: Any, password: str) -> None:
    answer = run("create", "ana@primer.example", "--name", "Ana", "--ask", given=f"{password}\n{password}\n")
    assert answer.exit_code == 1
    assert user_by_email("ana@primer.example") is None


def test_second_account_with_an_address_is_refused(run: Any) -> None:
    person(email="ana@primer.example")
    answer = run("create", "ana@primer.example", "--name", "Ana")
    assert answer.exit_code == 1
    assert "already" in answer.output


def test_roles_are_given_listed_and_taken(run: Any) -> None:
    ana = person(name="Ana Kos", email="ana@primer.example")
    assert run("grant", "ana@primer.example", "coordinator").exit_code == 0
    assert "coordinator: Ana Kos <ana@primer.example>\n" in run("roles").output
    assert run("revoke", "ana@primer.example", "coordinator").exit_code == 0
    assert "coordinator: -\n" in run("roles").output
    assert run("grant", "nihce@primer.example", "coordinator").exit_code == 1
    assert run("grant", "ana@primer.example", "boss").exit_code == 2
    assert ana.active


def test_account_is_closed_and_second_step_dropped_for_a_reason(run: Any) -> None:
    ana = person(email="ana@primer.example", tf_primary_method="authenticator", tf_totp_secret="skrito")
    assert run("drop-second-step", "ana@primer.example").exit_code == 2
    assert run("drop-second-step", "ana@primer.example", "--because", "klic").exit_code == 0
    session.expire_all()
    assert not ana.has_code_app
    assert run("close", "ana@primer.example", "--because", "odšla").exit_code == 0
    session.expire_all()
    assert not ana.active
