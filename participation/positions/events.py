"""Facts about positions that other rooms may hear."""

from __future__ import annotations

from blinker import Namespace

_events = Namespace()

# sent with: position
position_opened = _events.signal("position-opened")
