"""The rows of the help in the table of doors."""

from __future__ import annotations

from architecture.doors import Door

DOORS = [
    Door("GET", "help.index", everyone=200),
    Door("GET", "help.show", values=lambda world: {"name": "council-representative"}, everyone=200),
    Door("GET", "help.show", values=lambda world: {"name": "words"}, everyone=404, case="not a guide"),
    Door("POST", "help.dismiss", values=lambda world: {"name": "desk"}, visitor=401, everyone=303),
    Door("POST", "help.put_away", values=lambda world: {"name": "front-page"}, everyone=303),
    Door("POST", "help.put_away", values=lambda world: {"name": "gone"}, everyone=404, case="no such hint"),
]
