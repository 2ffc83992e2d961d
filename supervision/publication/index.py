"""Keeping the search table in step with what is published; it can be rebuilt from scratch at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from supervision.law.fields import FIELDS
from supervision.law.forms.annual_plan import SPEC as PLAN
from supervision.publication import corrections, facets, tokens
from supervision.publication.listed import NEVER, Listing
from supervision.publication.models import Entry, FollowUp, Publication, SearchRow, Standing
from supervision.publication.vocabulary import FINAL, OWED, State, Validity

COPIED = (
    "published_at level province_code province_name field organization_code organization_name year form"
).split()
CHANGED = (Entry.What.CORRECT, Entry.What.WITHDRAW)
STAGES: dict[str, str] = {
    State.WAITING: Standing.Stage.OWED,
    State.RETURNED: Standing.Stage.OWED,
    State.PAUSED: Standing.Stage.OWED,
    State.VERIFIED: Standing.Stage.VERIFIED,
    State.CLOSED: Standing.Stage.CLOSED,
}


@transaction.atomic
def rebuild(publication: Publication) -> SearchRow:
    """Write the search row and the standings of one publication anew from its frozen rows.

    The counts of the whole list follow; two that rebuild the same publication wait for each other.
    """
    old = SearchRow.objects.select_for_update().filter(publication=publication).first()
    before = _counted(old)
    current = newest(publication.follow_ups.order_by("id"))
    entries = list(publication.entries.order_by("pk"))
    what = {entry.what for entry in entries}
    row, _created = SearchRow.objects.update_or_create(
        publication=publication,
        defaults=columns(
            publication, current, what, corrected_words(publication, entries), letters_about(entries)
        ),
    )
    row.standings.all().delete()
    Standing.objects.bulk_create(Standing(row=row, **standing(follow_up, row)) for follow_up in current)
    facets.keep(before, _counted(row))
    return row


def standing(follow_up: Any, row: Any) -> dict[str, Any]:
    """Return the columns of the standing of one recommendation, but for its row."""
    return {
        "number": follow_up.number,
        "follow_up": follow_up,
        "state": follow_up.state,
        "due_on": follow_up.due_on,
        "addressee_code": follow_up.addressee_code,
        "addressee_name": follow_up.addressee_name,
        "year": row.year,
        "published_at": row.published_at,
        **place(follow_up.state, follow_up.due_on, row.validity),
    }


def place(state: str, due_on: dt.date | None, validity: str = Validity.IN_FORCE) -> dict[str, Any]:
    """Return the columns of `Standing` that say under which heading, and where in the order, it is listed."""
    gone = validity == Validity.WITHDRAWN
    is_stopped = state == State.PAUSED or due_on is None
    return {
        "stage": Standing.Stage.GONE if gone else STAGES.get(state, Standing.Stage.DOING),
        "is_final": state in FINAL,
        "order_on": NEVER if is_stopped else due_on,
    }


def rebuild_all() -> int:
    """Rebuild the rows of every publication and count them anew; returns how many."""
    count = 0
    for publication in Publication.objects.order_by("id").iterator(chunk_size=200):
        rebuild(publication)
        count += 1
    facets.recount(listed())
    return count


def listed() -> Iterable[SearchRow]:
    """Return the rows of the whole list without their texts."""
    texts = ("title_words", "title_written", "name_words", "lead_words", "tokens", "said")
    return SearchRow.objects.filter(listing=Listing.FINDINGS).defer(*texts).iterator(chunk_size=2_000)


def newest(follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
    """Return the newest row of each recommendation, by number; given in the order of writing."""
    found = {follow_up.number: follow_up for follow_up in follow_ups}
    return [found[number] for number in sorted(found)]


def _counted(row: SearchRow | None) -> list[tuple[str, str, str]]:
    return [(*facets.TOTAL, ""), *facets.every(row)] if row and row.listing == Listing.FINDINGS else []


def corrected_words(publication: Publication, entries: Sequence[Entry]) -> list[str]:
    """Return the corrected words that hold now, of all entries of a publication, the oldest first."""
    return [one.now for one in corrections.standing(publication, entries)]


def letters_about(entries: Iterable[Entry]) -> list[str]:
    """Return the numbers of the papers that corrected or withdrew a publication."""
    found = [entry.data.get("number", "") for entry in entries if entry.what in CHANGED]
    return [number for number in found if number]


def columns(
    publication: Any,
    current: list[Any],
    what: set[str],
    corrected: Sequence[str] = (),
    letters: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the columns of a search row from the newest follow-ups, kinds of entries, corrected words.

    `letters` are the numbers of the papers that corrected or withdrew it; it is found by them too. Of one
    that was withdrawn nothing is followed in public.
    """
    current = [] if Entry.What.WITHDRAW in what else current
    owed = [follow_up.due_on for follow_up in current if follow_up.state in OWED and follow_up.due_on]
    agencies = {follow_up.addressee_code: follow_up.addressee_name for follow_up in current}
    row = {
        **{name: getattr(publication, name) for name in COPIED},
        "listing": Listing.PLANS if publication.form == PLAN.slug else Listing.FINDINGS,
        "form_name": f"{publication.form_name_vi}\t{publication.form_name_en}",
        "number_key": tokens.plain_number(publication.number_key),
        "validity": _validity(what),
        "earliest_due_on": min(owed, default=None),
        "open_count": sum(follow_up.state not in FINAL for follow_up in current),
        "verified_count": sum(follow_up.state == State.VERIFIED for follow_up in current),
        "total_count": len(current),
        "agencies": "\n".join(f"{code}\t{name}" for code, name in agencies.items()),
    }
    return (
        {**row, **_texts(publication, current, row, corrected, letters)}
        if row["listing"] == Listing.FINDINGS
        else row
    )


