"""Why a file cannot be read; the sentences for people are in `supervision.drafts.importing`."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with a file, beside what `files.inspection` finds."""

    BROKEN = "broken"
    OLD_WORD = "old-word"  # .doc
    PASSWORD = "password"
    SCAN = "scan"
    LETTERS = "letters"  # signs of a PDF's font that no table turns into letters
    OLD_LETTERS = "old-letters"  # TCVN3, VNI
    ENCODING = "encoding"
    NOTHING = "nothing"
    LONG = "long"


class Unreadable(Exception):
    """The file cannot be read; the message is a Reason, which is all that leaves the sandbox."""


#: Far above the longest code of law, some 700 articles of 800,000 characters.
MOST_LINES = 150_000
MOST_CHARACTERS = 8_000_000


def refuse_long(lines: int, characters: int = 0) -> None:
    """Raise Unreadable for more than anyone writes, before time is spent on it."""
    if lines > MOST_LINES or characters > MOST_CHARACTERS:
        raise Unreadable(Reason.LONG)
