"""Random histories of a network that signs and sends, without the program around them.

A `World` is what somebody with the database holds: records, texts, documents and the key. Its
acts write the same records as the program; `bundle` makes the package from whatever the world
holds then, as the program would: so a tampered world makes a tampered package.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from participation.ledger.models import Head, Kind, Tree, commitment, leaf_hash, public_key_of, record_bytes, sign
from participation.ledger.models.keys import rotation_message
from participation.positions.models import live_facts, standing_signatures
from participation.submissions.models.packages import CarriedText, Evidence, package_files

ORIGIN = "mreza.example/ledger"
BEGINNING = datetime(2026, 11, 2, 8, tzinfo=UTC)
UNTIL = "2026-12-24T22:59:59Z"
ORGANISATIONS = 12
STANCES = ("signs", "signs-except", "signs-if", "no-objection", "abstains", "objects")


def text_of(position: int, version: int) -> bytes:
    points = [
        {"number": n, "action": "change", "article": f"{n}. člen", "existing": "je", "demanded": f"ni {version}",
         "reasons": "Ker."}
        for n in (1, 2)
    ]  # fmt: skip
    return rfc8785.dumps(
        {"position": f"p-{position}", "version": version, "title": f"Stališče {position}", "points": points}
    )


@dataclass
class Row:
    """A record before it is bytes, so that a tamperer can change it and write everything anew."""

    kind: str
    thread: str
    facts: dict[str, Any]
    at: datetime
    number: int = 0


@dataclass
class World:
    rows: list[Row] = field(default_factory=list)
    words: dict[int, tuple[bytes, dict[str, Any]]] = field(default_factory=dict)
    texts: dict[tuple[int, int], bytes] = field(default_factory=dict)
    documents: dict[str, bytes] = field(default_factory=dict)
    submission: bytes = b""
    carried: list[tuple[int, int]] = field(default_factory=list)
    key: Ed25519PrivateKey = field(default_factory=lambda: Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    at: datetime = BEGINNING

    def copied(self) -> World:
        return World(
            copy.deepcopy(self.rows), dict(self.words), dict(self.texts), dict(self.documents), self.submission,
            list(self.carried), self.key, self.at,
        )  # fmt: skip

    # What the program does.

    def append(self, kind: Kind, thread: str, **facts: Any) -> int:
        self.at += timedelta(minutes=7)
        number = 1 + sum(row.thread == thread for row in self.rows)
        self.rows.append(Row(str(kind), thread, facts, self.at, number))
        return len(self.rows) - 1

    def open(self, position: int, version: int) -> None:
        self.texts[position, version] = text_of(position, version)
        sha256 = hashlib.sha256(self.texts[position, version]).hexdigest()
        self.append(
            Kind.VERSION_OPENED, f"p-{position}", position=f"p-{position}", version=version, text_sha256=sha256,
            until=UNTIL,
        )  # fmt: skip

    def cosign(self, position: int, version: int, organisation: int, stance: str, statement: str) -> int:
        salt = hashlib.sha256(f"salt {len(self.rows)}".encode()).digest()
        facts: dict[str, Any] = {
            "position": f"p-{position}", "version": version, "org": f"o-{organisation}",
            "text_sha256": hashlib.sha256(self.texts[position, version]).hexdigest(),
            "org_name": f"Društvo {organisation}", "level": "P1", "stance": stance, "mandate": f"m-{organisation}",
            "points": [2] if stance in ("signs-except", "signs-if") else [],
            "who": commitment("who", salt, {"name": f"Oseba {organisation}"}),
        }  # fmt: skip
        if statement:
            facts["words"] = commitment("words", salt, {"statement": statement})
            self.words[len(self.rows)] = (salt, {"statement": statement})
        return self.append(Kind.COSIGN, f"p-{position}", **facts)

    def withdraw(self, position: int, organisation: int) -> None:
        salt = hashlib.sha256(f"salt {len(self.rows)}".encode()).digest()
        who = commitment("who", salt, {"name": f"Oseba {organisation}"})
        self.append(Kind.WITHDRAW, f"p-{position}", org=f"o-{organisation}", who=who)

    def rotate_key(self) -> None:
        new = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.key.private_bytes_raw()).digest())
        old_text, new_text = str(public_key_of(ORIGIN, self.key)), str(public_key_of(ORIGIN, new))
        message = rotation_message(old_text, new_text)
        signed = [base64.b64encode(key.sign(message)).decode() for key in (self.key, new)]
        self.append(Kind.KEY_ROTATED, "key", old=old_text, new=new_text, by_old=signed[0], by_new=signed[1])
        self.key = new

    def submit(self) -> None:
        """Close each position, write what is sent, and record both."""
        self.submission = self.written_submission()
        self.documents = {"vloga.pdf": b"%PDF " + self.submission[:40], "vloga.docx": b"PK" + self.submission[-40:]}
        closed = {}
        for position, version in self.carried:
            facts = live_facts(self.standing(position))
            sha256 = hashlib.sha256(self.texts[position, version]).hexdigest()
            closed[f"p-{position}"] = self.append(
                Kind.CLOSED, f"p-{position}", position=f"p-{position}", version=version, text_sha256=sha256,
                submission="s-1", **facts,
            )  # fmt: skip
        files = {name: hashlib.sha256(content).hexdigest() for name, content in self.documents.items()}
        self.append(
            Kind.SUBMITTED, "s-1", text_sha256=hashlib.sha256(self.submission).hexdigest(), files=files, closed=closed
        )

    def written_submission(self) -> bytes:
        signatures, points = [], []
        for position, version in self.carried:
            for seq, said in self.standing(position):
                statement = self.words[seq][1]["statement"] if seq in self.words else ""
                signatures.append(
                    {"position": f"stalisce-{position}", "organisation": f"drustvo-{said['org'][2:]}",
                     "name": said["org_name"], "stance": said["stance"], "statement": statement}
                )  # fmt: skip
            for point in json.loads(self.texts[position, version])["points"]:
                points.append(point | {"position": f"stalisce-{position}"})
        return rfc8785.dumps({"title": "Vloga", "signatures": signatures, "points": points})

    # What comes of it.

    def records(self) -> list[bytes]:
        return [
            record_bytes(
                log=ORIGIN, kind=Kind(row.kind), thread=row.thread, number=row.number, at=row.at, facts=row.facts
            )
            for row in self.rows
        ]

    def standing(self, position: int, submission: str | None = None) -> list[tuple[int, Any]]:
        rows = [
            (seq, {**row.facts, "kind": row.kind})
            for seq, row in enumerate(self.rows)
            if row.thread == f"p-{position}"
        ]
        return standing_signatures(rows, submission)

    def receipt(self, seq: int) -> dict[str, Any]:
        """Of an entry, with the checkpoint over everything so far."""
        records = self.records()
        tree = Tree(map(leaf_hash, records))
        return {
            "format": "soglasje-receipt/1", "seq": seq, "record": records[seq].decode(), "held": {},
            "proof": [base64.b64encode(step).decode() for step in tree.inclusion_proof(seq)],
            "checkpoint": sign(Head(ORIGIN, len(tree), tree.root), self.key),
            "key": str(public_key_of(ORIGIN, self.key)),
        }  # fmt: skip

    def bundle(self) -> dict[str, bytes]:
        records = self.records()
        tree = Tree(map(leaf_hash, records))
        threads = {f"p-{position}" for position, _ in self.carried} | {"s-1", "key", "erasures"}
        by_thread: dict[str, list[tuple[int, bytes]]] = {}
        for seq, record in enumerate(records):
            if self.rows[seq].thread in threads:
                by_thread.setdefault(self.rows[seq].thread, []).append((seq, record))
        leaves = [leaf_hash(record) for record in records]
        evidence = Evidence(
            "s-1", by_thread, dict(self.words), leaves, sign(Head(ORIGIN, len(tree), tree.root), self.key),
            str(public_key_of(ORIGIN, self.key)),
        )  # fmt: skip
        texts = [
            CarriedText(f"p-{position}", f"stalisce-{position}", version, self.texts[position, version])
            for position, version in self.carried
        ]
        slugs = {f"o-{number}": f"drustvo-{number}" for number in range(1_000)}
        return package_files(self.submission, self.documents, texts, slugs, evidence, "HOWTO")


def random_world(rng: random.Random) -> tuple[World, list[dict[str, Any]]]:
    """A history that ends in a submission, and receipts that were given on the way."""
    world, receipts = World(), []
    for position in range(1, rng.randint(1, 2) + 1):
        world.open(position, 1)
        world.carried.append((position, 1))
    for _ in range(rng.randint(4, 24)):
        act = rng.random()
        at = rng.randrange(len(world.carried))
        position, version = world.carried[at]
        standing = [int(said["org"][2:]) for _, said in world.standing(position)]
        if act < 0.6 or not standing:
            seq = world.cosign(
                position, version, rng.randint(1, ORGANISATIONS), rng.choice(STANCES),
                rng.choice(("", "", "Podpiramo.", "S pridržkom.")),
            )  # fmt: skip
            if rng.random() < 0.4:
                receipts.append(world.receipt(seq))
        elif act < 0.78:
            world.withdraw(position, rng.choice(standing))
        elif act < 0.86:
            world.open(position, version + 1)
            world.carried[at] = (position, version + 1)
        elif act < 0.92:
            world.rotate_key()
        else:
            world.append(Kind.MANDATE_GRANTED, f"m-{rng.randint(1, 99)}", org="o-1", level="P1")
    receipts.append(world.receipt(len(world.rows) - 1))
    world.submit()
    for _ in range(rng.randint(0, 3)):
        world.append(Kind.MANDATE_REVOKED, f"m-{rng.randint(1, 99)}", org="o-1", level="P1")
    return world, receipts
