"""The job that signs a checkpoint."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SIGN_CHECKPOINT = "ledger.sign-checkpoint"
# A record stands in a signed checkpoint after this time, and what the worker needs to get to it.
AT_MOST_EVERY = timedelta(seconds=20)


def next_signing(moment: datetime) -> datetime:
    """When what was appended at this moment is signed: the ends of the slots of AT_MOST_EVERY."""
    slot = int(moment.timestamp() // AT_MOST_EVERY.total_seconds())
    return datetime.fromtimestamp((slot + 1) * AT_MOST_EVERY.total_seconds(), UTC)
