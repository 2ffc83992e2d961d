"""What makes a table append-only in the database itself: UPDATE, DELETE, REPLACE and TRUNCATE are refused.

The owner of a database can still drop a trigger; nothing inside the database prevents that.
"""

from __future__ import annotations

import re
from typing import Any


def trigger_names(vendor: str, table: str) -> tuple[str, ...]:
    """Return the names of the triggers that guard `table` on that kind of database."""
    if vendor == "postgresql":
        return (f"{table}_no_change", f"{table}_no_truncate")
    return (f"{table}_no_update", f"{table}_no_delete", f"{table}_no_replace")


def function_body(table: str, may_delete: str) -> str:
    """Return what the trigger's function on PostgreSQL does; `may_delete` is a condition on OLD."""
    return f"""
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF {may_delete} THEN RETURN OLD; END IF;
            END IF;
            RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
        END """


def statements(connection: Any, table: str, may_delete: str) -> list[str]:
    """Return what makes the triggers of an SQLite table, in the order of their names.

    `INSERT OR REPLACE` skips delete triggers there, so every unique key is guarded on insert; ValueError
    for a key that cannot be.
    """
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
