"""The front's own rows in the table of doors."""

from __future__ import annotations

from architecture.doors import Door

DOORS = [
    Door("GET", "web.choose_language", values=lambda world: {"language": "sl", "next": "/"}, everyone=303),
    Door("GET", "stylesheet.show", everyone=200),
    Door("GET", "styleguide.index", everyone=200),
    Door("GET", "styleguide.style", everyone=200),
    Door("GET", "styleguide.show", values=lambda world: {"name": "badge"}, everyone=200),
]
