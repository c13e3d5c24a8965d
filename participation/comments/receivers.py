"""What this room does when a text changes."""

from __future__ import annotations

from participation.accounts.models import Operator
from participation.consultations.events import version_published
from participation.consultations.models import TextVersion

from . import operations


@version_published.connect
def carry_comments(version: TextVersion) -> None:
    """In the same transaction, so that no comment is ever without a place."""
    operations.carry_comments(Operator(), version)
