"""The front's own rows in the table of doors."""

from __future__ import annotations

from architecture.doors import Door

DOORS = [Door("POST", "web.choose_language", form=lambda world: {"language": "sl", "next": "/"}, everyone=303)]
