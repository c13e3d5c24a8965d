"""Facts about the ledger that other rooms may hear."""

from __future__ import annotations

from blinker import Namespace

_events = Namespace()

# sent with: checkpoint; first: the number of the first entry that no checkpoint had covered before
checkpoint_signed = _events.signal("checkpoint-signed")
# sent with: log; first and end: the records that the database had lost
ledger_recovered = _events.signal("ledger-recovered")
