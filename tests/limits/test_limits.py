"""Shares: counted for each sender, given back by the clock, kept as marks, swept when they count no more."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.errors import TooMany
from supervision.limits import services
from supervision.limits.models import Counter
from supervision.limits.services import Limit, give_back, sweep, take

AT = dt.datetime(2026, 8, 5, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    settings.LIMITS = {"thing": "3/600", "other": "3/600"}


def takes(key: str, at: dt.datetime, **more: Any) -> int:
    """Take until refused; return how many were given."""
    for count in range(100):
        try:
            take("thing", key, at=at, **more)
        except TooMany:
            return count
    raise AssertionError("no end")


@pytest.mark.parametrize("lasting", [True, False], ids=["database", "cache"])
def test_a_share_is_used_up_by_its_sender_alone(db: None, lasting: bool) -> None:
    assert takes("10.0.0.1", AT, lasting=lasting) == 3
    assert takes("10.0.0.2", AT, lasting=lasting) == 3
    take("other", "10.0.0.1", at=AT, lasting=lasting)


def test_what_is_given_back_may_be_taken_again_and_nothing_more(db: None) -> None:
    assert takes("a", AT) == 3
    give_back("thing", "a", at=AT)
    give_back("thing", "b", at=AT)
    assert takes("a", AT) == 1 and takes("b", AT) == 3


@pytest.mark.parametrize("lasting", [True, False], ids=["database", "cache"])
def test_nobody_has_two_shares_around_the_turn_of_a_window(db: None, lasting: bool) -> None:
    assert takes("a", AT + 9 * MINUTE, lasting=lasting) == 3
    assert takes("a", AT + 10 * MINUTE, lasting=lasting) == 0
    assert takes("a", AT + 15 * MINUTE, lasting=lasting) == 1
    assert takes("a", AT + 40 * MINUTE, lasting=lasting) == 3


def test_whoever_waits_as_long_as_told_has_one_again_and_not_a_second_before(db: None) -> None:
    for used_at in (AT, AT + 9 * MINUTE):
        Counter.objects.all().delete()
        takes("a", used_at)
        for asked_at in (used_at, AT + 12 * MINUTE):
            with pytest.raises(TooMany) as refused:
                take("thing", "a", at=asked_at)
            again_at = asked_at + dt.timedelta(seconds=refused.value.seconds)
            with pytest.raises(TooMany):
                take("thing", "a", at=again_at - dt.timedelta(seconds=2))
            take("thing", "a", at=again_at)
            give_back("thing", "a", at=again_at)


def test_a_refusal_counts_nothing(db: None) -> None:
    takes("a", AT)
    with CaptureQueriesContext(connection) as queries:
        assert takes("a", AT) == 0
    assert [one["sql"].split()[0] for one in queries] == ["SELECT"]  # a flood costs no writing
    assert Counter.objects.get().count == 3


def test_no_address_is_kept_and_the_secret_key_hides_it(db: None, settings: Any) -> None:
    take("thing", "203.0.113.9", at=AT)
    row = Counter.objects.get()
    assert "203.0.113.9" not in "".join(str(value) for value in vars(row).values())
    settings.SECRET_KEY = "another-key-0123456789-0123456789-0123456789-0123456789"
    take("thing", "203.0.113.9", at=AT)
    assert Counter.objects.count() == 2


def test_the_table_is_bounded_whatever_number_of_addresses_there_is(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "_MARKS", 8)
    for n in range(100):
        try:
            take("thing", f"10.0.0.{n}", at=AT)
        except TooMany:
            pass
    assert Counter.objects.count() == 8


def test_what_counts_no_more_is_swept_by_the_clock(db: None) -> None:
    take("thing", "a", at=AT)
    assert sweep(at=AT + 19 * MINUTE) == 0
    assert sweep(at=AT + 21 * MINUTE) == 1


def test_many_at_once_get_no_more_than_the_share(fresh_db: None) -> None:
    given, barrier = [], threading.Barrier(8)

    def ask() -> None:
        barrier.wait()
        try:
            take("thing", "a", at=AT)
        except TooMany:
            pass
        else:
            given.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 3 and Counter.objects.get().count == 3


@pytest.mark.parametrize("said", ["60", "60/", "0/60", "60/0", "many/60"])
def test_a_limit_that_cannot_be_read_stops_the_server_when_it_starts(settings: Any, said: str) -> None:
    settings.LIMITS = {"thing": said}
    with pytest.raises(ValueError):
        Limit.of("thing")
    with pytest.raises(SystemCheckError, match="the limit of thing"):
        call_command("check")


def test_counts_that_nothing_follows_are_written_a_minute_later_or_at_the_end(db: None) -> None:
    """The last refusals of an evening are there in the morning, though none came after them."""
    services.write_tallies(at=AT, whatever=True)  # of other tests

    def written() -> int:
        return sum(Counter.objects.filter(kind="refused 404").values_list("count", flat=True))

    before = written()
    later = AT + 10 * MINUTE
    services.tally("refused 404", at=later)
    for _more in range(999):
        services.tally("refused 404", at=later)
    started = written()
    services.write_tallies(at=later)
    assert written() == started, "not with each request"
    services.write_tallies(at=later + MINUTE)
    assert written() - before == 1000
    services.tally("refused 404", at=later + MINUTE)
    services.write_tallies(at=later + MINUTE, whatever=True)
    assert written() - before == 1001
