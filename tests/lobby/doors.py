"""The lobby's rows in the table of doors."""

from __future__ import annotations

from typing import Any

from architecture.doors import Door

from participation.foundation.database import session
from participation.foundation.outbox import OutboxItem, State, queue


def dead_letter(world: Any) -> dict[str, Any]:
    queue("mail", "door", {"to": "a@b.example", "language": "sl", "template": "x", "values": {}})
    session.flush()
    item = session.query(OutboxItem).filter_by(key="door").one()
    item.state = State.DEAD
    session.commit()
    return {"item_id": item.id}


DOORS = [
    Door("GET", "lobby.index", everyone=200),
    Door("GET", "lobby_desk.index", visitor=302, everyone=200),
    Door("GET", "lobby_desk.outbox", visitor=302, coordinator=200, administrator=200, everyone=403),
    Door(
        "POST", "lobby_desk.retry", values=dead_letter, visitor=401, coordinator=303, administrator=303, everyone=403
    ),
]
