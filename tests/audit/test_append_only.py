"""The migration operation guards every unique key, and says what it cannot guard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction

from supervision.audit.append_only import AppendOnly, missing_triggers

pytestmark = pytest.mark.django_db
TABLE = "guarded"


@pytest.fixture
def guarded(fresh_db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, code varchar(9) UNIQUE, a integer)")
    with connection.schema_editor() as editor:
        AppendOnly(TABLE).database_forwards("audit", editor, None, None)
    yield


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_replacing_by_another_unique_key_is_refused(guarded: None) -> None:
    run(f"INSERT INTO {TABLE} VALUES (1, 'x', 1)")
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError):
        run(f"{verb} INTO {TABLE} VALUES (2, 'x', 2)")
    run(f"INSERT INTO {TABLE} VALUES (2, 'y', 2)")


def test_the_operation_can_be_undone(guarded: None) -> None:
    run(f"INSERT INTO {TABLE} VALUES (1, 'x', 1)")
    with connection.schema_editor() as editor:
        AppendOnly(TABLE).database_backwards("audit", editor, None, None)
    assert len(missing_triggers(connection, TABLE)) >= 2
    run(f"DELETE FROM {TABLE}")


def test_a_partial_unique_index_is_never_taken_for_guarded(fresh_db: None) -> None:
    """On SQLite REPLACE would go around the delete trigger by it; PostgreSQL has no REPLACE."""
    run("CREATE TABLE part (id integer PRIMARY KEY, code text)")
    run("CREATE UNIQUE INDEX part_once ON part (code) WHERE code <> ''")
    refused = pytest.raises(ValueError, match="partial") if connection.vendor == "sqlite" else nullcontext()
    with refused, connection.schema_editor() as editor:
        AppendOnly("part").database_forwards("audit", editor, None, None)
    assert bool(missing_triggers(connection, "part")) == (connection.vendor == "sqlite")
