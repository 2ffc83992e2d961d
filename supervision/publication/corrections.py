"""The corrections of a publication read together: the newest word on a passage stands, the older says so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from supervision.language.folding import fold, nfc
from supervision.publication.models import Entry, Publication


@dataclass(frozen=True)
class Passage:
    """A passage of a correction: where it stands, what it was, what it became, when that was corrected."""

    place: str
    was: str
    now: str
    again_at: dt.datetime | None = None


@dataclass(frozen=True)
class Correction:
    """A correction as pages tell it; `number` is that of the paper that corrects, "" before it is signed."""

    at: dt.datetime
    reason: str
    number: str
    passages: Sequence[Passage]

    @property
    def is_over(self) -> bool:
        """Whether each of its passages was corrected again."""
        return all(one.again_at for one in self.passages)


def told(publication: Publication, entries: Iterable[Entry] | None = None) -> list[Correction]:
    """Return the corrections of a publication, the oldest first; `entries` saves the query."""
    if entries is None:
        entries = publication.entries.filter(what=Entry.What.CORRECT).order_by("id")
    rows = [entry for entry in entries if entry.what == Entry.What.CORRECT]
    text = original(publication) if len(rows) > 1 else ""
    return [
        Correction(
            entry.at,
            entry.reason,
            entry.data.get("number", ""),
            [
                Passage(one["place"], one["was"], one["now"], _corrected_again(one, rows[n:], text))
                for one in entry.data["changes"]
            ],
        )
        for n, entry in enumerate(rows, start=1)
    ]


def standing(publication: Publication, entries: Iterable[Entry] | None = None) -> list[Passage]:
    """Return the corrected passages that hold now; `entries` saves the query."""
    return [one for row in told(publication, entries) for one in row.passages if one.again_at is None]


def original(publication: Publication) -> str:
    """Return all that a publication says in words that a correction may quote, as published."""
    facts = (publication.title, publication.lead, publication.signer_label, publication.facts.get("issuer"))
    return flat(" ".join([*(one or "" for one in facts), publication.plain_text]))


def flat(text: str) -> str:
    """Return a text on one line, its blanks single."""
    return " ".join(nfc(text).split())


def times(passage: str, text: str) -> int:
    """Return how often a flat passage stands in a flat text as whole words."""
    begins, ends = (
        (r"(?<!\w)" if passage[:1].isalnum() else ""),
        (r"(?!\w)" if passage[-1:].isalnum() else ""),
    )
    return len(re.findall(f"{begins}{re.escape(passage)}{ends}", text))


def _corrected_again(change: dict[str, Any], later: Sequence[Entry], text: str) -> dt.datetime | None:
    for entry in later:
        if any(_is_of_the_same(one, change, text) for one in entry.data["changes"]):
            return entry.at
    return None


def _is_of_the_same(later: dict[str, Any], change: dict[str, Any], text: str) -> bool:
    """Whether a later change is of the passage that `change` was of.

    It quotes the corrected words, or the published ones at the same place. Words that stand in the
    published text too are of another place unless they name the same.
    """
    is_there = fold(flat(later["place"])) == fold(flat(change["place"]))
    quoted, now, was = flat(later["was"]), flat(change["now"]), flat(change["was"])
    if _overlap(quoted, now) and (is_there or not times(quoted, text)):
        return True
    return is_there and _overlap(quoted, was)


def _overlap(one: str, other: str) -> bool:
    return bool(times(one, other) or times(other, one))
