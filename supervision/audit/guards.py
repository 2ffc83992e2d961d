"""The guards that keep in the database what models declare frozen: what they should be, and what is there.

They are put in place after each `migrate` and not by single migrations: SQLite drops the triggers of a table
that a migration rebuilds, a new column must not stay open until somebody thinks of it, and one declaration
cannot say two things (docs/adr/0039).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models

from supervision.audit import triggers, undeclared
from supervision.audit.frozen import (
    NEVER,
    AppendOnly,
    Decided,
    Frozen,
    Newest,
    Until,
    column_of,
    declared,
    declared_parts,
)
from supervision.audit.triggers import Guard, Trigger

_TEXT = (models.CharField, models.TextField)


def declared_guards() -> Iterator[Guard]:
    """Yield a guard for each table that models declare frozen, their files and their parts included."""
    for model, said in declared():
        yield _own(model, said)
        for name in said.files:
            through: Any = model._meta.get_field(name)
            yield _part(through.remote_field.through, through.m2m_field_name(), model, said, ())
    for model, part in declared_parts():
        parent: Any = model._meta.get_field(part.parent).related_model
        yield _part(model, part.parent, parent, parent.frozen, part.free)


def _own(model: type[models.Model], said: Frozen) -> Guard:
    changing = {*said.free, *said.changing}
    concrete = {field.name: str(field.column) for field in model._meta.concrete_fields}
    if unknown := changing - set(concrete):
        raise ValueError(f"{model._meta.label} has no {', '.join(sorted(unknown))}")
    changes = [(concrete[name], _empty(model, name)) for name in said.once]
    changes += [(concrete[name], _moves(concrete[name], steps)) for name, steps in said.moves.items()]
    changes += [(concrete[name], _may(name, concrete[name], how)) for name, how in said.allowed.items()]
    return Guard(
        table=model._meta.db_table,
        frozen_if=said.when,
        columns=tuple(column for name, column in concrete.items() if name not in changing),
        changes=tuple(changes),
        may_go=said.may_go,
        is_append_only=isinstance(said, AppendOnly),
    )


def _part(
    model: type[models.Model], key: str, parent: type[models.Model], said: Frozen, free: tuple[str, ...]
) -> Guard:
    whose = f'{{row}}."{column_of(model, key)}"'
    fixed = (
        "EXISTS (SELECT 1 FROM audit_content AS said "
        f"WHERE said.object_type = '{parent._meta.label_lower}' AND said.object_id = {whose})"
    )
    columns = tuple(str(one.column) for one in model._meta.concrete_fields if one.name not in free)
    goes = NEVER if said.may_go == NEVER else _of_whole(parent, whose, said.may_go)
    if said.hashed_when:  # more may come until an event holds it, if any ever does; nothing may go
        from_then = _of_whole(parent, whose, said.when)
        more = fixed if said.is_hashed else NEVER
        return Guard(model._meta.db_table, from_then, columns, may_go=goes, inserted_if=more)
    return Guard(model._meta.db_table, fixed, columns, may_go=goes, inserted_if=fixed)


def _of_whole(parent: type[models.Model], whose: str, condition: str) -> str:
    """Return when a condition holds for the row that a part belongs to."""
    said = condition.format(row="whole", new="whole")
    return f'EXISTS (SELECT 1 FROM "{parent._meta.db_table}" AS whole WHERE whole.id = {whose} AND ({said}))'


def _empty(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    column = f'{{row}}."{field.column}"'
    if isinstance(field, models.BooleanField) and not field.null:
        return f"NOT {column}"
    empty = f"{column} IS NULL"
    return f"{empty} OR {column} = ''" if isinstance(field, _TEXT) else empty


def _moves(column: str, steps: Any) -> str:
    ways = []
    for old, to in steps.items():
        listed = ", ".join(f"'{new}'" for new in to)
        ways.append(f"""({{row}}."{column}" = '{old}' AND {{new}}."{column}" IN ({listed}))""")
    return " OR ".join(ways)


def _may(name: str, column: str, how: Until | Decided | Newest) -> str:
    """Return the condition under which a column goes from what it is in {row} to what it is in {new}."""
    if isinstance(how, Until):
        return f"NOT coalesce(({how.settled}), false) AND ({how.may})"
    model = apps.get_model(how.model)
    if isinstance(how, Newest):
        return _newest(model, column_of(model, name), column_of(model, how.of), column)
    says = [f"decided.{column_of(model, name)} = '{value}'" for name, value in how.where.items()]
    if how.of:
        says.append(f"decided.{column_of(model, how.of)} = {{row}}.id")
    says.append(f'decided.{column_of(model, how.old)} = {{row}}."{column}"')
    says.append(f'decided.{column_of(model, how.new)} = {{new}}."{column}"')
    return f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" AS decided WHERE {" AND ".join(says)})'


def _newest(model: type[models.Model], says: str, of: str, column: str) -> str:
    table = model._meta.db_table
    return (
        f'EXISTS (SELECT 1 FROM "{table}" AS newest WHERE newest.id = '
        f'(SELECT max(said.id) FROM "{table}" AS said WHERE said."{of}" = {{row}}.id) AND '
        f'(newest."{says}" = {{new}}."{column}" OR (newest."{says}" IS NULL AND {{new}}."{column}" IS NULL)))'
    )


def expected(connection: Any) -> list[Trigger]:
    """Return the triggers that the declarations ask for on the tables that are as the models have them."""
    make = triggers.MAKERS[connection.vendor]
    there = columns(connection)
    ready = "audit_content" in there
    return [
        one
        for guard in declared_guards()
        if ready and guard.all_columns <= there.get(guard.table, set())
        for one in make(connection, guard)
    ]


def missing(using: str = "default") -> list[str]:
    """Return the guards that are not there, are switched off, or say another thing than is declared.

    After their names come sentences about what undoes guards that stand (see `undeclared`).
    """
    connection = connections[using]
    there = _present(connection)
    wanted = expected(connection)
    wrong = [one.name for one in wanted if there.get((one.table, one.name)) != one.definition]
    return sorted({*wrong, *_unguarded(connection, wanted)}) + _undone(connection, wanted, there)


def _undone(connection: Any, wanted: list[Trigger], there: dict[tuple[str, str], Any]) -> list[str]:
    """Return, in sentences, what undoes the guards that stand."""
    return undeclared.found(connection, {(one.table, one.name) for one in wanted}, there)


def _unguarded(connection: Any, wanted: list[Trigger]) -> list[str]:
    """Return the declared tables that the database has not, or not as the models have them."""
    guarded = {one.table for one in wanted}
    return [f"{guard.table} (table)" for guard in declared_guards() if guard.table not in guarded]


def install(using: str = "default") -> list[str]:
    """Put every declared guard in place that is not there as declared; return their names."""
    connection = connections[using]
    there = _present(connection)
    made = [one for one in expected(connection) if there.get((one.table, one.name)) != one.definition]
    with connection.cursor() as cursor:
        for one in made:
            on = f' ON "{one.table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{one.name}"{on}')
            for statement in one.made_by:
                cursor.execute(statement)
    return [one.name for one in made]


def lift(using: str = "default") -> None:
    """Take every guard away until `install` puts it back."""
    connection = connections[using]
    names = {
        one.name: one.table
        for guard in declared_guards()
        for one in triggers.NAMERS[connection.vendor](connection, guard)
    }
    with connection.cursor() as cursor:
        for name, table in names.items():
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            if not on or table in connection.introspection.table_names(cursor):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


# -- what is there -----------------------------------------------------------------------

_COLUMNS = {
    "postgresql": "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema()",
    "sqlite": "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c "
    "WHERE m.type = 'table'",
}
_PRESENT = """
    SELECT c.relname, t.tgname, t.tgtype, t.tgenabled IN ('O', 'A'),
           t.tgqual IS NULL AND t.tgattr = ''::int2vector,
           p.proname, array_to_string(p.proconfig, ','), p.prosrc
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""


def columns(connection: Any) -> dict[str, set[str]]:
    """Return the columns of every table of a database, by its name; one query."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS[connection.vendor])
        for table, column in cursor.fetchall():
            found.setdefault(table, set()).add(column)
    return found


def _present(connection: Any) -> dict[tuple[str, str], Any]:
    """Return the triggers that are there, by table and name, as `Trigger.definition` has them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PRESENT)
            return {(row[0], row[1]): tuple(row[2:]) for row in cursor.fetchall()}
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {(row[0], row[1]): row[2] for row in cursor.fetchall()}
