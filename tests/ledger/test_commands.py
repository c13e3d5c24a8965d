"""The record of signatures on the command line."""

from __future__ import annotations

from typing import Any

import pytest
from factories import representative
from ledger.test_operations import append

from participation.foundation.database import session
from participation.ledger.models import LedgerEntry, LedgerSecret
from participation.web import Application


def erase(app: Application, *arguments: str, given: str | None = None) -> Any:
    session.commit()
    return app.test_cli_runner().invoke(args=["ledger", "erase", *arguments], input=given)


def kept_secrets() -> list[int]:
    session.expire_all()
    return sorted(secret.seq for secret in session.query(LedgerSecret))


def test_the_operator_erases_who_stands_behind_the_records_of_one_person(app: Application) -> None:
    person, other = representative(), representative()
    append(2, held={"who": {"name": "Ana"}}, whose=person)
    [kept] = append(held={"who": {"name": "Eva"}}, whose=other)
    seq, email = kept.seq, person.email
    done = erase(app, email, "--yes")
    assert (done.exit_code, done.output) == (0, "Erased behind records: 2.\n")
    assert kept_secrets() == [seq]
    kinds = [entry.kind for entry in session.query(LedgerEntry).order_by(LedgerEntry.seq)]
    assert kinds[3:] == ["personal-data-erased"]
    assert erase(app, email, "--yes").output == "Erased behind records: 0.\n"
    assert session.query(LedgerEntry).count() == 4


@pytest.mark.parametrize("answer", ["n\n", "\n"])
def test_nothing_is_erased_without_a_yes(app: Application, answer: str) -> None:
    person = representative()
    [entry] = append(held={"who": {"name": "Ana"}}, whose=person)
    seq = entry.seq
    assert erase(app, person.email, given=answer).exit_code == 1
    assert kept_secrets() == [seq]


def test_an_address_that_nobody_has_is_said(app: Application) -> None:
    done = erase(app, "nihce@nikjer.example", "--yes")
    assert done.exit_code == 1
    assert "There is no account with the address nihce@nikjer.example." in done.output
