"""Two versions of a draft, provision by provision: what stayed, moved, was split, dropped or added.

Plain data over `outline`; no Django, no files, no remarks: it only says where a remark goes.
"""

from __future__ import annotations

from supervision.legaltext.alignment.aligning import align
from supervision.legaltext.alignment.matches import Alignment, Change, Doubt, Match, follow
from supervision.legaltext.alignment.units import Unit, units
from supervision.legaltext.alignment.wording import Count, Op, Piece, count, words

__all__ = [
    "Alignment", "Change", "Count", "Doubt", "Match", "Op", "Piece", "Unit",
    "align", "count", "follow", "units", "words",
]  # fmt: skip
