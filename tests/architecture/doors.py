"""A door: one address of the program, and what each kind of person gets there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ROLES = (
    "visitor",
    "registered",
    "contributor",
    "representative",
    "outsider",
    "council",
    "coordinator",
    "administrator",
)


class Door:
    """`values` fill the address and `form` is what is posted, both made from the world of the test.

    Each role's status is named; `everyone` fills the rest. `after` names a moment of the
    world to move the clock to. A role that is missing is a mistake.
    """

    def __init__(
        self,
        method: str,
        endpoint: str,
        *,
        values: Callable[[Any], dict[str, Any]] = lambda world: {},
        form: Callable[[Any], dict[str, Any]] = lambda world: {},
        case: str = "",
        everyone: int | None = None,
        **statuses: int,
    ) -> None:
        unknown = set(statuses) - set(ROLES)
        missing = set() if everyone is not None else set(ROLES) - set(statuses)
        if unknown or missing:
            raise ValueError(f"{endpoint}: unknown roles {unknown or '-'}, roles without a status {missing or '-'}")
        self.method = method
        self.endpoint = endpoint
        self.values = values
        self.form = form
        self.case = case
        self.statuses = {role: statuses.get(role, everyone) for role in ROLES}

    def __repr__(self) -> str:
        return f"{self.method} {self.endpoint}{f' ({self.case})' if self.case else ''}"
