"""Who gets through which door of the unfinished texts: only those who began them."""

from __future__ import annotations

import json
from typing import Any

from architecture.doors import Door
from factories import UnfinishedTextFactory

from participation.foundation.database import session


def place(world: Any) -> dict[str, Any]:
    return {"place": "comments.post:odprto:draft"}


def saved(world: Any) -> dict[str, Any]:
    """As the open page of the contributor sends it."""
    return {
        "user": world.people["contributor"].id,
        "place": "comments.post:odprto:draft",
        "title": "Pripomba",
        "address": "/consultations/odprto/comments",
        "base": "0",
        "writer_key": "a",
        "revision": 0,
        "fields": json.dumps([{"name": "source", "label": "Pripomba", "values": ["Ker."], "written": True}]),
    }


def text_of_contributor(world: Any) -> dict[str, Any]:
    text = UnfinishedTextFactory(user_id=world.people["contributor"].id)
    session.commit()
    return {"text_id": text.id}


DOORS = [
    Door("GET", "unfinished.index", visitor=302, everyone=200),
    Door("GET", "unfinished.show", values=place, visitor=401, everyone=200),
    Door("POST", "unfinished.save", form=saved, visitor=401, contributor=200, everyone=403),
    Door("POST", "unfinished.save", visitor=401, everyone=422, case="nothing"),
    Door(
        "POST",
        "unfinished.discard",
        values=text_of_contributor,
        form=lambda world: {"revision": 1},
        visitor=401,
        contributor=303,
        everyone=403,
    ),
]
