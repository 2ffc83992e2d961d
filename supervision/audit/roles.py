"""Two roles in PostgreSQL: one owns the tables and migrates, the other runs the application and owns nothing.

An owner can switch every guard off; the application's role can neither drop, alter nor disable anything,
nor make a table or a function of its own that would stand in another's place.
"""

from __future__ import annotations

from typing import Any

from supervision.audit.frozen import NEVER, AppendOnly, declared

#: Written by `migrate` alone.
_READ_ONLY = ("django_migrations",)


class Unfit(Exception):
    """The role is none for the application, in words for whoever runs the command."""


def grants(connection: Any, app: str) -> list[str]:
    """Return the statements that give role `app` what the application needs, and take the rest away.

    They are for the owner of the tables, whose session `connection` is; run twice they do no harm.
    Raises Unfit for a role that is not there, is the owner's own, or may more than any grant says.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_schema(), current_user")
        database, schema, owner = map(connection.ops.quote_name, cursor.fetchone())
        _refuse_the_unfit(cursor, app)
    role = connection.ops.quote_name(app)
    tables = f"ALL TABLES IN SCHEMA {schema}"
    default = f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {schema}"
    return [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {role}",  # TEMPORARY with it: no table in disguise
        f"GRANT CONNECT ON DATABASE {database} TO {role}",
        f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, {role}",
        f"GRANT USAGE ON SCHEMA {schema} TO {role}",
        f"REVOKE ALL ON {tables} FROM PUBLIC, {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {role}",
        *(f"REVOKE {what} ON {connection.ops.quote_name(table)} FROM {role}" for table, what in _less()),
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM PUBLIC, {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
        f"{default} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        f"{default} GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ]


def _less() -> list[tuple[str, str]]:
    """Return what is taken away again, by table."""
    append_only = [(model, said) for model, said in declared() if isinstance(said, AppendOnly)]
    return [
        *((table, "INSERT, UPDATE, DELETE") for table in _READ_ONLY),
        *(
            (model._meta.db_table, "UPDATE, DELETE" if said.may_go == NEVER else "UPDATE")
            for model, said in append_only
        ),
    ]


def _refuse_the_unfit(cursor: Any, app: str) -> None:
    cursor.execute(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls, "
        "pg_has_role(oid, current_user, 'MEMBER'), (SELECT string_agg(other.rolname, ', ' ORDER BY 1) "
        "FROM pg_roles AS other WHERE other.oid <> me.oid AND pg_has_role(me.oid, other.oid, 'MEMBER')) "
        "FROM pg_roles AS me WHERE rolname = %s",
        [app],
    )
    found = cursor.fetchone()
    if found is None:
        raise Unfit(f"Chưa có vai trò {app}; tạo trước bằng createuser --pwprompt {app}")
    if found[0]:
        raise Unfit(f"Vai trò {app} có quyền quản trị máy chủ cơ sở dữ liệu; ứng dụng không được dùng.")
    if found[1]:
        raise Unfit(f"Vai trò {app} là, hoặc thuộc, vai trò sở hữu các bảng; hãy dùng một vai trò khác.")
    if found[2]:
        raise Unfit(
            f"Vai trò {app} thuộc vai trò khác ({found[2]}) nên có thêm quyền của vai trò ấy; "
            f"hãy gỡ ra (REVOKE {found[2]} FROM {app}) hoặc dùng một vai trò không thuộc vai trò nào."
        )


def owns_something(connection: Any) -> str:
    """Return why the role of this session could switch guards off, "" when it cannot; SQLite has no roles."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        name = str(cursor.fetchone()[0])
        return f"{name} {found}" if (found := _power_of(cursor, name)) else ""


def may_too_much(connection: Any, app: str) -> str:
    """Return what role `app` may beside what `grants` gives, "" for nothing: others grant rights too."""
    with connection.cursor() as cursor:
        return _power_of(cursor, app)


#: What a role may, by itself or as whatever other role it could become; each with what is said of it.
_POWERS = {
    "is a superuser": "rolsuper",
    "may administer the server": "rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls",
    "owns the tables": """EXISTS (SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p')
        AND relnamespace = current_schema()::regnamespace AND pg_has_role(me.oid, relowner, 'MEMBER'))""",
    "is a member of another role": """EXISTS (SELECT 1 FROM pg_roles AS other
        WHERE other.oid <> me.oid AND pg_has_role(me.oid, other.oid, 'MEMBER'))""",
    "may make tables and functions": "has_schema_privilege(me.oid, current_schema(), 'CREATE')",
    # By default everybody may: a table of that kind stands before the real one of its name.
    "may make temporary tables or schemas in the database": """
        has_database_privilege(me.oid, current_database(), 'TEMPORARY, CREATE')""",
    "may empty tables or put triggers on them": """EXISTS (SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p')
        AND relnamespace = current_schema()::regnamespace
        AND has_table_privilege(me.oid, pg_class.oid, 'TRUNCATE, TRIGGER, REFERENCES'))""",
    "may stop triggers": "has_parameter_privilege(me.oid, 'session_replication_role', 'SET')",
}


def _power_of(cursor: Any, role: str) -> str:
    powers = _POWERS | {
        f"may change {table} ({right})": _granted(table, right)
        for table, what in _less()
        for right in what.split(", ")
    }
    cursor.execute(f"SELECT {', '.join(powers.values())} FROM pg_roles AS me WHERE rolname = %s", [role])
    return next((said for said, may in zip(powers, cursor.fetchone(), strict=True) if may), "")


def _granted(table: str, right: str) -> str:
    """Return, as SQL, whether a right is granted on a table or a column of it; such names need no quotes."""
    if right == "DELETE":
        return f"has_table_privilege(me.oid, '{table}', '{right}')"
    return f"has_any_column_privilege(me.oid, '{table}', '{right}')"
