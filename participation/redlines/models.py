"""A Word file that came back, as it waits to be posted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import User
from participation.consultations.models import Consultation
from participation.foundation import clock
from participation.foundation.database import KEY, Model, new_key
from participation.organisations.models import Organisation

# How long what was found in a file waits to be posted.
KEPT_FOR = timedelta(days=14)
MOST_ITEMS = 300


class EditedFile(Model):
    """What was found in a file; the file itself is not kept. `key` is its address.

    `items` are what can be posted, in reading order: {"number", "provision", "path", "seen", "existing", "action"
    (empty for a comment), "wording", "after" and "after_path" (of a move), "quote" and "quote_at" (of a comment),
    "answers" (see queries.answering), "source", "author", "chosen", "flags"}. `left` is what has no place in the
    draft: {"reason", "author", "text", "before", "after"}. `known` counts what had been posted before.
    """

    __tablename__ = "edited_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True, default=new_key)
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"), index=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    filename: Mapped[str] = mapped_column(String(300))
    items: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    left: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    known: Mapped[int] = mapped_column(default=0)
    posted_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship(Consultation)
    created_by: Mapped[User] = relationship(User)
    organisation: Mapped[Organisation | None] = relationship(Organisation)
