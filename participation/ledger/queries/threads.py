"""What the threads of records are about, for people."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from participation.foundation.database import session
from participation.positions.models import Position, PositionState

POSITION = "p-"


def titles_of_positions(threads: Collection[str]) -> dict[str, tuple[str, str]]:
    """Slug and title by thread, of the positions that everybody may read."""
    numbers = [int(thread.removeprefix(POSITION)) for thread in set(threads) if thread.startswith(POSITION)]
    if not numbers:
        return {}
    rows = session.execute(
        select(Position.id, Position.slug, Position.title).where(
            Position.id.in_(numbers), Position.state != PositionState.DRAFTED
        )
    )
    return {f"{POSITION}{number}": (slug, title) for number, slug, title in rows}
