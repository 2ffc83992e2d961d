"""At most so many rows of the search index, the newest first: the only SQL that looks into it.

PostgreSQL asks the function `publication_found` (migration 0010), which may read the GIN index alone; on
SQLite FTS5 walks its lists of row numbers from the newest. Neither looks at more rows than it gives, or,
where fewer match than are wanted, than match.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

TABLE = "publication_searchrow"


@dataclass(frozen=True)
class Wanted:
    """A question to the index: `every` token and one of the groups of `either`, each group in full.

    Due dates are no tokens: `due_before` and `due_since` are told against the earliest one owed (a row that
    owes none is `due_since` any day). `by_due` takes those that have been due longest instead of the newest.
    """

    every: Sequence[str] = ()
    either: Sequence[Sequence[str]] = ()
    due_before: dt.date | None = None
    due_since: dt.date | None = None
    by_due: bool = False


class Row(NamedTuple):
    """What is read of a found row: its facets, the words that rank it, in `parts` for what it was found."""

    parts: str  # names parted by spaces
    id: int
    stands: bool  # whether every phrase of three words and more stands in it
    published_at: dt.datetime
    number_key: str
    title_words: str
    title_written: str
    name_words: str
    earliest_due_on: dt.date | None
    open_count: int
    verified_count: int
    total_count: int
    validity: str
    form: str
    form_name: str
    level: str
    field: str
    year: int
    province_code: str
    province_name: str
    organization_code: str
    organization_name: str
    agencies: str


#: Read only of what is ranked.
RANKED = frozenset({"title_words", "title_written", "name_words"})


@dataclass
class _Statement:
    sql: list[str] = field(default_factory=list)
    params: list[Any] = field(default_factory=list)


def find(
    parts: Mapping[str, Wanted], *, most: int, ranked: Set[str] = frozenset(), phrases: Sequence[str] = ()
) -> list[Row]:
    """Return what is found for the parts, at most `most` rows for each, in one query; each row once.

    Rows of the parts `ranked` come with the words that rank them; `phrases` are folded words that must stand
    together.
    """
    statement = _Statement()
    for part, wanted in parts.items():
        _part(statement, part, wanted, most, is_ranked=part in ranked)
    stands = " AND ".join(["(' ' || r.said || ' ') LIKE %s"] * len(phrases)) or "1 = 1"
    columns = ", ".join(
        f"CASE WHEN p.ranked = 1 THEN r.{one} ELSE '' END" if one in RANKED else f"r.{one}"
        for one in Row._fields[3:]
    )
    gathered = {"postgresql": "string_agg", "sqlite": "group_concat"}[connection.vendor]
    sql = (
        f"SELECT p.parts, r.id, ({stands}), {columns} FROM ("
        f"SELECT id, {gathered}(part, ' ') AS parts, max(ranked) AS ranked "
        f"FROM ({' UNION ALL '.join(statement.sql)}) AS u GROUP BY id"
        f") AS p JOIN {TABLE} r ON r.id = p.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(f"% {phrase} %" for phrase in phrases), *statement.params])
        rows = cursor.fetchall()
    if connection.vendor == "sqlite":
        return [_typed(row) for row in rows]
    return [Row(*row) for row in rows]


def _part(statement: _Statement, part: str, wanted: Wanted, most: int, *, is_ranked: bool) -> None:
    if connection.vendor == "postgresql":
        top = f"(SELECT max(publication_id) FROM {TABLE})"
        statement.sql.append(
            f"SELECT %s::text AS part, {is_ranked:d} AS ranked, id "
            f"FROM publication_found(%s::tsquery, {top}, %s, %s, %s, %s) AS id"
        )
        asked = _expression(wanted, "'{}'", " & ", " | ")
        statement.params += [part, asked, wanted.due_before, wanted.due_since, wanted.by_due, most]
        return
    conditions, params = _due(wanted)
    order = "s.earliest_due_on, s.id DESC" if wanted.by_due else "f.rowid DESC"
    # CROSS JOIN keeps FTS5 outside: its rows come in order, so the limit ends the walk.
    statement.sql.append(
        f"SELECT * FROM (SELECT %s AS part, {is_ranked:d} AS ranked, f.rowid AS id "
        f"FROM publication_search_fts f CROSS JOIN {TABLE} s ON s.id = f.rowid "
        f"WHERE publication_search_fts MATCH %s{conditions} ORDER BY {order} LIMIT %s)"
    )
    statement.params += [part, _expression(wanted, '"{}"', " AND ", " OR "), *params, most]


def _due(wanted: Wanted) -> tuple[str, list[dt.date]]:
    conditions, params = "", []
    if wanted.due_before:
        conditions += " AND s.earliest_due_on < %s"
        params.append(wanted.due_before)
    if wanted.due_since:
        conditions += " AND (s.earliest_due_on IS NULL OR s.earliest_due_on >= %s)"
        params.append(wanted.due_since)
    return conditions, params


def _expression(wanted: Wanted, quoted: str, both: str, one_of: str) -> str:
    """Return the question in the language of the index. Tokens are a-z, 0-9 and _, so none needs escaping."""
    groups = [both.join(quoted.format(token) for token in group) for group in wanted.either]
    either = [f"({one_of.join(f'({group})' for group in groups)})"] if groups else []
    return both.join([*(quoted.format(token) for token in wanted.every), *either])


def _typed(row: Sequence[Any]) -> Row:
    """SQLite hands out moments and days as text."""
    found = Row(*row)
    due: Any = found.earliest_due_on
    at = dt.datetime.fromisoformat(str(found.published_at)).replace(tzinfo=dt.UTC)
    return found._replace(
        published_at=at, earliest_due_on=dt.date.fromisoformat(due) if isinstance(due, str) else due
    )
