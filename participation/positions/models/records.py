"""What the ledger says of a position: the facts of each record, and who stands by them at the end.

The names of the facts are part of the public format; `ledger/content/verify.py` reads them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import rfc8785

from participation.accounts.models import User
from participation.ledger.models import MOMENT, Kind
from participation.organisations.models import Organisation, mandate_thread

from .cosignatures import Cosignature
from .positions import PositionVersion


def position_thread(position_id: int) -> str:
    return f"p-{position_id}"


def opened_facts(version: PositionVersion) -> dict[str, Any]:
    return _version_facts(version) | {"until": version.cosigning_until.strftime(MOMENT)}


def signature_facts(cosignature: Cosignature) -> dict[str, Any]:
    return (
        _version_facts(cosignature.version)
        | _organisation_facts(cosignature.organisation)
        | {
            "level": str(cosignature.level),
            "stance": str(cosignature.stance),
            "points": list(cosignature.decision.points),
            "mandate": mandate_thread(cosignature.membership_id),
        }
    )


def withdrawal_facts(cosignature: Cosignature) -> dict[str, Any]:
    return _version_facts(cosignature.version) | _organisation_facts(cosignature.organisation)


def closing_facts(version: PositionVersion, submission: str) -> dict[str, Any]:
    """`submission` is the thread of the submission that it was closed for."""
    return _version_facts(version) | {"submission": submission}


def held_by(cosignature: Cosignature) -> dict[str, dict[str, Any]]:
    """What the record of a signature commits to: who signed, and the words beside the name."""
    held = who_acted(cosignature.signer)
    words = {"statement": cosignature.statement, "conditions": dict(cosignature.conditions)}
    if any(words.values()):
        held["words"] = {name: said for name, said in words.items() if said}
    return held


def who_acted(person: User) -> dict[str, dict[str, Any]]:
    return {"who": {"name": person.name, "email": person.email}}


def _version_facts(version: PositionVersion) -> dict[str, Any]:
    return {
        "position": position_thread(version.position_id),
        "version": version.number,
        "text_sha256": version.sha256,
    }


def _organisation_facts(organisation: Organisation) -> dict[str, Any]:
    return {"org": f"o-{organisation.id}", "org_name": organisation.name}


def standing_signatures(
    records: Iterable[tuple[int, Mapping[str, Any]]], submission: str | None = None
) -> list[tuple[int, Mapping[str, Any]]]:
    """The records of signatures that stand, in the order of the log, with their numbers.

    `records` are those of one position from its first on; with `submission` (its thread) only
    up to where signing was closed for it. A new version ends all that stood under the last.
    """
    live: dict[str, tuple[int, Mapping[str, Any]]] = {}
    for seq, said in records:
        match said["kind"]:
            case Kind.VERSION_OPENED:
                live.clear()
            case Kind.COSIGN:
                live.pop(said["org"], None)
                live[said["org"]] = (seq, said)
            case Kind.WITHDRAW | Kind.LAPSE:
                live.pop(said["org"], None)
            case Kind.CLOSED if said["submission"] == submission:
                break
    return sorted(live.values(), key=lambda row: row[0])


def live_facts(standing: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[str, Any]:
    """How many stand, and a fingerprint of which: who leaves one out later is found out."""
    rows = sorted([said["org"], seq] for seq, said in standing)
    return {"live_count": len(rows), "live_sha256": hashlib.sha256(rfc8785.dumps(rows)).hexdigest()}
