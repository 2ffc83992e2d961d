"""Which signs a paper cannot hold: no font of the printer draws them, so that boxes would stand there."""

from __future__ import annotations

import functools
import subprocess
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

_PAPER = Path(__file__).resolve().parent / "paper"
_FACES = ("Regular", "Bold", "Italic", "BoldItalic")
#: Spaces, breaks and what only shapes its neighbours: nothing is drawn for them.
_UNDRAWN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_SELECTORS = frozenset([0x034F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
#: Their meaning is agreed between one program and one font alone: Word's own bullets and tick boxes.
_NOBODYS = frozenset({"Co", "Cn", "Cs"})
_BEFORE = 20


def unprintable(text: str) -> dict[str, str]:
    """Return the signs of `text` that cannot be printed, each with up to 20 signs of text before it.

    The paper's own font is asked, then every font that the machine would fall back on.
    """
    bad = [sign for sign in dict.fromkeys(text) if not _is_drawn(sign)]
    return {sign: text[max(0, (at := text.index(sign)) - _BEFORE) : at].strip() for sign in bad}


@functools.lru_cache(maxsize=4096)
def _is_drawn(sign: str) -> bool:
    kind, code = unicodedata.category(sign), ord(sign)
    if kind in _NOBODYS:
        return False
    return kind in _UNDRAWN or code in _SELECTORS or code in _of_the_paper() or _falls_back(code)


@functools.cache
def _of_the_paper() -> frozenset[int]:
    """Return the signs that all four faces of the paper's font have."""
    faces = [set(TTFont(_PAPER / f"Tinos-{face}.ttf", lazy=True).getBestCmap()) for face in _FACES]
    return frozenset(set.intersection(*faces))


def _falls_back(code: int) -> bool:
    return any(first <= code <= last for first, last in _of_the_machine())


@functools.cache
def _of_the_machine() -> tuple[tuple[int, int], ...]:
    """Return the ranges of signs that the machine's fonts draw; none without `fc-list` (see doctor)."""
    try:
        asked = ["fc-list", "--format", "%{charset}\n", ":scalable=true"]
        listed = subprocess.run(asked, capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    pairs = (one.partition("-") for one in listed.split())
    return tuple({(int(first, 16), int(last or first, 16)) for first, _dash, last in pairs})
