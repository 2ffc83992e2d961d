"""A migration operation that makes a table append-only in the database itself."""

from __future__ import annotations

import re
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class AppendOnly(Operation):
    """Refuse UPDATE, DELETE, REPLACE and (PostgreSQL) TRUNCATE on `table`, with an IntegrityError.

    Place it after the last operation that gives the table a unique constraint: on SQLite
    `INSERT OR REPLACE` skips delete triggers, so every unique key is guarded on insert, and
    Django rebuilds a changed table without its triggers (`missing_triggers` tells).
    The owner of a database can still drop a trigger; nothing inside the database prevents that.
    `may_delete` is an SQL condition on OLD under which a row may go. On SQLite a condition that names
    another table must be lifted before a migration rebuilds that table.
    """

    reversible = True

    def __init__(self, table: str, *, may_delete: str = "") -> None:
        self.table = table
        self.may_delete = may_delete

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for statement in _create(schema_editor, self.table, self.may_delete or "false"):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        on = f' ON "{self.table}"' if schema_editor.connection.vendor == "postgresql" else ""
        for name in trigger_names(schema_editor.connection.vendor, self.table):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}', params=None)
        if on:
            schema_editor.execute(f'DROP FUNCTION IF EXISTS "{self.table}_refuse"()', params=None)

    def describe(self) -> str:
        return f"Make {self.table} append-only"


class LiftAppendOnly(AppendOnly):
    """Take the guards of a table away, for a migration that fills or rebuilds it and guards it again."""

    def database_forwards(self, *args: Any) -> None:
        super().database_backwards(*args)

    def database_backwards(self, *args: Any) -> None:
        super().database_forwards(*args)

    def describe(self) -> str:
        return f"Lift the guards of {self.table}"


def trigger_names(vendor: str, table: str) -> tuple[str, ...]:
    """Return the names of the triggers that guard `table` on that kind of database."""
    if vendor == "postgresql":
        return (f"{table}_no_change", f"{table}_no_truncate")
    return (f"{table}_no_update", f"{table}_no_delete", f"{table}_no_replace")


def missing_triggers(connection: Any, table: str) -> list[str]:
    """Return the guards that `table` should have and has not (empty when all is well)."""
    query = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in trigger_names(connection.vendor, table) if name not in present]


def _create(schema_editor: BaseDatabaseSchemaEditor, table: str, may_delete: str) -> list[str]:
    connection: Any = schema_editor.connection
    if connection.vendor == "postgresql":
        return _postgresql(table, may_delete)
    if schema_editor.collect_sql:
        raise ValueError("the guards of an SQLite table are read from the table; sqlmigrate cannot show them")
    return _sqlite(connection, table, may_delete)


def _postgresql(table: str, may_delete: str) -> list[str]:
    change, truncate = trigger_names("postgresql", table)
    refuse = f'EXECUTE FUNCTION "{table}_refuse"()'
    body = function_body(table, may_delete)
    return [
        f'CREATE OR REPLACE FUNCTION "{table}_refuse"() RETURNS trigger LANGUAGE plpgsql AS $${body}$$',
        f'CREATE TRIGGER "{change}" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW {refuse}',
        f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {refuse}',
    ]


def function_body(table: str, may_delete: str) -> str:
    """Return what the trigger's function on PostgreSQL does; `may_delete` as in `AppendOnly`."""
    return f"""
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF {may_delete} THEN RETURN OLD; END IF;
            END IF;
            RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END """


def statements(connection: Any, table: str, may_delete: str) -> list[str]:
    """Return what makes the triggers of an SQLite table, in the order of their names."""
    return _sqlite(connection, table, may_delete)


def same_key(connection: Any, table: str, alias: str) -> tuple[str, list[str]]:
    """Return when a row `alias` has a key of NEW on SQLite, and the columns of all keys.

    A partial unique index counts where its condition holds for both rows.
    """
    ways, columns = [], []
    for key, condition in _keys(connection, table):
        same = [f'{alias}."{column}" = NEW."{column}"' for column in key]
        for row in (alias, "NEW") if condition else ():
            same.append("(" + re.sub(r'"(\w+)"', rf'{row}."\1"', condition) + ")")
        ways.append(f"({' AND '.join(same)})")
        columns += [column for column in key if column not in columns]
    return " OR ".join(ways), columns


def _sqlite(connection: Any, table: str, may_delete: str) -> list[str]:
    update, delete, replace = trigger_names("sqlite", table)
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only'); END"
    same = " OR ".join(
        "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")"
        for key in _unique_keys(connection, table)
    )
    return [
        f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" BEGIN {refuse}',
        f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" WHEN NOT ({may_delete}) BEGIN {refuse}',
        f'CREATE TRIGGER "{replace}" BEFORE INSERT ON "{table}" '
        f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same}) BEGIN {refuse}',
    ]


def _unique_keys(connection: Any, table: str) -> list[list[str]]:
    """Return the column lists of the primary key and of every unique index of an SQLite table."""
    keys: list[list[str]] = []
    for columns, condition in _keys(connection, table):
        if condition:
            raise ValueError(f"{table}: a partial or computed unique index cannot be guarded")
        if columns not in keys:
            keys.append(columns)
    return keys


def _keys(connection: Any, table: str) -> list[tuple[list[str], str]]:
    """Return the columns and the condition ("": none) of the primary key and of every unique index."""
    with connection.cursor() as cursor:
        cursor.execute(f'PRAGMA table_info("{table}")')
        found = [([row[1] for row in cursor.fetchall() if row[5]], "")]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table])
        texts = dict(cursor.fetchall())
        cursor.execute(f'PRAGMA index_list("{table}")')
        for _seq, name, unique, _origin, partial in cursor.fetchall():
            if not unique:
                continue
            cursor.execute(f'PRAGMA index_info("{name}")')
            columns = [row[2] for row in cursor.fetchall()]
            if None in columns:
                raise ValueError(f"{table}: a partial or computed unique index cannot be guarded")
            found.append((columns, texts[name].partition(" WHERE ")[2] if partial else ""))
    return found
