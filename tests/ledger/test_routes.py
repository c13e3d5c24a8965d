"""The pages of the ledger, and what programs read there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Client
from factories import representative
from ledger.test_operations import append, signed

from participation.ledger.models import leaf_hash, read_head
from participation.ledger.queries import tree_of


def test_an_empty_log_says_when_its_first_record_comes(client: Client) -> None:
    page = client.get("/ledger").text
    assert "Nothing has been recorded yet." in page
    assert "There is none yet." in page
    assert client.get("/ledger/checkpoint").status_code == 404


def test_the_page_shows_the_latest_checkpoint_and_the_newest_records_first(client: Client) -> None:
    append(25)
    checkpoint = signed()
    page = client.get("/ledger").text
    assert checkpoint.root_text in page.replace("&#43;", "+")
    assert "Record 24" in page
    assert "Record 4<" not in page
    assert "Record 4<" in client.get("/ledger?page=2").text


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(client: Client, count_queries: Any, number: int) -> None:
    append(number)
    signed()
    client.get("/ledger")
    with count_queries() as queries:
        client.get("/ledger")
    assert len([query for query in queries if query.startswith("SELECT")]) <= 6


def test_a_program_reads_the_checkpoint_and_the_very_records_under_it(client: Client) -> None:
    entries = append(3)
    signed()
    head = read_head(client.get("/ledger/checkpoint").text)
    lines = client.get("/ledger/records").text.splitlines()
    assert [line.encode() for line in lines] == [entry.record for entry in entries]
    assert head.root == tree_of(3).root
    assert client.get("/ledger/records?from=2").text.splitlines() == lines[2:]
    assert client.get("/ledger/records?from=17").text == ""


@pytest.mark.parametrize("asked", ["-5", "x", "99999999999999999999"])
def test_an_odd_number_in_the_address_is_no_error(client: Client, asked: str) -> None:
    append()
    assert client.get(f"/ledger/records?from={asked}").status_code == 200


def test_a_record_that_waits_for_its_checkpoint_says_so(client: Client) -> None:
    append()
    assert "waits for its checkpoint" in client.get("/ledger/0").text
    assert client.get("/ledger/0/receipt.json").status_code == 303


def test_the_receipt_opens_the_commitment_for_the_person_alone(client: Client) -> None:
    person = representative()
    [entry] = append(held={"who": {"name": "Ana Novak"}, "words": {"statement": "Da."}}, whose=person)
    signed()
    for_everybody = json.loads(client.get("/ledger/0/receipt.json").text)
    assert for_everybody["held"] == {}
    assert leaf_hash(for_everybody["record"].encode()) == entry.leaf
    client.sign_in(representative())
    assert json.loads(client.get("/ledger/0/receipt.json").text)["held"] == {}
    client.sign_in(person)
    assert "of your own act" in client.get("/ledger/0").text
    own = json.loads(client.get("/ledger/0/receipt.json").text)["held"]
    assert own["who"]["said"] == {"name": "Ana Novak"}
