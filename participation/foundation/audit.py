"""The audit log: who did what to which thing, when, and why.

Rows are only ever added. They name a person by number, so that an erased person is
erased here as well when the account goes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .database import Model, session


class Actor(Protocol):
    """Whoever acts: all that the log needs of a person."""

    id: Any


class AuditEntry(Model):
    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(80), index=True)
    thing: Mapped[str] = mapped_column(String(80))
    thing_id: Mapped[int | None]
    because: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


def record(actor: Actor | None, action: str, thing: Any, *, because: str = "", **details: Any) -> None:
    """Write down an act, in the same transaction as the act itself.

    `action` is noun and past verb ("comment.hidden"); `thing` is a model with an id;
    `details` must be JSON and free of secrets.
    """
    session.flush()
    session.add(
        AuditEntry(
            at=clock.now(),
            actor_id=getattr(actor, "id", None),
            action=action,
            thing=type(thing).__name__,
            thing_id=getattr(thing, "id", None),
            because=because,
            details=details,
        )
    )
