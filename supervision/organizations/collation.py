"""Vietnamese order on SQLite; PostgreSQL has the collation of this name from ICU."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from supervision.language.sorting import sort_key
from supervision.organizations.models.querysets import COLLATION

#: A sorted page compares the same names many times.
_key = lru_cache(maxsize=40_000)(sort_key)


def register(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Teach a new SQLite connection the collation (receiver of `connection_created`)."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, _compare)


def _compare(a: str, b: str) -> int:
    left, right = _key(a), _key(b)
    return (left > right) - (left < right)
