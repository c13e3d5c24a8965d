"""Finding signed checkpoints."""

from __future__ import annotations

from sqlalchemy import select

from participation.foundation.database import session

from ..models import Checkpoint, Head, current


def latest_checkpoint() -> Checkpoint | None:
    return session.scalar(select(Checkpoint).order_by(Checkpoint.size.desc()).limit(1))


def first_checkpoint_over(seq: int) -> Checkpoint | None:
    """The earliest checkpoint that covers this entry; None while it waits for one."""
    return session.scalar(select(Checkpoint).where(Checkpoint.size > seq).order_by(Checkpoint.size).limit(1))


def last_head() -> Head | None:
    """What was signed last, wherever it is kept: the file outlives a database that is set back."""
    checkpoint = latest_checkpoint()
    heads = [head for head in (checkpoint.head if checkpoint else None, current().last_head()) if head is not None]
    return max(heads, key=lambda head: head.size, default=None)
