"""Finding records, their place in the log, and the tree over them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select, text

from participation.foundation.database import NotFound, session
from participation.foundation.paging import Page, page_of

from ..models import Kind, LedgerEntry, LedgerSecret, Tree, read_record

# One number for all transactions that append; PostgreSQL knows locks by numbers.
LOCK = 0x50_61_73_6A
AT_ONCE = 2_000


def hold_log() -> None:
    """Let others wait to append until the transaction ends; taken after every other lock.

    On SQLite the whole database is held already: a writing transaction begins IMMEDIATE.
    """
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def size_of_log() -> int:
    last = session.scalar(select(func.max(LedgerEntry.seq)))
    return 0 if last is None else last + 1


@dataclass(frozen=True)
class End:
    """Where the next record of a thread goes: `seq` in the log, `number` in its thread."""

    seq: int
    number: int
    origin: str


def end_of_log(thread: str, first_origin: str) -> End:
    """The end of the log as it stands, in one statement; `hold_log` first."""
    last = select(func.max(LedgerEntry.seq)).scalar_subquery()
    number = select(func.max(LedgerEntry.number)).where(LedgerEntry.thread == thread).scalar_subquery()
    seq, before, restarted = session.execute(select(last, number, _restart())).one()
    return End(0 if seq is None else seq + 1, (before or 0) + 1, _origin(restarted) or first_origin)


def origin_in_use(first: str) -> str:
    """The name of the log: the first one, until it had to be started anew."""
    return _origin(session.scalar(select(_restart()))) or first


def _restart() -> ScalarSelect[bytes]:
    restarts = select(LedgerEntry.record).where(LedgerEntry.kind == str(Kind.RESTARTED))
    return restarts.order_by(LedgerEntry.seq.desc()).limit(1).scalar_subquery()


def _origin(restart: bytes | None) -> str:
    return str(read_record(restart)["log"]) if restart else ""


def entry_at(seq: int) -> LedgerEntry:
    entry = session.get(LedgerEntry, seq)
    if entry is None:
        raise NotFound(str(seq))
    return entry


def entries_of(threads: Collection[str]) -> list[LedgerEntry]:
    """All records of these things, in the order of the log."""
    return list(session.scalars(select(LedgerEntry).where(LedgerEntry.thread.in_(threads)).order_by(LedgerEntry.seq)))


def entries_between(first: int, end: int) -> Iterator[LedgerEntry]:
    """The entries from `first` up to but without `end`, a few at a time in memory."""
    statement = select(LedgerEntry).where(LedgerEntry.seq >= first, LedgerEntry.seq < end).order_by(LedgerEntry.seq)
    yield from session.scalars(statement.execution_options(yield_per=AT_ONCE))


def last_kind_of(thread: str) -> str | None:
    """What the newest record of a thread tells of."""
    newest = select(LedgerEntry.kind).where(LedgerEntry.thread == thread).order_by(LedgerEntry.number.desc())
    return session.scalar(newest.limit(1))


def last_records(threads: Collection[str], kind: Kind) -> dict[str, int]:
    """The number of the last record of a kind in each of these threads."""
    rows = session.execute(
        select(LedgerEntry.thread, func.max(LedgerEntry.seq))
        .where(LedgerEntry.thread.in_(threads), LedgerEntry.kind == str(kind))
        .group_by(LedgerEntry.thread)
    )
    return {thread: seq for thread, seq in rows}


def entries_page(number: int) -> Page[LedgerEntry]:
    """The newest records first."""
    return page_of(select(LedgerEntry).order_by(LedgerEntry.seq.desc()), number)


def entries_of_person(user_id: int, number: int) -> Page[LedgerEntry]:
    """A page of the records that a person still stands behind, the newest first."""
    own = select(LedgerSecret.seq).where(LedgerSecret.user_id == user_id, LedgerSecret.purpose == "who")
    return page_of(select(LedgerEntry).where(LedgerEntry.seq.in_(own)).order_by(LedgerEntry.seq.desc()), number)


def leaves(size: int) -> list[bytes]:
    """The stored leaf hashes of the log as it was at this size."""
    return list(session.scalars(select(LedgerEntry.leaf).where(LedgerEntry.seq < size).order_by(LedgerEntry.seq)))


def tree_of(size: int) -> Tree:
    """The tree of the log as it was at this size."""
    return Tree(leaves(size))


def secrets_of(seqs: Collection[int], purpose: str | None = None) -> list[LedgerSecret]:
    """What the commitments of these entries hold; what was erased is left out."""
    statement = select(LedgerSecret).where(LedgerSecret.seq.in_(seqs))
    if purpose is not None:
        statement = statement.where(LedgerSecret.purpose == purpose)
    return list(session.scalars(statement.order_by(LedgerSecret.seq, LedgerSecret.purpose)))


def secrets_of_person(user_id: int) -> list[LedgerSecret]:
    return list(
        session.scalars(select(LedgerSecret).where(LedgerSecret.user_id == user_id).order_by(LedgerSecret.seq))
    )
