"""Numbers as lists print them: 3, c, C, iii, III, ba; shared by Word and web pages."""

from __future__ import annotations

from collections.abc import Callable

#: Word counts no further.
_LAST = 32_767
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def letters(number: int) -> str:
    """Return a, b ... z, aa, bb: the English letters, without đ, as Word and browsers print them."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def roman(number: int) -> str:
    """Return i, ii, iii, iv."""
    said = ""
    for worth, sign in _ROMAN:
        said += sign * (number // worth)
        number %= worth
    return said


def _words(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)


#: By Word's names; what is not here is printed in digits.
_FORMATS: dict[str, tuple[int, Callable[[int], str]]] = {
    "lowerLetter": (26 * 8, letters),
    "upperLetter": (26 * 8, lambda number: letters(number).upper()),
    "lowerRoman": (3_999, roman),
    "upperRoman": (3_999, lambda number: roman(number).upper()),
    "decimalZero": (9, lambda number: f"0{number}"),
    "vietnameseCounting": (10, _words),
}


def printed(number: int, name: str) -> str:
    """Return a list's number in the format that Word calls `name`."""
    last, said = _FORMATS.get(name, (0, str))
    return said(number) if 1 <= number <= last else str(min(number, _LAST))
