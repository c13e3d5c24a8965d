"""The database: one session, typed models, and what can go wrong with it.

On SQLite a transaction that may write begins with BEGIN IMMEDIATE, because a deferred
one that reads first loses updates or fails on a stale snapshot. A request that only
reads says so with `reading()` and begins deferred, so that readers never wait.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, Enum, MetaData, String, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

NAMES_OF_CONSTRAINTS = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# WAL mode of these versions can corrupt a database that several processes write
# (the WAL-reset bug, fixed in 3.51.3 and in the backports 3.44.6 and 3.50.7).
FIRST_SOUND_SQLITE = (3, 51, 3)
SOUND_BACKPORTS = {(3, 44): 6, (3, 50): 7}


class Moment(TypeDecorator[datetime]):
    """An aware moment; stored as UTC on every database, given back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(kind: type[StrEnum], length: int) -> Enum:
    """The column type for one of the members of a StrEnum: stored as its value in so many
    characters, given back as the member, and known to the database by a constraint."""
    words = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    return Enum(
        kind,
        name=f"{words}_is_known",
        native_enum=False,
        create_constraint=True,
        length=length,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES_OF_CONSTRAINTS),
        type_annotation_map={
            datetime: Moment(),
            list[str]: JSON(),
            dict[str, Any]: JSON(),
            list[dict[str, Any]]: JSON(),
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
session = db.session

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


Row = TypeVar("Row", bound=Base)


class NotFound(LookupError):
    """What was asked for does not exist, or not for the one who asks."""


class Conflict(Exception):
    """The act no longer fits what is stored: somebody else was faster, or the text changed.

    `message` says what happened in the reader's language; `stored` is the text as it
    stands now, so that the page can show it beside what was typed. Better still, `fields` are
    the texts as they stand now by the names of the form's fields, and `fresh` is what the form
    has to bring (such as its revision) to be taken although something changed.
    """

    def __init__(
        self,
        message: Any,
        *,
        stored: str = "",
        fields: Mapping[str, str] | None = None,
        fresh: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.stored = stored
        self.fields = dict(fields or {})
        self.fresh = {name: str(value) for name, value in (fresh or {}).items()}


def new_key() -> str:
    """A short random key for things that keep their identity across versions (80 bits)."""
    return secrets.token_hex(10)


KEY = String(20)

_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions that begin inside only read; a commit inside is a mistake and raises."""
    token = _only_reading.set(True)
    try:
        yield
    finally:
        _only_reading.reset(token)


def only_reading(flag: bool) -> None:
    """Say for the rest of this context whether transactions only read (see `reading`)."""
    _only_reading.set(flag)


def pause() -> None:
    """End a transaction that has only read so far, so that no lock is held meanwhile.

    For long work outside the database (reading a file, setting a page) in the middle of
    an act. What was loaded is loaded again when it is next used.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("A transaction with changes cannot be paused.")
    session.rollback()


def keep_first(row: Row, find_first: Callable[[], Row | None]) -> Row:
    """Store a row, or give back the one that the same press of a button stored a moment before.

    A constraint of the database decides between two that come at once. Raises IntegrityError
    when it refuses the row and `find_first` finds no other.
    """
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        first = find_first()
        if first is None:
            raise
        return first
    return row


class ChangedWhileReading(RuntimeError):
    """A request that promised only to read tried to change something."""


@event.listens_for(Session, "before_flush")
def _refuse_changes_while_reading(s: Session, context: Any, instances: Any) -> None:
    if _only_reading.get() and (s.new or s.dirty or s.deleted):
        raise ChangedWhileReading("Reading never writes: " + repr([*s.new, *s.dirty, *s.deleted][:3]))


def is_sound(version: tuple[int, ...]) -> bool:
    """Whether this version of SQLite may use WAL mode with several processes."""
    if version >= FIRST_SOUND_SQLITE:
        return True
    fixed_in = SOUND_BACKPORTS.get((version[0], version[1]))
    return fixed_in is not None and version[2] >= fixed_in


def prepare_engine(engine: Engine) -> None:
    """Give an engine the durability settings that its database needs. Call once an engine."""
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)


def _prepare_sqlite(engine: Engine) -> None:
    module: Any = engine.dialect.dbapi
    journal = "WAL" if is_sound(module.sqlite_version_info) else "DELETE"

    @event.listens_for(engine, "connect")
    def settings(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # We say BEGIN ourselves, below.
        cursor = connection.cursor()
        for pragma in (
            "busy_timeout = 15000",
            f"journal_mode = {journal}",
            "synchronous = FULL",
            "foreign_keys = ON",
            "trusted_schema = OFF",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if _only_reading.get() else "BEGIN IMMEDIATE")
