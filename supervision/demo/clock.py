"""The clock of the demonstration: every act has its own minute in working hours."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.utils import timezone

OPENS = dt.time(8, 0)
#: Acts of one day follow each other at this distance; 300 of them end before five in the afternoon.
STEP = dt.timedelta(seconds=105)


class Clock:
    """Gives moments of a day in order, so that no two acts of the whole world share one."""

    def __init__(self) -> None:
        self._given: Counter[dt.date] = Counter()

    def at(self, day: dt.date) -> dt.datetime:
        """Return a moment of `day` later than every one given for it before."""
        start = dt.datetime.combine(day, OPENS, timezone.get_default_timezone())
        self._given[day] += 1
        return start + STEP * (self._given[day] - 1)
