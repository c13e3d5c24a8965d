"""What waits for a person: a line on the desk, each one act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Task:
    """`urgency`: 0 when it can wait, 1 this week, 2 now. `endpoint` and `values` say where it is done."""

    title: str
    why: Any  # a lazy translation
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    due_on: date | None = None
    urgency: int = 0
