"""A person reads the records behind which they stand, and erases that it was them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from conftest import Client
from factories import representative
from ledger.test_operations import append

from participation.foundation import clock
from participation.foundation.database import session
from participation.ledger.models import LedgerEntry, LedgerSecret


def own_records(person: Any, number: int) -> list[LedgerEntry]:
    made = append(number, held={"who": {"name": person.name}}, whose=person)
    session.commit()
    return made


def secrets_now() -> set[int]:
    session.expire_all()
    return {secret.seq for secret in session.query(LedgerSecret)}


def test_the_page_lists_only_the_own_records(client: Client) -> None:
    person, other = representative(), representative()
    own_records(other, 1)
    own_records(person, 2)
    append(1)
    session.commit()
    client.sign_in(person)
    page = client.get("/ledger/mine").text
    assert [f'/ledger/{seq}"' in page for seq in range(4)] == [False, True, True, False]
    assert "This is about 2 records" in page


def test_who_stands_behind_nothing_has_nothing_to_erase(client: Client) -> None:
    own_records(representative(), 1)
    client.sign_in(representative())
    page = client.get("/ledger/mine").text
    assert "You stand behind no record." in page
    assert '<form method="post" action="/ledger/mine' not in page


def test_erasing_takes_the_own_secrets_and_leaves_every_record(client: Client) -> None:
    person, other = representative(), representative()
    own_records(person, 2)
    [kept] = [entry.seq for entry in own_records(other, 1)]
    client.sign_in(person)
    answer = client.post("/ledger/mine", data={"agree": "y"}, follow_redirects=True)
    assert "It was erased behind 2 records." in answer.text
    assert "You stand behind no record." in answer.text
    assert secrets_now() == {kept}
    assert [entry.kind for entry in session.query(LedgerEntry).order_by(LedgerEntry.seq)][3:] == [
        "personal-data-erased"
    ]


def test_nothing_is_erased_without_the_tick(client: Client) -> None:
    person = representative()
    [entry] = own_records(person, 1)
    seq = entry.seq
    client.sign_in(person)
    answer = client.post("/ledger/mine", data={})
    assert answer.status_code == 422
    assert "Tick this box if you really want to erase it." in answer.text
    assert secrets_now() == {seq}


def test_an_old_sign_in_erases_nothing(client: Client) -> None:
    person = representative()
    [entry] = own_records(person, 1)
    seq = entry.seq
    client.sign_in(person)
    with clock.stopped(clock.now() + timedelta(minutes=11)):
        answer = client.post("/ledger/mine", data={"agree": "y"})
    assert answer.status_code == 401
    assert secrets_now() == {seq}


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(client: Client, count_queries: Any, number: int) -> None:
    person = representative()
    own_records(person, number)
    client.sign_in(person)
    client.get("/ledger/mine")
    with count_queries() as queries:
        client.get("/ledger/mine")
    assert len(queries) <= 8
