"""What whoever owns the database can do to it."""

from __future__ import annotations

from django.db import connection


def without_guards(statement: str) -> None:
    """Do what the owner of the database can: switch its guards off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement)
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(statement)
        for _name, sql in guards:
            cursor.execute(sql)
