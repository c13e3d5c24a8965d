"""Signing what was appended, in the worker."""

from __future__ import annotations

from participation.accounts.models import Operator
from participation.foundation import outbox

from ..models.jobs import SIGN_CHECKPOINT
from ..operations import sign_checkpoint


@outbox.handles(SIGN_CHECKPOINT)
def sign_what_was_appended(item: outbox.OutboxItem) -> None:
    """What an earlier item signed already is not signed again."""
    sign_checkpoint(Operator())
