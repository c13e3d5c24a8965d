"""Facts about submissions that other rooms may hear."""

from __future__ import annotations

from blinker import Namespace

_events = Namespace()

# sent with: submission, on (the day)
submission_sent = _events.signal("submission-sent")
# sent with: submission, on (the day): every point has an answer of every body
submission_answered = _events.signal("submission-answered")
