"""What somebody with the whole database, and even with the key, might do to what is there.

Each tampering changes a world and says from which record on the log differs from then on. The
skilful ones write everything anew that follows from their change, so that what they leave is
consistent in itself: only somebody who kept a receipt can tell.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from ledger.histories import World, text_of


class NotHere(Exception):
    """This history has nothing that could be tampered with so."""


def _signatures(world: World, before: int) -> list[int]:
    return [seq for seq, row in enumerate(world.rows[:before]) if row.kind == "cosign"]


def _one(rng: random.Random, found: list[int]) -> int:
    if not found:
        raise NotHere
    return rng.choice(found)


def _write_anew(world: World) -> None:
    """Number the threads again, and send the submission anew over what is left, as if it had been so."""
    end = next(seq for seq, row in enumerate(world.rows) if row.kind in ("closed", "submitted"))
    rest = [row for row in world.rows[end:] if row.kind not in ("closed", "submitted")]
    world.rows = world.rows[:end]
    _number(world)
    world.submit()
    world.rows += rest
    _number(world)


def _number(world: World) -> None:
    numbers: dict[str, int] = {}
    for row in world.rows:
        row.number = numbers[row.thread] = numbers.get(row.thread, 0) + 1


def _drop(world: World, seq: int) -> None:
    del world.rows[seq]
    world.words = {at - (at > seq): words for at, words in world.words.items() if at != seq}


def change_organisation(world: World, rng: random.Random, before: int) -> int:
    seq = _one(rng, _signatures(world, before))
    world.rows[seq].facts |= {"org": "o-77", "org_name": "Društvo 77"}
    _write_anew(world)
    return seq


def change_stance(world: World, rng: random.Random, before: int) -> int:
    seq = _one(rng, _signatures(world, before))
    facts = world.rows[seq].facts
    facts["stance"] = "objects" if facts["stance"] == "signs" else "signs"
    _write_anew(world)
    return seq


def raise_level(world: World, rng: random.Random, before: int) -> int:
    seq = _one(rng, _signatures(world, before))
    world.rows[seq].facts["level"] = "P4"
    _write_anew(world)
    return seq


def change_moment(world: World, rng: random.Random, before: int) -> int:
    seq = _one(rng, _signatures(world, before))
    world.rows[seq].at = world.rows[seq].at.replace(second=59)
    return seq


def drop_signature(world: World, rng: random.Random, before: int) -> int:
    seq = _one(rng, _signatures(world, before))
    _drop(world, seq)
    _write_anew(world)
    return seq


def drop_withdrawal(world: World, rng: random.Random, before: int) -> int:
    seq = _one(rng, [seq for seq, row in enumerate(world.rows[:before]) if row.kind == "withdraw"])
    _drop(world, seq)
    _write_anew(world)
    return seq


def insert_signature(world: World, rng: random.Random, before: int) -> int:
    seq = _one(rng, _signatures(world, before - 1))
    forged = world.copied().rows[seq]
    forged.facts |= {"org": "o-78", "org_name": "Društvo 78"}
    forged.facts.pop("words", None)
    world.rows.insert(seq + 1, forged)
    world.words = {at + (at > seq): words for at, words in world.words.items()}
    _write_anew(world)
    return seq + 1


def reorder(world: World, rng: random.Random, before: int) -> int:
    if before < 2:
        raise NotHere
    seq = rng.randrange(before - 1)
    rows, words = world.rows, world.words
    rows[seq], rows[seq + 1] = rows[seq + 1], rows[seq]
    swapped = {seq: seq + 1, seq + 1: seq}
    world.words = {swapped.get(at, at): kept for at, kept in words.items()}
    _number(world)
    _write_anew(world)
    return seq


def roll_back(world: World, rng: random.Random, before: int) -> int:
    """Yesterday's database, in which life went on."""
    cut = rng.randrange(len(world.carried), before) if before > len(world.carried) else before - 1
    if any(row.kind == "version-opened" for row in world.rows[cut:]):
        raise NotHere
    world.rows = world.rows[:cut]
    world.words = {at: words for at, words in world.words.items() if at < cut}
    world.submit()
    return cut


