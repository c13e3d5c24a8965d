"""Appending, signing, erasing, and a database that was set back, on the real database."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from typing import Any

import pytest
from conftest import ledger_unguarded
from factories import representative
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from participation.accounts.models import Operator, Visitor
from participation.foundation import clock, outbox
from participation.foundation.access import Refused
from participation.foundation.database import session
from participation.ledger.models import (
    Checkpoint,
    Kind,
    LedgerEntry,
    LedgerSecret,
    PublicKey,
    Tree,
    commitment,
    current,
    leaf_hash,
    root_from_inclusion,
    verify,
)
from participation.ledger.models.jobs import AT_MOST_EVERY
from participation.ledger.models.keys import NoKey
from participation.ledger.operations import (
    LedgerDamaged,
    NotTheSameLog,
    append_record,
    erase_secrets,
    recover_ledger,
    rotate_key,
    sign_checkpoint,
)
from participation.ledger.queries import (
    entries_of,
    latest_checkpoint,
    receipt_of,
    size_of_log,
    tree_of,
)

pytestmark = pytest.mark.usefixtures("app")


def append(number: int = 1, thread: str = "p-1", **values: Any) -> list[LedgerEntry]:
    made = [append_record(Kind.WITHDRAW, thread, {"org": f"o-{at}"}, **values) for at in range(number)]
    session.commit()
    return made


def signed() -> Checkpoint:
    checkpoint = sign_checkpoint(Operator())
    assert checkpoint is not None
    session.commit()
    return checkpoint


def set_back(size: int) -> None:
    """Yesterday's database: the records from this number on are not in it, nor the checkpoints over them."""
    with ledger_unguarded():
        session.execute(text(f"DELETE FROM ledger_secrets WHERE seq >= {size}"))
        session.execute(text(f"DELETE FROM ledger_entries WHERE seq >= {size}"))
        session.execute(text(f"DELETE FROM ledger_checkpoints WHERE size > {size}"))
    session.expire_all()


def test_records_are_numbered_without_gaps_in_the_log_and_in_their_thread() -> None:
    append(2, "p-1")
    append(1, "p-2")
    append(1, "p-1")
    found = entries_of(["p-1", "p-2"])
    assert [(entry.seq, entry.thread, entry.number) for entry in found] == [
        (0, "p-1", 1),
        (1, "p-1", 2),
        (2, "p-2", 1),
        (3, "p-1", 3),
    ]
    assert [(entry.said["thread"], entry.said["number"]) for entry in found] == [
        (entry.thread, entry.number) for entry in found
    ]


def test_a_record_says_what_happened_in_canonical_json(stopped_clock: Any) -> None:
    [entry] = append()
    assert entry.record == (
        b'{"at":"2026-11-23T08:00:00Z","kind":"withdraw","log":"localhost:8000/ledger","number":1,'
        b'"org":"o-0","thread":"p-1","v":1}'
    )
    assert entry.leaf == leaf_hash(entry.record)


