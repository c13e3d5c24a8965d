"""Under which heading of the desk a task stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from participation.foundation.tasks import Task, When, by_time


def task(due_on: date | None = None, urgency: int = 0) -> Task:
    return Task("Odlok", "zato", "lobby.index", due_on=due_on, urgency=urgency)


@pytest.mark.parametrize(
    ("due_on", "urgency", "when"),
    [
        (date(2026, 11, 22), 0, When.TODAY),
        (date(2026, 11, 23), 0, When.TODAY),
        (date(2026, 11, 24), 2, When.THIS_WEEK),
        (date(2026, 11, 30), 0, When.THIS_WEEK),
        (date(2026, 12, 1), 0, When.LATER),
        (date(2026, 12, 4), 1, When.THIS_WEEK),
        (None, 0, When.LATER),
        (None, 1, When.THIS_WEEK),
        (None, 2, When.TODAY),
    ],
)
def test_the_day_decides_and_urgency_where_there_is_none(
    stopped_clock: Any, due_on: date | None, urgency: int, when: When
) -> None:
    assert task(due_on, urgency).when is when


def test_only_what_was_due_before_today_is_late(stopped_clock: Any) -> None:
    days = [date(2026, 11, 22), date(2026, 11, 23), None]
    assert [task(day).is_late for day in days] == [True, False, False]


def test_groups_keep_the_order_of_the_list_and_empty_ones_are_left_out(stopped_clock: Any) -> None:
    later, today, other = task(), task(date(2026, 11, 23)), task(date(2026, 11, 1))
    assert by_time([later, today, other]) == [(When.TODAY, [today, other]), (When.LATER, [later])]
