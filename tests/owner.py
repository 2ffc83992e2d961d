"""What whoever owns the database can do to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def without_guards(statement: str) -> None:
    """Do what the owner of the database can: switch its guards off."""
    with guards_off(), connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def guards_off() -> Iterator[None]:
    """Switch the guards off for a while, in a transaction, without which PostgreSQL forgets it at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in guards:
            cursor.execute(sql)
