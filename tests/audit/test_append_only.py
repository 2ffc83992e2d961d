"""What makes a table append-only guards every unique key, and says what it cannot guard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction

from supervision.audit.frozen import ALWAYS
from supervision.audit.triggers import MAKERS, Guard

pytestmark = pytest.mark.django_db
TABLE = "guarded"


@pytest.fixture
def guarded(fresh_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, code varchar(9) UNIQUE, a integer)")
    guard(TABLE)
    yield


def guard(table: str) -> None:
    asked = Guard(table, ALWAYS, (), is_append_only=True)
    for trigger in MAKERS[connection.vendor](connection, asked):
        for statement in trigger.made_by:
            run(statement)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("change", ["UPDATE guarded SET a = 2", "DELETE FROM guarded"])
def test_changing_and_deleting_are_refused(guarded: None, change: str) -> None:
    run(f"INSERT INTO {TABLE} VALUES (1, 'x', 1)")
    with pytest.raises(IntegrityError, match="append-only"):
        run(change)


def test_replacing_by_another_unique_key_is_refused(guarded: None) -> None:
    run(f"INSERT INTO {TABLE} VALUES (1, 'x', 1)")
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError):
        run(f"{verb} INTO {TABLE} VALUES (2, 'x', 2)")
    run(f"INSERT INTO {TABLE} VALUES (2, 'y', 2)")


def test_a_partial_unique_index_is_never_taken_for_guarded(fresh_db: None) -> None:
    """On SQLite REPLACE would go around the delete trigger by it; PostgreSQL has no REPLACE."""
    run("CREATE TABLE part (id integer PRIMARY KEY, code text)")
    run("CREATE UNIQUE INDEX part_once ON part (code) WHERE code <> ''")
    refused = pytest.raises(ValueError, match="partial") if connection.vendor == "sqlite" else nullcontext()
    with refused:
        guard("part")
