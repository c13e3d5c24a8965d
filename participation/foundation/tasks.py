"""What waits for a person: a line on the desk, each one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from . import clock
from .language import _

NOW = timedelta(days=2)
SOON = timedelta(days=7)


class When(StrEnum):
    """How near the end of a task is, in the order of the desk."""

    TODAY = "today"
    THIS_WEEK = "this-week"
    LATER = "later"

    @property
    def label(self) -> Any:
        return {
            When.TODAY: _("Today"),
            When.THIS_WEEK: _("This week"),
            When.LATER: _("Later"),
        }[self]


@dataclass(frozen=True)
class Task:
    """`endpoint` and `values` say where it is done; what is pressing wants to be done this week, whatever its day."""

    title: str  # of what it is about
    why: Any  # a lazy translation
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    due_on: date | None = None
    is_pressing: bool = False
    act: Any = ""  # what the person does, a lazy translation with its verb; empty when the title says it

    @property
    def urgency(self) -> int:
        """0 when it can wait, 1 this week, 2 now."""
        left = None if self.due_on is None else self.due_on - clock.today()
        if left is not None and left <= NOW:
            return 2
        return int(self.is_pressing or (left is not None and left <= SOON))

    @property
    def when(self) -> When:
        """What was due before today waits for today as well."""
        if self.due_on is not None and self.due_on <= clock.today():
            return When.TODAY
        return When.THIS_WEEK if self.urgency else When.LATER

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()


def by_time(tasks: Sequence[Task]) -> list[tuple[When, list[Task]]]:
    """The tasks under the heading of their time, each group in the order of the list; empty ones are left out."""
    groups = [(when, [task for task in tasks if task.when is when]) for when in When]
    return [(when, group) for when, group in groups if group]
