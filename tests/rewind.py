"""Back to where a test began, many times: on PostgreSQL a copy of the database takes half a second.

Rows of every table but the map are kept as text and put back with the triggers asleep, which
only a superuser may do; elsewhere the caller makes another copy.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection, transaction

#: They do not change within a test that begins again and again, and are the bulk of the database.
STILL = {
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "organizations_organization",
    "organizations_territory",
}


class Rows(NamedTuple):
    """Rows by table, as COPY writes them, and how far each sequence had counted."""

    tables: dict[str, bytes]
    counts: dict[str, int]


def possible() -> bool:
    """Whether rows can be put back here."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def keep() -> Rows:
    """Return the rows of now."""
    kept = Rows({}, {})
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - STILL):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                kept.tables[table] = b"".join(bytes(piece) for piece in copy)
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
        kept.counts.update(cursor.fetchall())
    return kept


def back_to(kept: Rows) -> None:
    """Make the rows those that were kept; identity columns count on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "; ".join(f'DELETE FROM "{table}"' for table in kept.tables)
        )  # one trip for all of them
        for table, rows in kept.tables.items():
            if rows:
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
        counted = (
            f'SELECT setval(\'"{name}"\', greatest({last}, (SELECT last_value FROM "{name}")))'
            for name, last in kept.counts.items()
        )
        cursor.execute("; ".join(counted))
