"""Facts about organisations that other rooms may hear."""

from __future__ import annotations

from blinker import Namespace

_events = Namespace()

# sent with: membership: a person may act for the organisation from now on, or may no longer
mandate_changed = _events.signal("mandate-changed")
# sent with: organisation
organisation_left = _events.signal("organisation-left")
