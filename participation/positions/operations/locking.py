"""One position, one writer at a time."""

from __future__ import annotations

from participation.foundation.database import session

from ..models import Position


def lock(position: Position) -> None:
    """Hold the position until the transaction ends and see its state as it is now.

    On SQLite the whole database is held already: a writing transaction begins IMMEDIATE.
    """
    session.flush()
    session.refresh(position, ["state", "revision"], with_for_update=True)
