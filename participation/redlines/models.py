"""A Word file that came back, as it waits to be posted."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.consultations.models import Consultation, ImportState
from participation.foundation import clock
from participation.foundation.database import KEY, Model, choice, new_key
from participation.foundation.files import StoredFile
from participation.organisations.models import Organisation

# How long what was found in a file waits to be posted.
KEPT_FOR = timedelta(days=14)
MOST_ITEMS = 300
# The kind of job in the outbox that reads one file.
READ_FILE = "redlines.read-file"


class Refusal(StrEnum):
    """Why nothing was made of a file that can be read."""

    ANOTHER_DOCUMENT = "another_document"
    UNTOUCHED = "untouched"
    ALL_KNOWN = "all_known"
    TOO_MUCH = "too_much"
    NOT_ALLOWED = "not_allowed"
    NO_DRAFT = "no_draft"


class EditedFile(Model):
    """A file that came in, and what was found in it; `key` is its address. Once it is read, the file is not kept.

    `items` are what can be posted, in reading order: {"number", "provision", "path", "seen", "existing", "action"
    (empty for a comment), "wording", "after" and "after_path" (of a move), "quote" and "quote_at" (of a comment),
    "answers" (see queries.answering), "source" and "html", "author", "chosen", "flags"}. `left` is what has no place
    in the draft: {"reason", "author", "text", "before", "after"}. `known` counts what had been posted before.
    """

    __tablename__ = "edited_files"
    __table_args__ = (CheckConstraint("state != 'refused' or refusal != ''", name="a_refusal_has_a_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    state: Mapped[ImportState] = mapped_column(
        choice(ImportState, 12), default=ImportState.READING, server_default=ImportState.READ.value
    )
    filename: Mapped[str] = mapped_column(String(300))
    size: Mapped[int] = mapped_column(default=0, server_default="0")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    # A code of texts.provisions.Unreadable or of models.Refusal.
    refusal: Mapped[str] = mapped_column(String(20), default="", server_default="")
    refusal_details: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    items: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    left: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    known: Mapped[int] = mapped_column(default=0)
    posted_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship(Consultation)
    created_by: Mapped[User] = relationship(User)
    organisation: Mapped[Organisation | None] = relationship(Organisation)
    file: Mapped[StoredFile | None] = relationship(StoredFile)

    @property
    def work_key(self) -> str:
        """The key of its job in the outbox."""
        return f"{READ_FILE}:{self.id}"
