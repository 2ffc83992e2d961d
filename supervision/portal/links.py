"""Addresses with queries."""

from __future__ import annotations

from urllib.parse import urlencode


def query_string(**parts: str) -> str:
    """Return "?q=...&nam=2026" of the parts that are not empty, or ""."""
    kept = {key: value for key, value in parts.items() if value}
    return f"?{urlencode(kept)}" if kept else ""
