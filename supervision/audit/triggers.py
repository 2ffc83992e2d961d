"""Triggers that keep one table as its guard says, in the SQL of each database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from supervision.audit import append_only
from supervision.audit.frozen import NEVER


@dataclass(frozen=True)
class Guard:
    """What is refused on one table: SQL conditions on {row}, and on {new} where the row changes.

    `changes` are columns that may change, each with the condition under which it may.
    """

    table: str
    frozen_if: str
    columns: tuple[str, ...]
    changes: tuple[tuple[str, str], ...] = ()
    may_go: str = NEVER
    inserted_if: str = NEVER
    is_append_only: bool = False

    @property
    def all_columns(self) -> set[str]:
        """Return the columns that the guard names."""
        return {*self.columns, *(name for name, _may in self.changes)}

    @property
    def deletable(self) -> str:
        """Return the condition on OLD under which a row may be deleted."""
        return self.may_go.format(row="OLD", new="OLD")

    def broken(self, differs: str) -> str:
        """Return the condition under which a change of {row} to {new} touches what is fixed."""
        touched = [f'{{new}}."{name}" {differs} {{row}}."{name}"' for name in self.columns]
        touched += [
            f'({{new}}."{name}" {differs} {{row}}."{name}" AND NOT coalesce(({may}), false))'
            for name, may in self.changes
        ]
        return f"({' OR '.join(touched) or NEVER})"


@dataclass(frozen=True)
class Trigger:
    """A trigger as it should stand in the database: `made_by` makes it, `definition` is what shows it."""

    table: str
    name: str
    made_by: tuple[str, ...]
    definition: Any


# -- PostgreSQL --------------------------------------------------------------------------

#: Bits of pg_trigger.tgtype.
_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 4, 8, 16, 32


def _postgresql(connection: Any, guard: Guard) -> list[Trigger]:
    if guard.is_append_only:
        change, truncate = append_only.trigger_names("postgresql", guard.table)
        function, body = f"{guard.table}_refuse", append_only.function_body(guard.table, guard.deletable)
    else:
        change, truncate = f"{guard.table}_frozen", f"{guard.table}_no_truncate"
        function, body = change, _body(guard)
    on_insert = guard.inserted_if != NEVER
    events = f"{'INSERT OR ' if on_insert else ''}UPDATE OR DELETE"
    kind = _ROW | _BEFORE | _DELETE | _UPDATE | (_INSERT if on_insert else 0)
    schema = _schema(connection)
    # Temporary tables come last: nobody shadows the record of events with one of their own.
    make = (
        f'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql '
        f"SET search_path = {schema}, pg_temp AS $guard${body}$guard$"
    )
    said = (function, f"search_path={schema}, pg_temp", body)
    rows = f'CREATE TRIGGER "{change}" BEFORE {events} ON "{guard.table}" FOR EACH ROW'
    whole = f'CREATE TRIGGER "{truncate}" BEFORE TRUNCATE ON "{guard.table}" FOR EACH STATEMENT'
    run = f'EXECUTE FUNCTION "{function}"()'
    return [
        Trigger(guard.table, change, (make, f"{rows} {run}"), (kind, True, True, *said)),
        Trigger(guard.table, truncate, (make, f"{whole} {run}"), (_BEFORE | _TRUNCATE, True, True, *said)),
    ]


def _body(guard: Guard) -> str:
    refuse = (
        f"RAISE EXCEPTION '{guard.table} is frozen once it was sent' "
        "USING ERRCODE = 'integrity_constraint_violation'"
    )
    old, new = {"row": "OLD", "new": "NEW"}, {"row": "NEW", "new": "NEW"}
    broken = guard.broken("IS DISTINCT FROM").format(**old)
    return f"""
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF {broken} THEN
                IF {guard.frozen_if.format(**old)} OR {guard.inserted_if.format(**new)} THEN
                    {refuse};
                END IF;
            END IF;
            RETURN NEW;
        ELSIF TG_OP = 'INSERT' THEN
            IF {guard.inserted_if.format(**new)} THEN
                {refuse};
            END IF;
            RETURN NEW;
        ELSIF TG_OP = 'DELETE' THEN
            IF ({guard.frozen_if.format(**old)}) AND NOT coalesce(({guard.deletable}), false) THEN
                {refuse};
            END IF;
            RETURN OLD;
        END IF;
        {refuse};
    END """


def _schema(connection: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return str(cursor.fetchone()[0])


# -- SQLite ------------------------------------------------------------------------------


def _names(connection: Any, guard: Guard) -> list[Trigger]:
    names: tuple[str, ...] = tuple(f"{guard.table}_frozen_{verb}" for verb in ("update", "delete", "insert"))
    if guard.is_append_only:
        names = append_only.trigger_names("sqlite", guard.table)
    return [Trigger(guard.table, name, (), None) for name in names]


def _sqlite(connection: Any, guard: Guard) -> list[Trigger]:
    if guard.is_append_only:
        made = append_only.statements(connection, guard.table, guard.deletable)
        names = append_only.trigger_names("sqlite", guard.table)
        return [Trigger(guard.table, name, (sql,), sql) for name, sql in zip(names, made, strict=True)]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{guard.table} is frozen once it was sent'); END"
    old, new = {"row": "OLD", "new": "NEW"}, {"row": "NEW", "new": "NEW"}
    broken = guard.broken("IS NOT")
    # REPLACE deletes rows without telling the trigger for DELETE: rows with the same key are looked for.
    other = {"row": "other", "new": "NEW"}
    same, keys = append_only.same_key(connection, guard.table, "other")
    moved = " OR ".join(f'NEW."{key}" IS NOT OLD."{key}"' for key in keys)
    replaced = (
        f'EXISTS (SELECT 1 FROM "{guard.table}" AS other WHERE ({same}) AND {broken.format(**other)} '
        f"AND ({guard.frozen_if.format(**other)}))"
    )
    update, delete, insert = (one.name for one in _names(connection, guard))
    frozen, inserted = guard.frozen_if.format(**old), guard.inserted_if.format(**new)
    made = [
        f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{guard.table}" '
        f"WHEN ({broken.format(**old)} AND ({frozen} OR {inserted})) OR (({moved}) AND {replaced}) {refuse}",
        f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{guard.table}" '
        f"WHEN ({frozen}) AND NOT coalesce(({guard.deletable}), false) {refuse}",
        f'CREATE TRIGGER "{insert}" BEFORE INSERT ON "{guard.table}" '
        f"WHEN ({inserted}) OR {replaced} {refuse}",
    ]
    names = (update, delete, insert)
    return [Trigger(guard.table, name, (sql,), sql) for name, sql in zip(names, made, strict=True)]


Maker = Callable[[Any, Guard], list[Trigger]]
#: What makes the triggers of a guard, and what names them alone.
MAKERS: dict[str, Maker] = {"postgresql": _postgresql, "sqlite": _sqlite}
NAMERS: dict[str, Maker] = {"postgresql": _postgresql, "sqlite": _names}
