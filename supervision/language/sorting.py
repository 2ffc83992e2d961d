"""Vietnamese order: letters a ă â b c d đ e ê ..., then tones, then case, as ICU's `vi` has it."""

from __future__ import annotations

import unicodedata
from functools import cache

from supervision.language.folding import nfc

SortKey = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str]

_SIGNS = " _-–—,;:!?.…'‘’\"“”«»()[]{}§¶@*/\\&#%‰†‡•`´˜^¨°©®+±÷×<=>|¦~¤¢$£¥₫€"
_DIGITS = "0123456789"
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PRIMARY = {c: n for n, c in enumerate(_SIGNS + _DIGITS + _ALPHABET, start=1)}
#: ngang (none), huyền, hỏi, ngã, sắc, nặng
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn: they make another letter
_OTHER = len(_PRIMARY) + 1


def sort_key(text: str) -> SortKey:
    """Return a key whose order is the Vietnamese one; equal only for texts equal in NFC.

    Letters decide first over the whole text, then tones, then case (small before capital).
    """
    text = nfc(text)
    weights = [w for c in text for w in _weights(c)]
    return (
        tuple(w[0] for w in weights),
        tuple(w[1] for w in weights),
        tuple(w[2] for w in weights),
        text,
    )


def compare(a: str, b: str) -> int:
    """Return -1, 0 or 1: the collation function for SQLite."""
    left, right = sort_key(a), sort_key(b)
    return (left > right) - (left < right)


@cache
def _weights(char: str) -> tuple[tuple[int, int, int], ...]:
    parts = unicodedata.normalize("NFD", char)
    if all(unicodedata.combining(c) for c in parts):  # a mark left alone by NFC
        return ((0, sum(_mark(c) for c in parts), 0),)
    shape = "".join(c for c in parts if c in _SHAPES)
    letter = nfc(parts[0] + shape)
    small = letter.lower()
    if small not in _PRIMARY:
        letter, small = parts[0], parts[0].lower()
    tone = sum(_mark(c) for c in parts[1:] if c not in _SHAPES or len(small) > 1)
    primary = _PRIMARY.get(small) or _OTHER + ord(small[0])
    return ((primary, tone, int(letter != small)),)


def _mark(char: str) -> int:
    return _TONES.get(char) or ord(char)
