"""The mails about joint positions, as their readers get them."""

from __future__ import annotations

import json

import pytest
from factories import representative
from positions.making import opened_position, organisation_of, sign
from sqlalchemy import select

from participation.accounts.models import Operator
from participation.foundation.database import session
from participation.foundation.files import StoredFile
from participation.foundation.mail import KIND
from participation.foundation.outbox import OutboxItem
from participation.ledger.operations import sign_checkpoint
from participation.positions.operations import withdraw_cosignature
from participation.web.mailing import Letter, letter_of

pytestmark = pytest.mark.usefixtures("app", "stopped_clock")


def letters(template: str) -> list[Letter]:
    items = session.scalars(select(OutboxItem).where(OutboxItem.kind == KIND).order_by(OutboxItem.id))
    return [
        letter_of(item.payload) for item in items if item.payload["template"] == f"positions/emails/{template}.txt"
    ]


def test_a_representative_is_asked_to_decide_and_told_until_when() -> None:
    person = representative(email="ana@primer.example")
    position = opened_position(created_by=person, title="Stališče o klopeh", days=7)
    [letter] = letters("opened")
    assert (letter.to, letter.subject) == ("ana@primer.example", "Waits for your decision: Stališče o klopeh")
    assert "until the end of 30\u00a0November\u00a02026" in letter.text
    assert f"/positions/{position.slug}/cosign\n" in letter.text


def test_a_signature_is_told_with_its_text_and_the_way_back() -> None:
    person = representative(name="Ana Primer")
    position = opened_position(created_by=person, title="Stališče o klopeh")
    organisation = organisation_of(person)
    cosignature = sign(position, person, organisation, statement="Z veseljem & brez zadržkov.")
    [letter] = letters("cosigned")
    assert letter.subject == f"{organisation.name} has co-signed"
    for words in (
        f'Ana Primer co-signed the joint position "Stališče o klopeh" for {organisation.name} '
        "on 23\u00a0November\u00a02026.",
        "Z veseljem & brez zadržkov.",
        cosignature.sha256_seen,
        f"/positions/{position.slug}/withdraw",
    ):
        assert words in letter.text


def test_a_signature_without_a_statement_says_nothing_of_one() -> None:
    person = representative()
    sign(opened_position(created_by=person), person, organisation_of(person))
    [letter] = letters("cosigned")
    assert "With this statement" not in letter.text


def test_a_withdrawal_is_told_to_every_representative() -> None:
    person = representative(name="Ana Primer")
    organisation = organisation_of(person)
    colleague = representative(organisation, email="bor@primer.example")
    cosignature = sign(opened_position(created_by=person), person, organisation)
    withdraw_cosignature(colleague, cosignature, "Sklep odbora.")
    told = letters("withdrawn")
    assert [letter.to for letter in told] == [person.email, "bor@primer.example"]
    assert {letter.subject for letter in told} == {f"{organisation.name} has withdrawn its co-signature"}
    assert all("Sklep odbora." in letter.text for letter in told)


def test_the_person_who_signed_gets_a_receipt_once_a_checkpoint_covers_the_record() -> None:
    position = opened_position()
    person = representative(language="en")
    cosignature = sign(position, person, organisation_of(person))
    assert not letters("receipt")
    checkpoint = sign_checkpoint(Operator())
    assert checkpoint is not None
    [letter] = letters("receipt")
    assert letter.subject == f"Receipt: {organisation_of(person).name}, {position.title}"
    text = letter.text
    assert cosignature.sha256_seen in text
    assert checkpoint.root_text in text
    assert f"/ledger/{cosignature.seq}" in text
    assert sign_checkpoint(Operator()) is None
    [attached] = session.scalars(select(StoredFile))
    receipt = json.loads(attached.content)
    assert (receipt["seq"], receipt["held"], receipt["checkpoint"]) == (cosignature.seq, {}, checkpoint.note)
    assert len(letters("receipt")) == 1
