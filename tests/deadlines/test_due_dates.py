"""Dates worked out by hand from the law (due_dates.csv), never from the code's output."""

from __future__ import annotations

import csv
import datetime as dt
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervision.law.calendar import Calendar
from supervision.law.counting import derive
from supervision.law.rules import RULES

with open(Path(__file__).with_name("due_dates.csv"), encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


def _working(row: dict[str, str]) -> tuple[dt.date, dt.date]:
    length = int(row["length"]) if row["length"] else None
    working = derive(RULES[row["rule"]], dt.date.fromisoformat(row["start"]), Calendar(), length)
    return working.raw_due, working.due


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_the_date_worked_out_by_hand(row: dict[str, str]) -> None:
    expected = tuple(dt.date.fromisoformat(row[name]) for name in ("expected_raw", "expected_due"))
    assert _working(row) == expected, row["reasoning_vi"]


def test_the_table_is_wide_enough_and_says_how_sure_it_is() -> None:
    assert len(ROWS) >= 64
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert {row["certainty"] for row in ROWS} <= {"cao", "vừa", "thấp"}
    assert all(row["reasoning_vi"] and row["source"] for row in ROWS)


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Kiritimati"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_server_s_time_zone_moves_no_date(server_zone: str) -> None:
    for row in ROWS:
        assert _working(row)[1] == dt.date.fromisoformat(row["expected_due"]), row["id"]
