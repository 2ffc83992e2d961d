"""What puts the guards to sleep, or does more on their tables than was declared.

A trigger or a rule beside a guard can swallow a row before anything sees it, and a setting can stop every
trigger of a session: the declared guards all stand, and keep nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

_RULES = """
    SELECT c.relname, r.rulename FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
"""
_ROW_SECURITY = """
    SELECT relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity AND relkind IN ('r', 'p')
"""
#: What sessions of a role (0: of every role), in this database or in all, begin with.
_SETTINGS = """
    SELECT coalesce(r.rolname, 'everybody'), split_part(said, '=', 2)
    FROM pg_db_role_setting AS s CROSS JOIN unnest(s.setconfig) AS said
    LEFT JOIN pg_roles AS r ON r.oid = s.setrole
    WHERE split_part(said, '=', 1) = 'session_replication_role' AND split_part(said, '=', 2) <> 'origin'
    AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    ORDER BY 1
"""
_NOBODY, _SETTING = ", which nobody declared", "session_replication_role"
Names = Collection[tuple[str, str]]


def found(connection: Any, wanted: Names, there: Names) -> list[str]:
    """Return a sentence for each trigger, rule or setting that undoes a guard or that nobody declared.

    `wanted` and `there` are the triggers of the declarations and those of the database, by table and name.
    """
    guarded = {table for table, _name in wanted}
    with connection.cursor() as cursor:
        look = {"postgresql": _postgresql, "sqlite": _sqlite}[connection.vendor]
        more = list(look(cursor, guarded))
    extra = sorted((table, name) for table, name in there if table in guarded and (table, name) not in wanted)
    return [*(_sentence("trigger", name, table) for table, name in extra), *more]


def is_sentence(named: str) -> bool:
    """Whether this is one of the sentences of `found`, and no name of a guard."""
    return named.endswith(_NOBODY) or named.startswith(f"{_SETTING} ")


def _sentence(what: str, name: str, table: str) -> str:
    return f"{what} {name} on {table}{_NOBODY}"


def _postgresql(cursor: Any, guarded: Collection[str]) -> Iterator[str]:
    cursor.execute(_RULES)
    for table, name in sorted(cursor.fetchall()):
        if table in guarded:
            yield _sentence("rule", name, table)
    cursor.execute(_ROW_SECURITY)
    for (table,) in sorted(cursor.fetchall()):
        if table in guarded:
            yield f"row security on {table}{_NOBODY}"
    cursor.execute(f"SHOW {_SETTING}")
    if (now := cursor.fetchone()[0]) != "origin":
        yield f"{_SETTING} is {now}: no guard acts"
    cursor.execute(_SETTINGS)
    for role, value in cursor.fetchall():
        yield f"{_SETTING} is set to {value} for {role}"


def _sqlite(cursor: Any, guarded: Collection[str]) -> Iterator[str]:
    """Yield the triggers that this session alone has: they stand in no schema."""
    cursor.execute("SELECT tbl_name, name FROM sqlite_temp_master WHERE type = 'trigger'")
    for table, name in sorted(cursor.fetchall()):
        if table in guarded:
            yield _sentence("trigger", name, table)
