"""A draft on its way in: the file that was sent, how far its reading is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.foundation import clock
from participation.foundation.database import KEY, Model, choice, new_key
from participation.foundation.files import StoredFile

from .consultations import Consultation

# A text that was pasted instead of a file is read as one of this name.
PASTED = "pasted.txt"
# The kind of job in the outbox that reads one import.
READ_DRAFT = "consultations.read-draft"


@dataclass(frozen=True)
class Sent:
    """What came in with the form: the file or the pasted text, and what was wished for."""

    content: bytes
    filename: str
    media_type: str
    is_pasted: bool = False
    title: str = ""
    internal_deadline_on: date | None = None
    is_express: bool = False


class ImportState(StrEnum):
    READING = "reading"
    READ = "read"
    REFUSED = "refused"


class DraftImport(Model):
    """`key` is its address; `form_key` makes the same press of a button the same import.

    `progress` holds what the reading has said, step by step: {"read": {"done": 3, "of": 12,
    "unit": "page"}}. A file that was refused is not kept; a text that was pasted is.
    """

    __tablename__ = "draft_imports"
    __table_args__ = (
        CheckConstraint("state != 'read' or consultation_id is not null", name="what_was_read_is_a_consultation"),
        CheckConstraint("state != 'refused' or refusal != ''", name="a_refusal_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[ImportState] = mapped_column(choice(ImportState, 12), default=ImportState.READING)
    finished_at: Mapped[datetime | None]
    filename: Mapped[str] = mapped_column(String(300))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    is_pasted: Mapped[bool] = mapped_column(default=False)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    # What was wished for on the form.
    title: Mapped[str] = mapped_column(String(500), default="")
    internal_deadline_on: Mapped[date | None]
    is_express: Mapped[bool] = mapped_column(default=False)
    # The consultation that this is a new version of the text for; empty for a new consultation.
    version_of_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"))
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # A code of texts.provisions.Unreadable.
    refusal: Mapped[str] = mapped_column(String(20), default="")
    refusal_details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultations.id"), index=True)

    created_by: Mapped[User] = relationship(User)
    file: Mapped[StoredFile | None] = relationship(StoredFile)
    consultation: Mapped[Consultation | None] = relationship(Consultation, foreign_keys=[consultation_id])
    version_of: Mapped[Consultation | None] = relationship(Consultation, foreign_keys=[version_of_id])

    @property
    def is_unfinished(self) -> bool:
        return self.state is ImportState.READING

    @property
    def work_key(self) -> str:
        """The key of its job in the outbox."""
        return f"{READ_DRAFT}:{self.id}"
