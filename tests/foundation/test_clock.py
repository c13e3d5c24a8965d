"""Days end when they end in the region, whatever the season."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from participation.foundation import clock


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 3, 5), datetime(2026, 3, 5, 22, 59, 59, 999999, tzinfo=UTC)),  # winter: one hour ahead
        (date(2026, 7, 5), datetime(2026, 7, 5, 21, 59, 59, 999999, tzinfo=UTC)),  # summer: two hours ahead
        (date(2026, 3, 29), datetime(2026, 3, 29, 21, 59, 59, 999999, tzinfo=UTC)),  # a day of 23 hours
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, 999999, tzinfo=UTC)),  # a day of 25 hours
    ],
)
def test_a_deadline_is_inclusive_to_the_last_moment_of_its_day(day: date, end: datetime) -> None:
    assert clock.end_of(day) == end
    assert clock.local(clock.end_of(day)).date() == day
    assert clock.start_of(day + timedelta(days=1)) == end + timedelta(microseconds=1)


def test_today_is_the_day_in_the_region_not_in_utc() -> None:
    with clock.stopped(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 24)


def test_the_clock_goes_on_after_it_was_stopped() -> None:
    with clock.stopped(datetime(2020, 1, 1, tzinfo=UTC)):
        pass
    assert clock.now() > datetime(2025, 1, 1, tzinfo=UTC)


def test_it_stops_only_at_aware_moments() -> None:
    with pytest.raises(ValueError, match="aware"), clock.stopped(datetime(2020, 1, 1)):
        pass
