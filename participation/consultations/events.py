"""Facts about consultations that other rooms may hear."""

from __future__ import annotations

from blinker import Namespace

_events = Namespace()

# sent with: consultation
consultation_published = _events.signal("consultation-published")
# sent with: text version, not the first of its consultation
version_published = _events.signal("version-published")
# sent with: text version, the last one, which was just published as what the body adopted
adopted_text_published = _events.signal("adopted-text-published")
