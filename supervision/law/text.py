"""A title in both languages, kept side by side so that neither can be forgotten."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class T:
    """A short text as `vi` and `en`; pages choose by the reader's language."""

    vi: str
    en: str

    def in_(self, language: str) -> str:
        """Return the text in `language` ("vi" or "en"; anything else reads Vietnamese)."""
        return self.en if language == "en" else self.vi
