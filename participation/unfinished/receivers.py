"""What happens to unfinished texts when something happens to their writer."""

from __future__ import annotations

from typing import Any

from participation.accounts.events import account_closed
from participation.accounts.models import User

from . import operations


@account_closed.connect
def forget(sender: Any, user: User, **rest: Any) -> None:
    operations.forget_person(user)
