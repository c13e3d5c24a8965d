"""Under which heading of the desk a task stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from participation.foundation.tasks import Task, When, by_time


def task(due_on: date | None = None, is_pressing: bool = False) -> Task:
    return Task("Odlok", "zato", "lobby.index", due_on=due_on, is_pressing=is_pressing)


@pytest.mark.parametrize(
    ("due_on", "is_pressing", "when", "urgency"),
    [
        (date(2026, 11, 22), False, When.TODAY, 2),
        (date(2026, 11, 23), False, When.TODAY, 2),
        (date(2026, 11, 25), False, When.THIS_WEEK, 2),
        (date(2026, 11, 26), False, When.THIS_WEEK, 1),
        (date(2026, 11, 30), False, When.THIS_WEEK, 1),
        (date(2026, 12, 1), False, When.LATER, 0),
        (date(2026, 12, 4), True, When.THIS_WEEK, 1),
        (None, False, When.LATER, 0),
        (None, True, When.THIS_WEEK, 1),
    ],
)
def test_the_day_decides_and_what_is_pressing_wants_this_week(
    stopped_clock: Any, due_on: date | None, is_pressing: bool, when: When, urgency: int
) -> None:
    waiting = task(due_on, is_pressing)
    assert (waiting.when, waiting.urgency) == (when, urgency)


def test_only_what_was_due_before_today_is_late(stopped_clock: Any) -> None:
    days = [date(2026, 11, 22), date(2026, 11, 23), None]
    assert [task(day).is_late for day in days] == [True, False, False]


def test_groups_keep_the_order_of_the_list_and_empty_ones_are_left_out(stopped_clock: Any) -> None:
    later, today, other = task(), task(date(2026, 11, 23)), task(date(2026, 11, 1))
    assert by_time([later, today, other]) == [(When.TODAY, [today, other]), (When.LATER, [later])]
