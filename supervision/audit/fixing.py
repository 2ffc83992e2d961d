"""What was written is noted here, and the next event holds the hash of what of it was sent.

No service has to think of it: whoever saves a row whose model declares what is frozen, and then records what
was done, has fixed it. What is written without `save` (`bulk_create`, `update`) is named to `record`.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection, models

from supervision.audit.frozen import Frozen, PartOf


class _Noted(threading.local):
    def __init__(self) -> None:
        self.rows: dict[tuple[type[models.Model], int], None] = {}


_noted = _Noted()


def note(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Note a row that was saved, or the one that it is a part of; a receiver of `post_save`."""
    said = sender.__dict__.get("frozen")
    if isinstance(said, PartOf):
        key: Any = sender._meta.get_field(said.parent)
        _add(key.related_model, getattr(instance, key.attname))
    elif isinstance(said, Frozen) and said.is_hashed:
        _add(sender, instance.pk)


def _add(model: type[models.Model], key: int) -> None:
    if not _noted.rows and connection.in_atomic_block:
        connection.on_commit(_noted.rows.clear)  # nothing is held by an event of another act
    _noted.rows[model, key] = None


def take() -> dict[type[models.Model], list[int]]:
    """Return what was noted since the last event, by model, and forget it."""
    found: dict[type[models.Model], list[int]] = {}
    for model, key in _noted.rows:
        found.setdefault(model, []).append(key)
    _noted.rows.clear()
    return found