def _texts(
    publication: Any,
    current: list[Any],
    row: dict[str, Any],
    corrected: Sequence[str],
    letters: Sequence[str],
) -> dict[str, str]:
    """Return what the row is found by. A paper that is not listed has none of it.

    One that was withdrawn is found by what it is called, no more by what it says; one that was corrected by
    the words as signed, which its page still shows, and by the corrected ones.
    """
    field = FIELDS[publication.field].vi if publication.field in FIELDS else ""
    names = " ".join(
        [
            publication.number_text,
            publication.kind_name_vi,
            publication.organization_name,
            publication.province_name,
            field,
        ]
    )
    text = [publication.lead, publication.plain_text, *corrected]
    text += [f"{one.addressee_name} {_wordings(one)}" for one in current]
    is_gone = row["validity"] == Validity.WITHDRAWN
    said = " ".join([publication.title, names, *([] if is_gone else text)])
    folded = tokens.words(said).split()
    numbers = [tokens.number(number) for number in letters]
    found = [*_values(publication, row), *numbers, *folded, *tokens.exact(said), *tokens.pairs(folded)]
    return {
        "title_words": tokens.words(publication.title),
        "title_written": tokens.written(publication.title),
        "name_words": tokens.words(names),
        "lead_words": "" if is_gone else tokens.words(publication.lead),
        "tokens": tokens.bounded(found),
        "said": " ".join(folded),
    }


def _values(publication: Any, row: dict[str, Any]) -> list[str]:
    """Return the tokens of what is no word: number, facets, what is owed, the place in the archive."""
    faceted = _Columns(row)
    found = [tokens.value(key, value) for key, value, _name in facets.every(faceted)]
    if faceted.earliest_due_on:
        found.append(tokens.value("due", True))
    return [tokens.number(publication.number_key), *found, *tokens.places(publication.pk)]


class _Columns:
    """The columns of a row, read as those of a row."""

    earliest_due_on: dt.date | None

    def __init__(self, columns: dict[str, Any]) -> None:
        self.__dict__.update(columns)


def _wordings(follow_up: Any) -> str:
    """The recommendation as signed and as amended: either is found."""
    return " ".join([follow_up.text, *(one["text"] for one in follow_up.data.get("decisions", []))])


def _validity(what: set[str]) -> str:
    if Entry.What.WITHDRAW in what:
        return str(Validity.WITHDRAWN)
    return str(Validity.CORRECTED if Entry.What.CORRECT in what else Validity.IN_FORCE)
