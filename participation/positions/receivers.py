"""What happens to positions when a submission that carries them is sent."""

from __future__ import annotations

from typing import Any

from participation.foundation import audit, clock
from participation.submissions.events import submission_sent

from .models import PositionState


@submission_sent.connect
def deliver_positions(submission: Any, **facts: Any) -> None:
    """From now on no signature is added or withdrawn; a position that was delivered before stays as it is."""
    for position in submission.positions:
        if position.state != PositionState.OPENED:
            continue
        position.state = PositionState.DELIVERED
        position.delivered_at = clock.now()
        audit.record(None, "position.delivered", position, submission=submission.id)
