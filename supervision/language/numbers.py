"""Numbers as people read them: 1.234,5 in Vietnamese, 1,234.5 in English; counts in words."""

from __future__ import annotations

from decimal import Decimal

_SWAP = str.maketrans(",.", ".,")


def decimal(value: int | float | Decimal, places: int = 0, language: str = "vi") -> str:
    """Return `value` with `places` decimals, thousands grouped as `language` does."""
    english = f"{value:,.{places}f}"
    return english if language == "en" else english.translate(_SWAP)


def count(number: int, vi: str, en: str, language: str = "vi", plural: str = "") -> str:
    """Return "3 ngày" or "3 days": Vietnamese has no plural, English takes `plural` or an s."""
    if language != "en":
        return f"{decimal(number)} {vi}"
    word = en if number == 1 else plural or f"{en}s"
    return f"{decimal(number, language='en')} {word}"
