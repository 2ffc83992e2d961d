"""Folding: one plain form of a Vietnamese text, for search, addresses and document numbers."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

#: Letters without a decomposition that readers type as another letter.
_LETTERS = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
#: The five written tones, as marks of their own: grave, acute, tilde, hook above, dot below.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SPACES = re.compile(r"\s+")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
#: All that `str.splitlines` ends a line at, and tabs.
_LINE_ENDS = re.compile("\\s*[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+\\s*")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
#: Runs without a letter of Latin: only in those can there be more marks on one letter than anyone writes.
_NO_LATIN = re.compile("[\u0300-\u1dff\u1f00-\uffff\U00010000-\U0010ffff]{31,}")
#: Marks on one letter in a text that is safe to compose piece by piece (Unicode, UAX 15, Stream-Safe).
_MOST_MARKS = 30
_JOINER = "\u034f"  # combining grapheme joiner: seen by nobody, ends a run of marks
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def seen(text: str) -> str:
    """Return `text` without signs that nobody sees: controls, what turns the direction of the line.

    Joiners stay, which some scripts and pictures are written with; old breaks of a line are plain ones.
    """
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Return `text` as `seen`, in one line: a break, with the spaces around it, or a tab is one space.

    Papers, lists and mails give each entry a line of its own; a break in one would make two of it.
    """
    return seen(_LINE_ENDS.sub(" ", text)).strip()


def nfc(text: str) -> str:
    """Return `text` with every mark composed (NFC); macOS sends them apart.

    Composing costs the square of the marks on one letter, of which nobody writes more than a few: after
    thirty a joiner is put, so that the whole stays linear in the text.
    """
    return unicodedata.normalize("NFC", _NO_LATIN.sub(_in_short_runs, text))


def _in_short_runs(found: re.Match[str]) -> str:
    signs, marks = [], 0
    for sign in found[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > _MOST_MARKS:
            signs.append(_JOINER)
            marks = 1
        signs.append(sign)
    return "".join(signs)


def _apart(form: Literal["NFD", "NFKD"], text: str) -> str:
    """Return `text` with its marks apart, as slowly growing as `nfc`."""
    return unicodedata.normalize(form, _NO_LATIN.sub(_in_short_runs, text))


def fold(text: str) -> str:
    """Return `text` without marks, with d for đ, in lower case, with single spaces.

    "Hoà", "hòa" and "HOA" fold alike, so "khieu nai dat dai" finds "khiếu nại đất đai".
    """
    return _SPACES.sub(" ", _plain(text)).strip()


def name_key(name: str) -> str:
    """Return a person's name for comparing: its letters and tones count, case and spacing do not.

    "Hoà" and "Hòa" are one name in two spellings; "Hoa" and "Hoàn" are two other people.
    """
    return " ".join(_syllable_key(word) for word in _apart("NFD", name.casefold()).split())


def _syllable_key(word: str) -> str:
    letters = nfc("".join(c for c in word if c not in _TONES))
    return letters + "".join(c for c in word if c in _TONES)


def number_key(number: str) -> str:
    """Return letters and digits alone: "12/KH-MTTQ-BTT" and "12 kh mttq btt" are one number."""
    return _NOT_WORD.sub("", _plain(number))


def slug(text: str) -> str:
    """Return an address part, words joined by hyphens: "Đất đai" gives "dat-dai"."""
    return _NOT_WORD.sub("-", _plain(text)).strip("-")


def _plain(text: str) -> str:
    # Case-folding may produce new marks and compatibility letters (ẞ, ŉ, ΐ), so marks go after it.
    folded = _apart("NFKD", _apart("NFKD", text).translate(_LETTERS).casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c) and c != _JOINER)
    return nfc(bare.translate(_LETTERS))


def upper_first(text: str) -> str:
    """Return the text with its first letter raised, the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Lower the first letter for use inside a sentence; an abbreviation such as UBND stays."""
    word = text.split(" ", 1)[0]
    return text if len(word) > 1 and word.isupper() else text[:1].lower() + text[1:]
