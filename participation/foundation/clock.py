"""The only reader of time.

Moments are aware and in UTC wherever they are stored; days are days of the region,
because a deadline "until 5 March" means the day in Ljubljana, not in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_zone = ZoneInfo("Europe/Ljubljana")
_stopped_at: datetime | None = None


def keep_zone(zone: ZoneInfo) -> None:
    """Keep the days of this zone from now on: that of the installation."""
    global _zone
    _zone = zone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _stopped_at or datetime.now(UTC)


def today() -> date:
    """The present day in the region."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on the clocks of the region."""
    return moment.astimezone(_zone)


def end_of(day: date) -> datetime:
    """The last moment at which something is still in time on `day`.

    Deadlines are inclusive: 23:59:59.999999 on the clocks of the region, given in UTC.
    """
    next_midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=_zone)
    return next_midnight.astimezone(UTC) - timedelta(microseconds=1)


def start_of(day: date) -> datetime:
    """The first moment of `day` in the region, in UTC."""
    return datetime.combine(day, time(), tzinfo=_zone).astimezone(UTC)


@contextmanager
def stopped(moment: datetime) -> Iterator[None]:
    """Stop the clock of the whole process at `moment`, for tests and for loading demonstrations."""
    global _stopped_at
    if moment.tzinfo is None:
        raise ValueError("The clock stops only at aware moments.")
    before, _stopped_at = _stopped_at, moment.astimezone(UTC)
    try:
        yield
    finally:
        _stopped_at = before
