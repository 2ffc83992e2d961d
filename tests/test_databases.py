"""The suite's own databases: private copies that commit, in threads, without a flush."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction


@pytest.mark.django_db
def test_ordinary_tests_run_inside_a_transaction_on_a_file_database() -> None:
    assert connection.in_atomic_block
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            modes = [cursor.execute(f"PRAGMA {p}").fetchone()[0] for p in ("journal_mode", "synchronous")]
        assert modes == ["wal", 0]  # a suite loses nothing by a crash; outside it is 2, see test_settings
        assert not connection.is_in_memory_db()


@pytest.mark.parametrize("round", [1, 2])
def test_a_private_copy_is_committed_to_by_threads_and_starts_clean_each_time(
    fresh_db: None, round: int
) -> None:
    users = get_user_model().objects
    assert not connection.in_atomic_block
    assert not users.filter(username__startswith="thread-").exists()

    def add(number: int) -> None:
        try:
            with transaction.atomic():
                users.create(username=f"thread-{number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert users.filter(username__startswith="thread-").count() == 8


@pytest.mark.django_db(transaction=True)
def test_the_marker_for_transactions_gives_a_private_copy_too() -> None:
    assert not connection.in_atomic_block
