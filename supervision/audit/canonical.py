"""Data as text that has one form only, and hashes of it: what the chain and the publication log sign."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any


def canonical(data: dict[str, Any]) -> str:
    """Return data as JSON that has one form only: keys in order, no spaces, letters as they are."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def salted(content: dict[str, Any], salt: str) -> str:
    """Return the hash of content under a salt: who has only the hash cannot try names until one fits."""
    return hashlib.sha256(f"{salt}\n{canonical(content)}".encode()).hexdigest()


def moment(at: dt.datetime) -> str:
    """Return a moment in UTC, to the microsecond."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