@pytest.mark.parametrize(
    ("facts", "error"),
    [({"log": "x"}, ValueError), ({"a": 1.5}, TypeError), ({"a": True}, TypeError), ({"a": None}, TypeError)],
)
def test_a_record_takes_no_facts_that_could_be_read_in_two_ways(
    facts: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        append_record(Kind.COSIGN, "p-1", facts)


def test_what_a_record_must_not_say_stands_in_it_as_a_commitment_that_the_secret_opens() -> None:
    person = representative()
    who = {"name": "Ana Novak", "email": "ana@mreza.example"}
    [entry] = append(held={"who": who}, whose=person)
    signed()
    receipt = receipt_of(entry, opened=True)
    assert receipt is not None
    opened = receipt.as_data()["held"]["who"]
    assert opened["said"] == who
    assert commitment("who", bytes.fromhex(opened["salt"]), who) == entry.said["who"]
    assert b"Ana" not in entry.record
    assert commitment("who", bytes.fromhex(opened["salt"]), who | {"name": "Eva"}) != entry.said["who"]


def test_two_records_of_one_person_cannot_be_linked() -> None:
    first, second = append(2, held={"who": {"name": "Ana"}}, whose=representative())
    assert first.said["who"] != second.said["who"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entries SET kind = 'cosign' WHERE seq = 0",
        "UPDATE ledger_entries SET record = leaf",
        "DELETE FROM ledger_entries WHERE seq = 1",
        "UPDATE ledger_checkpoints SET note = ''",
        "DELETE FROM ledger_checkpoints",
        "INSERT INTO ledger_entries SELECT 7, kind, 'p-9', 1, record, leaf, at FROM ledger_entries WHERE seq = 0",
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(change: str) -> None:
    append(2)
    signed()
    with pytest.raises(DatabaseError, match="ledger"):
        session.execute(text(change))
    session.rollback()


def test_a_checkpoint_is_signed_for_the_whole_log_and_kept_outside_the_database() -> None:
    append(5)
    checkpoint = signed()
    head = verify(checkpoint.note, PublicKey.read(checkpoint.key))
    assert (head.origin, head.size, head.root) == ("localhost:8000/ledger", 5, tree_of(5).root)
    assert current().last_head() == head
    assert [seq for seq, _ in current().kept_records()] == [0, 1, 2, 3, 4]
    assert stat.S_IMODE(current().key_file.stat().st_mode) == 0o600


def test_nothing_is_signed_twice_and_every_checkpoint_continues_the_last() -> None:
    append(3)
    first = signed()
    assert sign_checkpoint(Operator()) is None
    append(4)
    second = signed()
    assert tree_of(7).consistency_proof(3)
    assert Tree([entry.leaf for entry in entries_of(["p-1"])][:3]).root == first.head.root
    assert second.head.size == 7
    assert len(list(current().kept_records())) == 7


def test_the_worker_signs_what_was_appended_within_the_promised_time(stopped_clock: Any) -> None:
    append(3)
    assert not outbox.work_once()
    stopped_clock(clock.now() + AT_MOST_EVERY)
    assert outbox.work_once()
    checkpoint = latest_checkpoint()
    assert checkpoint is not None
    assert checkpoint.size == 3
    assert not outbox.work_once()


def test_every_entry_has_a_receipt_that_proves_it_once_a_checkpoint_covers_it() -> None:
    entries = append(5)
    assert receipt_of(entries[2]) is None
    checkpoint = signed()
    for entry in entries:
        receipt = receipt_of(entry)
        assert receipt is not None
        assert root_from_inclusion(leaf_hash(entry.record), entry.seq, 5, receipt.proof) == checkpoint.head.root


def test_a_receipt_is_of_the_first_checkpoint_and_stays_the_same_when_the_log_grows() -> None:
    [entry] = append()
    signed()
    receipt = receipt_of(entry)
    append(9)
    signed()
    later = receipt_of(entry)
    assert receipt is not None
    assert later is not None
    assert json.dumps(receipt.as_data()) == json.dumps(later.as_data())


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE ledger_entries SET record = CAST(replace(record, 'o-1', 'o-7') AS BLOB) WHERE seq = 1",
        "UPDATE ledger_entries SET number = 9 WHERE seq = 4",
        "DELETE FROM ledger_entries WHERE seq = 1",
    ],
)
def test_nothing_is_signed_over_records_that_somebody_changed(tampering: str) -> None:
    append(5)
    signed()
    append(1)
    if session.get_bind().dialect.name == "postgresql":
        tampering = tampering.replace(
            "CAST(replace(record, 'o-1', 'o-7') AS BLOB)", "overlay(record placing '7'::bytea from 60)"
        )
    with ledger_unguarded():
        session.execute(text(tampering))
    session.expire_all()
    with pytest.raises(LedgerDamaged):
        sign_checkpoint(Operator())
    assert current().last_head().size == 5  # type: ignore[union-attr]


def test_nothing_is_signed_over_a_record_that_was_changed_together_with_its_leaf() -> None:
    append(5)
    signed()
    [entry] = append(1)
    forged = entry.record.replace(b"o-0", b"o-9")
    with ledger_unguarded():
        session.execute(
            text("UPDATE ledger_entries SET record = :record, leaf = :leaf WHERE seq = 2"),
            {"record": forged.replace(b'"number":6', b'"number":3'), "leaf": leaf_hash(forged)},
        )
    session.expire_all()
    with pytest.raises(LedgerDamaged):
        sign_checkpoint(Operator())


def test_only_the_worker_and_the_operator_sign() -> None:
    append()
    for somebody in (Visitor(), representative()):
        with pytest.raises(Refused):
            sign_checkpoint(somebody)  # type: ignore[arg-type]


def test_without_its_key_the_log_waits_for_the_operator() -> None:
    append()
    signed()
    append()
    current().key_file.unlink()
    with pytest.raises(NoKey):
        sign_checkpoint(Operator())


