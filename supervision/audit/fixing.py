"""What was written is noted here, and the next event holds the hash of what of it was sent.

No service has to think of it: whoever saves a row whose model declares what is frozen, and then records what
was done, has fixed it. What is saved after the last event of a transaction is held by one of its own, as soon
as that is committed. What is written without `save` (`bulk_create`, `update`) is named to `record`.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection, models

from supervision.audit.frozen import Frozen, PartOf

#: The columns of a row that were written; None for all of them.
Written = frozenset[str] | None
#: The model and the primary key of a row.
Key = tuple[type[models.Model], int]


class _Noted(threading.local):
    def __init__(self) -> None:
        self.rows: dict[Key, Written] = {}


_noted = _Noted()


def note(
    sender: type[models.Model],
    instance: models.Model,
    created: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """Note a row that was saved, or the one that it is a part of; a receiver of `post_save`."""
    said = sender.__dict__.get("frozen")
    if isinstance(said, PartOf):
        key: Any = sender._meta.get_field(said.parent)
        _add(key.related_model, getattr(instance, key.attname), frozenset())
    elif isinstance(said, Frozen) and said.is_hashed:
        all_of_it = created or update_fields is None
        _add(sender, instance.pk, None if all_of_it else _columns(sender, update_fields or frozenset()))


def _columns(model: type[models.Model], names: frozenset[str]) -> frozenset[str]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return frozenset(field.attname for field in fields)


def _add(model: type[models.Model], key: int, written: Written) -> None:
    if connection.in_atomic_block and not any(_hold_the_rest in one for one in connection.run_on_commit):
        # Nothing is held by an event of another act; where this fails, `audit_verify` names the row.
        connection.on_commit(_hold_the_rest, robust=True)
    before = _noted.rows.get((model, key), frozenset())
    _noted.rows[model, key] = None if before is None or written is None else before | written


def _hold_the_rest() -> None:
    from supervision.audit.services import hold_rest  # which asks what was noted here

    hold_rest(_noted.rows)
    _noted.rows.clear()


def take() -> dict[type[models.Model], dict[int, Written]]:
    """Return what was noted since the last event, by model and key, and forget it."""
    found: dict[type[models.Model], dict[int, Written]] = {}
    for (model, key), written in _noted.rows.items():
        found.setdefault(model, {})[key] = written
    _noted.rows.clear()
    return found
