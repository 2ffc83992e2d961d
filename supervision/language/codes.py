"""Identifiers that leave the database: random, unguessable, safe to read aloud."""

from __future__ import annotations

import secrets

#: No 0/O, 1/I/L, U: a code is copied from paper by hand.
READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_public_id() -> str:
    """Return a random identifier of 130 bits, lower case, for addresses and forms."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(secrets.choice(alphabet) for _ in range(26))


def grouped(text: str, mark: str = "-") -> str:
    """Return a code or hash in groups of four, as people read it aloud and type it."""
    return mark.join(text[start : start + 4] for start in range(0, len(text), 4))


def new_verification_code() -> str:
    """Return a 26-character code (127 bits) for `/v/<code>/`, printed under the QR."""
    return "".join(secrets.choice(READABLE) for _ in range(26))


def new_receipt() -> str:
    """Return the number of a receipt, which alone opens its page: as hard to guess as a verification code."""
    return new_verification_code()
