"""Counting up to a bound: what is more is "hơn 1.000", and costs no more than that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

#: What is counted, listed and turned page by page; the rest is reached by filters.
MOST = 1_000


def counts(querysets: Sequence[QuerySet[Any, Any]], *, most: int = MOST) -> list[int]:
    """Return how many rows each has, `most` + 1 for any more, in one query."""
    parts: list[str] = []
    params: list[Any] = []
    for rows in querysets:
        sql, own = rows.order_by().values_list("pk")[: most + 1].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")
        params += own
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)  # the ORM's own SQL, values as parameters
        return list(cursor.fetchone())
