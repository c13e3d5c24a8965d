"""Going on after the database was set back to an earlier state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from participation.accounts.models import Operator
from participation.foundation import clock
from participation.foundation.access import demand
from participation.foundation.database import session

from ..events import ledger_recovered
from ..models import Head, Kind, LedgerEntry, Log, Tree, current, leaf_hash, moment_of, read_record, record_bytes
from ..queries import hold_log, leaves, origin_in_use, size_of_log
from ..rules import may_recover_ledger
from .appending import append_record


@dataclass(frozen=True)
class Recovery:
    """`loaded` records came back from outside the database; `lost` are gone for good."""

    loaded: int
    lost: int


class NotTheSameLog(Exception):
    """What is kept outside the database does not continue what stands in it."""


def recover_ledger(actor: Operator, *, start_anew: bool = False) -> Recovery:
    """Load the records that are missing, and record that they were.

    They must give the very root that was signed: raises NotTheSameLog otherwise. Where they
    are not kept, `start_anew` goes on under another origin, with a record for each number that
    was lost, so that none is ever given twice. The rooms hear of it, because the things that the
    records tell of are missing as well.
    """
    hold_log()
    log = current()
    size, head = size_of_log(), log.last_head()
    demand(may_recover_ledger(actor, size, head.size if head else 0))
    if head is None:
        return Recovery(0, 0)
    found = _missing_records(log, size, head)
    if found is None and not start_anew:
        raise NotTheSameLog("The records outside the database do not give the root that was signed.")
    for seq, record in enumerate(found or (), start=size):
        said = read_record(record)
        session.add(
            LedgerEntry(
                seq=seq, kind=said["kind"], thread=said["thread"], number=said["number"], record=record,
                leaf=leaf_hash(record), at=moment_of(said),
            )
        )  # fmt: skip
    session.flush()
    gap: dict[str, Any] = {
        "first": size,
        "end": head.size,
        "checkpoint_size": head.size,
        "checkpoint_root": head.root.hex(),
    }
    if found is not None:
        append_record(Kind.RECOVERED, "log", gap)
    else:
        _start_anew(log, size, head, gap)
    ledger_recovered.send(current(), first=size, end=head.size)
    return Recovery(len(found or ()), 0 if found is not None else head.size - size)


def _missing_records(log: Log, size: int, head: Head) -> list[bytes] | None:
    """The records from `size` up to the last checkpoint, if they lead to its root."""
    found = {seq: record for seq, record in log.kept_records() if size <= seq < head.size}
    if len(found) != head.size - size:
        return None
    records = [found[seq] for seq in range(size, head.size)]
    root = Tree([*leaves(size), *map(leaf_hash, records)]).root
    return records if root == head.root else None


def _start_anew(log: Log, size: int, head: Head, gap: dict[str, Any]) -> None:
    """A new log whose first records are the old ones that are left, and which says what is missing."""
    before = origin_in_use(log.origin)
    after = f"{log.origin}/{clock.now():%Y%m%dT%H%M%SZ}"
    log.put_records_aside(f"{clock.now():%Y%m%dT%H%M%S}")
    for seq in range(size, head.size):
        number = seq - size + 1
        record = record_bytes(
            log=after, kind=Kind.LOST, thread=f"lost-{size}", number=number, at=clock.now(), facts={"was": seq}
        )
        session.add(
            LedgerEntry(
                seq=seq, kind=str(Kind.LOST), thread=f"lost-{size}", number=number, record=record,
                leaf=leaf_hash(record), at=clock.now(),
            )
        )  # fmt: skip
    session.flush()
    append_record(Kind.RESTARTED, "log", {**gap, "before": before}, origin=after)
