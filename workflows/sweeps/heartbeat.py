"""Signs of life of the background processes: one small file each, under VAR_DIR/beats.

Files and not rows: a sign of life must neither wait for a database lock nor need a
database that answers, for the health page has to say which of the two is gone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

WORKER = "worker"
TICK = "tick"


@dataclass(frozen=True)
class Beat:
    """When a process last showed life, and what it said of itself."""

    at: datetime
    facts: dict[str, Any] = field(default_factory=dict)


def folder() -> Path:
    """Return the folder of the beats, made when missing."""
    path = Path(settings.VAR_DIR) / "beats"
    path.mkdir(parents=True, exist_ok=True)
    return path


def beat(name: str, *, at: datetime, **facts: Any) -> None:
    """Replace the beat `name`; a reader sees the old one or the new one, never half."""
    target = folder() / f"{name}.json"
    writing = target.with_suffix(f".{os.getpid()}")
    writing.write_text(json.dumps({"at": at.isoformat(), "facts": facts}, ensure_ascii=False))
    writing.replace(target)


def last_beat(name: str) -> Beat | None:
    """Return the last beat `name`, None if there never was one or it cannot be read."""
    try:
        read = json.loads((folder() / f"{name}.json").read_text())
        return Beat(at=datetime.fromisoformat(read["at"]), facts=read["facts"])
    except (OSError, ValueError, KeyError):
        return None


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Yield True to the one process that holds `name` now, False to every other.

    On PostgreSQL the lock holds for all machines (an advisory lock of the session), on SQLite
    for the one machine there is (a locked file). Both end with the process, however it ends.
    """
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
            got = bool(cursor.fetchone()[0])
            try:
                yield got
            finally:
                if got:
                    cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])
        return
    import fcntl

    with open(folder() / f"{name}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
