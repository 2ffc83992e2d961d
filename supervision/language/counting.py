"""Numbers that are written out, as digits: "mười hai tháng" is "12 tháng"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_NOUGHT = ("linh", "lẻ")
#: One digit alone counts only before one of these: "ba" is a father too, "năm" a year.
UNITS = frozenset(
    "đồng ngày tháng tuần năm giờ phút giây lần mét km kg tấn tạ lít người hộ tuổi tiết buổi lượt bữa quý"
    " suất ha m".split()
)
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_DECIMAL = re.compile(r"(\d{1,9})[.,](\d{1,2})$")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")


def with_digits(text: str) -> str:
    """Return a text (NFC) with its written numbers as digits, thousands without points.

    "hai mươi triệu đồng" and "20 triệu đồng" are "20000000 đồng", "05 ngày" is "5 ngày"; "mười phần trăm" is
    "10 phần trăm". What may be no number ("năm", "ba mẹ") stays.
    """
    found = list(_WORD.finditer(text))
    words = [one[0].lower() for one in found]
    joined = [
        here.end() < after.start() and not text[here.end() : after.start()].strip()
        for here, after in pairwise(found)
    ] + [False]
    parts, at, n = [], 0, 0
    while n < len(found):
        number, used = _read(words, joined, n)
        if used:
            parts += [text[at : found[n].start()], str(number)]
            at = found[n + used - 1].end()
        n += used or 1
    return "".join([*parts, text[at:]])


def _read(words: Sequence[str], joined: Sequence[bool], n: int) -> tuple[int, int]:
    """Return the number that begins at word `n` and how many words it has, (0, 0) for none."""
    total = used = 0
    is_sure = False
    while (part := _below_thousand(words, joined, n + used)) and part[1]:
        value, length, is_certain = part
        after = n + used + length
        scale = _SCALES.get(words[after], 0) if after < len(words) and joined[after - 1] else 0
        if used and not scale and not is_sure:
            break
        total += value * (scale or 1)
        used += length + bool(scale)
        is_sure = is_sure or is_certain or bool(scale)
        if not scale or not joined[n + used - 1]:
            break
    follows = n + used < len(words) and used and joined[n + used - 1] and words[n + used] in UNITS
    return (total, used) if is_sure or follows else (0, 0)


def _below_thousand(words: Sequence[str], joined: Sequence[bool], n: int) -> tuple[int, int, bool] | None:
    """Return a number below a thousand, or in digits, how many words it has, and whether it is surely one."""
    if n >= len(words):
        return None
    word = words[n]
    if word[0].isdecimal():
        plain = _THOUSANDS.sub("", word)
        scale = _SCALES.get(words[n + 1], 0) if n + 1 < len(words) and joined[n] else 0
        if scale and (parts := _DECIMAL.match(plain)):  # "5,5 triệu"
            return int(parts[1]) * scale + int(parts[2]) * scale // 10 ** len(parts[2]), 2, True
        return (int(plain), 1, True) if plain.isdecimal() and len(plain) < 19 else None
    here = _Run(words, joined, n)
    value = here.hundreds()
    return (value, here.used, here.is_sure) if here.used else None


class _Run:
    """Reads the words of one number below a thousand."""

    def __init__(self, words: Sequence[str], joined: Sequence[bool], start: int) -> None:
        self.words, self.joined, self.start = words, joined, start
        self.used = 0
        self.is_sure = False

    def _peek(self, more: int = 0) -> str:
        at = self.start + self.used + more
        first = max(self.start, at - more - 1)
        is_near = at < len(self.words) and all(self.joined[one] for one in range(first, at))
        return self.words[at] if is_near else ""

    def hundreds(self) -> int:
        if self._peek() in _DIGITS and self._peek(1) == "trăm":
            value = 100 * _DIGITS[self._peek()]
            self.used, self.is_sure = self.used + 2, True
            if self._peek() in _NOUGHT and self._peek(1) in _DIGITS:
                value += _DIGITS[self._peek(1)]
                self.used += 2
                return value
            return value + self._tens()
        return self._tens()

    def _tens(self) -> int:
        if self._peek() == "mười":
            value, self.used, self.is_sure = 10, self.used + 1, True
        elif self._peek() in _DIGITS and self._peek(1) == "mươi":
            value = 10 * _DIGITS[self._peek()]
            self.used, self.is_sure = self.used + 2, True
        else:
            return self._one() if not self.is_sure else 0
        # "mười năm" is ten years, "mười lăm" fifteen
        return value + (self._one() if self._peek() in _DIGITS and self._peek() != "năm" else 0)

    def _one(self) -> int:
        value = _DIGITS.get(self._peek(), 0)
        self.used += bool(value)
        return value
