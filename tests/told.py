"""A told story as a file of tests begins from it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Story(NamedTuple):
    """Which story, told until which day of it, and the day on which the tests look at it."""

    name: str
    first_day: dt.date
    until: int
    seen_on: int