def test_a_new_key_is_recorded_by_both_and_old_checkpoints_stay_valid() -> None:
    append()
    old = signed()
    entry = rotate_key(Operator())
    new = signed()
    assert entry.said["old"] == old.key != new.key == entry.said["new"]
    assert entry.said["by_old"]
    assert entry.said["by_new"]
    verify(old.note, PublicKey.read(old.key))
    verify(new.note, PublicKey.read(new.key))


def test_a_lost_key_is_followed_by_a_new_one_and_the_record_says_so() -> None:
    append()
    old = signed()
    current().key_file.unlink()
    entry = rotate_key(Operator())
    assert (entry.said["old"], entry.said["by_old"]) == (old.key, "")
    signed()


def test_erasing_a_person_makes_the_commitment_unlinkable_and_leaves_the_proof() -> None:
    person, other = representative(), representative()
    [entry] = append(held={"who": {"name": "Ana"}}, whose=person)
    [kept] = append(held={"who": {"name": "Eva"}}, whose=other)
    signed()
    assert erase_secrets(person, person.id) == 1
    session.commit()
    assert [secret.seq for secret in session.query(LedgerSecret)] == [kept.seq]
    receipt = receipt_of(entry, opened=True)
    assert receipt is not None
    assert receipt.as_data()["held"] == {}
    assert root_from_inclusion(entry.leaf, entry.seq, 2, receipt.proof) == receipt.checkpoint.head.root
    [erasure] = entries_of(["erasures"])
    assert (erasure.kind, erasure.said["seqs"]) == ("personal-data-erased", [entry.seq])
    signed()


def test_nobody_erases_somebody_else() -> None:
    person = representative()
    append(held={"who": {"name": "Ana"}}, whose=person)
    with pytest.raises(Refused):
        erase_secrets(representative(), person.id)


def test_a_database_that_was_set_back_takes_no_record_and_no_signature() -> None:
    append(5)
    signed()
    set_back(3)
    with pytest.raises(Refused, match="set back"):
        append_record(Kind.WITHDRAW, "p-1", {"org": "o-9"})
    with pytest.raises(Refused, match="set back"):
        sign_checkpoint(Operator())


def test_lost_records_come_back_from_outside_the_database_under_the_same_root() -> None:
    append(3)
    signed()
    append(2)
    before = signed().head
    set_back(3)
    recovery = recover_ledger(Operator())
    session.commit()
    assert (recovery.loaded, recovery.lost) == (2, 0)
    assert tree_of(5).root == before.root
    last = entries_of(["log"])[-1]
    assert (last.seq, last.kind, last.said["first"], last.said["end"]) == (5, "recovered", 3, 5)
    assert signed().head.size == 6


def test_records_that_do_not_give_the_signed_root_are_not_loaded() -> None:
    append(5)
    signed()
    set_back(3)
    file = current().records_file
    file.write_text(file.read_text().replace("o-4", "o-7"))
    with pytest.raises(NotTheSameLog):
        recover_ledger(Operator())


def test_a_log_whose_records_are_lost_is_started_anew_without_giving_a_number_twice() -> None:
    append(5)
    first = signed().head
    set_back(3)
    current().records_file.unlink()
    recovery = recover_ledger(Operator(), start_anew=True)
    session.commit()
    assert (recovery.loaded, recovery.lost) == (0, 2)
    second = signed()
    assert second.head.origin.startswith(first.origin + "/")
    assert second.head.size == 6
    kinds = [entry.kind for entry in session.query(LedgerEntry).order_by(LedgerEntry.seq)]
    assert kinds == ["withdraw"] * 3 + ["lost"] * 2 + ["restarted"]
    append(1)
    assert signed().head.origin == second.head.origin
    assert size_of_log() == 7
    assert [seq for seq, _ in current().kept_records()] == list(range(7))


def test_nothing_is_recovered_where_nothing_is_missing() -> None:
    append(2)
    signed()
    with pytest.raises(Refused, match="Nothing is missing"):
        recover_ledger(Operator())


def test_a_line_that_a_crash_cut_short_does_not_count(stopped_clock: Any) -> None:
    append(2)
    signed()
    for file in (current().records_file, current().checkpoints_file):
        with file.open("a") as end:
            end.write('{"seq": 2, "rec')
    append(2)
    stopped_clock(clock.now() + timedelta(minutes=1))
    signed()
    assert [seq for seq, _ in current().kept_records()] == [0, 1, 2, 3]
    assert current().last_head().size == 4  # type: ignore[union-attr]


def test_a_long_line_is_read_whole() -> None:
    append_record(Kind.COSIGN, "p-1", {"words": "ž" * 20_000})
    signed()
    assert current().kept_size() == 1