def change_text_and_all_signatures(world: World, rng: random.Random, before: int) -> int:
    """Another text, and every record says that it was this one which was signed."""
    seq = _one(rng, [seq for seq, row in enumerate(world.rows[:before]) if row.kind == "version-opened"])
    said = world.rows[seq].facts
    position, version = int(said["position"][2:]), said["version"]
    if (position, version) not in world.carried:
        raise NotHere
    world.texts[position, version] = text_of(position, version).replace(b"Ker.", b"Zato.")
    for row in world.rows:
        if row.facts.get("position") == said["position"] and row.facts.get("version") == version:
            row.facts["text_sha256"] = hashlib.sha256(world.texts[position, version]).hexdigest()
    _write_anew(world)
    return seq


def begin_a_new_log(world: World, rng: random.Random, before: int) -> int:
    """The same log from the beginning with another key, one signature less."""
    seq = _one(rng, _signatures(world, before))
    _drop(world, seq)
    world.rows = [row for row in world.rows if row.kind != "key-rotated"]
    if len(world.rows) < before:
        world.words = {}
        for row in world.rows:
            row.facts.pop("words", None)
    world.key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    _write_anew(world)
    return seq


# These leave something that does not agree with itself: the package alone is enough to see it.


def change_text_alone(world: World, rng: random.Random, before: int) -> int:
    key = rng.choice(world.carried)
    world.texts[key] = world.texts[key].replace(b"Ker.", b"Zato.")
    return -1


def swap_document(world: World, rng: random.Random, before: int) -> int:
    name = rng.choice(sorted(world.documents))
    world.documents[name] += b" "
    return -1


def remove_document(world: World, rng: random.Random, before: int) -> int:
    del world.documents[rng.choice(sorted(world.documents))]
    return -1


def change_submission_alone(world: World, rng: random.Random, before: int) -> int:
    world.submission = world.submission.replace(b'"title":"Vloga"', b'"title":"Prosnja"')
    return -1


def change_statement(world: World, rng: random.Random, before: int) -> int:
    standing = [seq for position, _ in world.carried for seq, _ in world.standing(position, "s-1")]
    seq = _one(rng, [seq for seq in world.words if seq in standing])
    salt, _ = world.words[seq]
    world.words[seq] = (salt, {"statement": "Nasprotujemo."})
    return -1


def forget_statement(world: World, rng: random.Random, before: int) -> int:
    standing = [seq for position, _ in world.carried for seq, _ in world.standing(position, "s-1")]
    del world.words[_one(rng, [seq for seq in world.words if seq in standing])]
    return -1


def drop_record_and_leave_the_rest(world: World, rng: random.Random, before: int) -> int:
    seq = _one(rng, [seq for seq, row in enumerate(world.rows[:before]) if row.thread.startswith("p-")])
    _drop(world, seq)
    return -1


def change_signature_and_leave_the_rest(world: World, rng: random.Random, before: int) -> int:
    """Only the organisation of a signature that stood at the end: the closing record does not agree."""
    standing = [seq for position, _ in world.carried for seq, _ in world.standing(position, "s-1")]
    world.rows[_one(rng, standing)].facts["org"] = "o-79"
    return -1


Tampering = Callable[[World, random.Random, int], int]
# Only an older receipt, or a checkpoint that somebody kept, gives these away.
SKILFUL: tuple[Tampering, ...] = (
    change_organisation,
    change_stance,
    raise_level,
    change_moment,
    drop_signature,
    drop_withdrawal,
    insert_signature,
    reorder,
    roll_back,
    change_text_and_all_signatures,
    begin_a_new_log,
)
CRUDE: tuple[Tampering, ...] = (
    change_text_alone,
    swap_document,
    remove_document,
    change_submission_alone,
    change_statement,
    forget_statement,
    drop_record_and_leave_the_rest,
    change_signature_and_leave_the_rest,
)


def tampered(world: World, how: Tampering, rng: random.Random, receipt: dict[str, Any]) -> World | None:
    """The world after the tampering, aimed at what the receipt's checkpoint covers; None where there is nothing."""
    covered = int(receipt["checkpoint"].split("\n")[1])
    made = world.copied()
    try:
        how(made, rng, covered)
    except NotHere:
        return None
    return made
