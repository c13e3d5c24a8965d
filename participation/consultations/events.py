"""Facts about consultations that other rooms may hear."""

from __future__ import annotations

from blinker import Namespace

_events = Namespace()

# sent with: consultation
consultation_published = _events.signal("consultation-published")
