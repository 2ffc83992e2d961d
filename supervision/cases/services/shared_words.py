"""Runs of words that two titles share, whatever their case and marks."""

from __future__ import annotations

import re

from supervision.language.folding import fold

_WORD = re.compile(r"\w+")
#: Words that titles share whatever they are about.
_COMMON = frozenset(
    "giam sat phan bien gop y viec thuc hien tren tai cac cua trong dia ban nam ve doi voi theo va cho "
    "quy dinh cong tac to chuc ket qua tinh xa phuong du lieu mau mot so nhung".split()
)


def shared_words(one: str, other: str) -> list[str]:
    """Return runs of words of `one` that `other` has too, as it spells them; common ones do not count."""
    theirs = {fold(word) for word in _WORD.findall(other)}
    runs: list[list[str]] = [[]]
    for word in _WORD.findall(one):
        if fold(word) in theirs:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [" ".join(run) for run in runs if len(run) > 1 and any(fold(word) not in _COMMON for word in run)]
