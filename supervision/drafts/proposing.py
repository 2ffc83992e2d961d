"""What is computed from words alone, in a child process with limits: long or hostile texts harm nothing else.

Runs without Django; plain data in and out.
"""

from __future__ import annotations

from typing import Any

from supervision.legaltext.alignment import align
from supervision.legaltext.grouping import Said, propose
from supervision.legaltext.outline import Outline


def matches(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the matches of two texts (`Outline.to_data`), in the order of the newer."""
    found = align(Outline.from_data(old), Outline.from_data(new))
    return [
        {
            "change": one.change.value,
            "old": list(one.old),
            "new": list(one.new),
            "doubts": [doubt.value for doubt in one.doubts],
            "shared": list(one.shared),
        }
        for one in found.matches
    ]


def groups(remarks: list[tuple[str, str, str, str]]) -> list[dict[str, Any]]:
    """Return proposed groups of remarks, each given as id, provision, text and wording."""
    return [
        {
            "members": list(one.members),
            "is_near_equal": one.kind.value == "near_equal",
            "shared": list(one.shared),
            "score": one.score,
            "differing": [
                {"members": list(other.members), "words": [list(pair) for pair in other.words]}
                for other in one.differing
            ],
            "apart": [
                {
                    "members": list(other.members),
                    "kind": other.kind,
                    "here": list(other.here),
                    "there": list(other.there),
                }
                for other in one.apart
            ],
        }
        for one in propose(Said(*remark) for remark in remarks)
    ]
