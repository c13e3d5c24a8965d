"""What the office can do about mail and jobs that failed."""

from __future__ import annotations

from participation.accounts.models import User
from participation.foundation import audit, outbox
from participation.foundation.access import demand

from .rules import may_retry_item


def retry_item(actor: User, item: outbox.OutboxItem) -> None:
    """Give a dead letter a new row of tries, beginning now."""
    demand(may_retry_item(actor))
    outbox.retry(item)
    audit.record(actor, "outbox.retried", item)
