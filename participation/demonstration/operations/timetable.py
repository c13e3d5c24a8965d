"""Acts with their moments, done in the order of time with the clock at that moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from participation.foundation import clock
from participation.foundation.database import session


class Timetable:
    """`now` is the moment of loading; everything in the content is told as a distance from it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._acts: list[tuple[datetime, int, Callable[[], object]]] = []

    def day(self, days: int) -> datetime:
        """Nine in the morning of a day that many days from loading, but never after loading."""
        today = clock.local(self.now).date()
        morning = clock.start_of(today + timedelta(days=days)) + timedelta(hours=9)
        return min(morning, self.now - timedelta(minutes=1))

    def hours_ago(self, hours: float) -> datetime:
        return self.now - timedelta(hours=hours)

    def at(self, moment: datetime, act: Callable[[], object]) -> None:
        self._acts.append((moment, len(self._acts), act))

    def live(self) -> None:
        """Do everything, each act at its moment; acts may add further ones that are still to come."""
        while self._acts:
            self._acts.sort(key=lambda entry: entry[:2])
            moment, _number, act = self._acts.pop(0)
            with clock.stopped(moment):
                act()
                session.flush()
