"""What is kept: entries that only ever grow, secrets that can be erased, signed checkpoints."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.database import Model

from .notes import Head, read_head
from .records import Kind, read_record


class LedgerEntry(Model):
    """One record at its place. Rows are only added, each right after the last: triggers of the database see to it."""

    __tablename__ = "ledger_entries"
    __table_args__ = (UniqueConstraint("thread", "number", name="uq_ledger_entries_number_in_thread"),)

    # 0, 1, 2 ... without gaps: the index of the leaf in the tree.
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(30))
    thread: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    record: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]

    @property
    def said(self) -> dict[str, Any]:
        return read_record(self.record)

    @property
    def is_kind(self) -> Kind:
        return Kind(self.kind)


class LedgerSecret(Model):
    """What one commitment of an entry holds ("who", "words"), and its salt.

    Erasing the row makes the commitment unlinkable; irreversible.
    """

    __tablename__ = "ledger_secrets"

    seq: Mapped[int] = mapped_column(ForeignKey("ledger_entries.seq"), primary_key=True, autoincrement=False)
    purpose: Mapped[str] = mapped_column(String(12), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    said: Mapped[dict[str, Any]]
    # The person it is about; finds the row when that person asks to be erased.
    user_id: Mapped[int | None] = mapped_column(index=True)


class Checkpoint(Model):
    """The size and root of the log as they were signed; never changed, never deleted."""

    __tablename__ = "ledger_checkpoints"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[str] = mapped_column(Text)
    # Of the key that signed it, as it is printed (see notes.PublicKey).
    key: Mapped[str] = mapped_column(String(300))
    signed_at: Mapped[datetime]

    @property
    def head(self) -> Head:
        return read_head(self.note)

    @property
    def root_text(self) -> str:
        """The root as it is printed: base64, as in the note."""
        return self.note.split("\n")[2]
