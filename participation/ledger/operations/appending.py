"""Writing a record: in the transaction of the act that it tells of, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from participation.accounts.models import User
from participation.foundation import clock, outbox
from participation.foundation.access import demand
from participation.foundation.database import session

from ..models import (
    Kind,
    LedgerEntry,
    LedgerSecret,
    commitment,
    current,
    leaf_hash,
    new_salt,
    record_bytes,
)
from ..models.jobs import SIGN_CHECKPOINT, next_signing
from ..queries import end_of_log, hold_log
from ..rules import may_append_record


def append_record(
    kind: Kind,
    thread: str,
    facts: Mapping[str, Any],
    *,
    held: Mapping[str, Mapping[str, Any]] | None = None,
    whose: User | None = None,
    origin: str = "",
) -> LedgerEntry:
    """Add a record at the end of the log. Irreversible once it is committed.

    `thread` is what it is about ("p-12"), `facts` what it says (see records.record_bytes).
    `held` is what the record must not say itself, by purpose: it stands in the record as a
    commitment, and apart from it as a secret of the person `whose`, until that is erased.
    `origin` is that of the log from this record on, where it is started anew.
    Raises Refused on a database that was set back. Call it last: others wait for the log
    from here until the transaction ends.
    """
    hold_log()
    log = current()
    end, head = end_of_log(thread, log.origin), log.last_head()
    demand(may_append_record(end.seq, head.size if head else 0))
    moment = clock.now()
    kept = {purpose: (new_salt(), dict(said)) for purpose, said in (held or {}).items()}
    commitments = {purpose: commitment(purpose, salt, said) for purpose, (salt, said) in kept.items()}
    record = record_bytes(
        log=origin or end.origin, kind=kind, thread=thread, number=end.number, at=moment,
        facts={**facts, **commitments},
    )  # fmt: skip
    entry = LedgerEntry(
        seq=end.seq,
        kind=str(kind),
        thread=thread,
        number=end.number,
        record=record,
        leaf=leaf_hash(record),
        at=moment,
    )
    session.add(entry)
    session.flush()
    session.add_all(
        LedgerSecret(seq=end.seq, purpose=purpose, salt=salt, said=said, user_id=_owner(purpose, whose))
        for purpose, (salt, said) in kept.items()
    )
    due_at = next_signing(moment)
    outbox.queue(SIGN_CHECKPOINT, f"{SIGN_CHECKPOINT}:{due_at:%Y%m%dT%H%M%S}", {}, due_at=due_at)
    return entry


def _owner(purpose: str, whose: User | None) -> int | None:
    """Who it was is the person's; the words beside a signature are the organisation's."""
    return whose.id if whose is not None and purpose == "who" else None
