"""The corrections of a publication, told one by one: what each says, and what of it still holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from supervision.publication.composed import Composed, Mark, Stretch, flat, spans
from supervision.publication.models import Entry, Publication


@dataclass(frozen=True)
class Passage:
    """A passage of a correction: where it stands, what it was, what it became, and what is left of that.

    `again_at` is when the passage was corrected again last, `holds` whether anything is left of the
    words that this correction made. `reads` is the whole passage as it stands now, "" where that is `now`.
    """

    place: str
    was: str
    now: str
    again_at: dt.datetime | None = None
    holds: bool = True
    reads: str = ""


@dataclass(frozen=True)
class Correction:
    """A correction as pages tell it; `number` is that of the paper that corrects, "" before it is signed."""

    at: dt.datetime
    reason: str
    number: str
    passages: Sequence[Passage]

    @property
    def is_over(self) -> bool:
        """Whether nothing of it holds: each of its passages was corrected again."""
        return not any(one.holds for one in self.passages)


def told(publication: Publication, entries: Iterable[Entry] | None = None) -> list[Correction]:
    """Return the corrections of a publication, the oldest first; `entries` saves the query."""
    rows = _rows(publication, entries)
    several = sum(len(entry.data["changes"]) for entry in rows) > 1
    text = Composed(_text(publication) if several else "")
    made = [_put(text, number, entry) for number, entry in enumerate(rows)]
    return [
        Correction(
            entry.at,
            entry.reason,
            entry.data.get("number", ""),
            [_told(one, *put, rows) for one, put in zip(entry.data["changes"], puts, strict=True)],
        )
        for entry, puts in zip(rows, made, strict=True)
    ]


def in_force(publication: Publication, entries: Iterable[Entry] | None = None) -> list[Correction]:
    """Return the corrections of which something holds, the newest first; `entries` saves the query."""
    return [one for one in reversed(told(publication, entries)) if not one.is_over]


def standing(publication: Publication, entries: Iterable[Entry] | None = None) -> list[Passage]:
    """Return the corrected passages as they stand now, the last corrected last; `entries` saves the query."""
    stretches = composed(publication, entries).stretches
    return [Passage(one.marks[-1].place, one.was, one.now) for one in stretches]


def composed(publication: Publication, entries: Iterable[Entry] | None = None) -> Composed:
    """Return what stands after the corrections of a publication; its letters are counted from 0."""
    text = Composed(_text(publication))
    for number, entry in enumerate(_rows(publication, entries)):
        _put(text, number, entry)
    return text


def is_said_beside(publication: Publication, words: str) -> bool:
    """Whether words stand on the page outside the published text: what a side told, a remark's answer."""
    quoted = flat(words)
    told = publication.follow_ups.values_list("data", flat=True)
    remarks = publication.remarks.values_list("data", flat=True)
    return any(spans(quoted, flat(one)) for row in [*told, *remarks] for one in _texts(row))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)


def _put(text: Composed, number: int, entry: Entry) -> list[tuple[Stretch, Mark]]:
    return [text.correct(number, one["place"], one["was"], one["now"]) for one in entry.data["changes"]]


def _told(change: dict[str, str], stretch: Stretch, mark: Mark, rows: Sequence[Entry]) -> Passage:
    newest = stretch.marks[-1]
    return Passage(
        change["place"],
        change["was"],
        change["now"],
        again_at=rows[newest.letter].at if newest is not mark else None,
        holds=not mark.is_over,
        reads=stretch.now if stretch.now != mark.said else "",
    )


def _rows(publication: Publication, entries: Iterable[Entry] | None) -> list[Entry]:
    if entries is None:
        entries = publication.entries.filter(what=Entry.What.CORRECT).order_by("id")
    return [entry for entry in entries if entry.what == Entry.What.CORRECT]


def _text(publication: Publication) -> str:
    """Return all that a publication says in words that a correction may quote, as published."""
    facts = (publication.title, publication.lead, publication.signer_label, publication.facts.get("issuer"))
    return flat(" ".join([*(one or "" for one in facts), publication.plain_text]))
