"""Who gets what at each address of this room: everybody reads the log."""

from __future__ import annotations

from typing import Any

from architecture.doors import Door


def entry(world: Any) -> dict[str, Any]:
    return {"seq": world.ledger_entry.seq}


def nothing(world: Any) -> dict[str, Any]:
    return {"seq": 999_999}


DOORS = [
    Door("GET", "ledger.index", everyone=200),
    Door("GET", "ledger.checkpoint", everyone=200),
    Door("GET", "ledger.records", everyone=200),
    Door("GET", "ledger.mine", visitor=302, everyone=200),
    # Who did not tick the box reads so, with nothing erased.
    Door("POST", "ledger.erase", visitor=401, everyone=422),
    Door("GET", "ledger.show", values=entry, everyone=200),
    Door("GET", "ledger.show", values=nothing, case="no such record", everyone=404),
    Door("GET", "ledger.receipt", values=entry, everyone=200),
    Door("GET", "ledger.receipt", values=nothing, case="no such record", everyone=404),
]
