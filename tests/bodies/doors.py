"""Who gets what at each address of this room."""

from __future__ import annotations

from typing import Any

from architecture.doors import Door


def of_body(world: Any) -> dict[str, Any]:
    return {"slug": world.body.slug}


def entry(world: Any) -> dict[str, Any]:
    return {"name": "Občina Nova", "kind": "municipality", "level": "municipal"}


DOORS = [
    Door("GET", "bodies.index", everyone=200),
    Door("GET", "bodies.show", values=of_body, everyone=200),
    Door("GET", "bodies_desk.add", everyone=403, visitor=302, coordinator=200),
    Door("POST", "bodies_desk.add", form=entry, everyone=403, visitor=401, coordinator=303),
    Door("GET", "bodies_desk.edit", values=of_body, everyone=403, visitor=302, coordinator=200),
    Door("POST", "bodies_desk.edit", values=of_body, form=entry, everyone=403, visitor=401, coordinator=303),
]
