"""Keeping the search table in step with what is published; it can be rebuilt from scratch at any time."""

from __future__ import annotations

import re

from django.db import transaction

from supervision.language.folding import fold, nfc
from supervision.law.fields import FIELDS
from supervision.publication.models import Entry, FollowUp, Publication, SearchRow, Standing
from supervision.publication.vocabulary import FINAL, OWED, State, Validity

NOT_WORD = re.compile(r"[^a-z0-9]+")
COPIED = (
    "published_at level province_code province_name field organization_code organization_name year form"
).split()


def words(text: str) -> str:
    """Return folded words parted by single spaces: letters a-z and digits only.

    Both databases then cut a text at the same places, whatever their own rules say of
    slashes, hyphens and marks.
    """
    return NOT_WORD.sub(" ", fold(text)).strip()


def plain_number(key: str) -> str:
    """A number key without leading zeros: "07/KL" and "7/KL" are one number."""
    return key.lstrip("0") or key


@transaction.atomic
def rebuild(publication: Publication) -> SearchRow:
    """Write the search row and the standings of one publication anew from its frozen rows."""
    newest: dict[int, FollowUp] = {}
    for follow_up in publication.follow_ups.order_by("id"):
        newest[follow_up.number] = follow_up
    validity = _validity(publication)
    gone = validity == Validity.WITHDRAWN  # found by what it is called, no more by what it says
    current = [] if gone else [newest[number] for number in sorted(newest)]
    row, _created = SearchRow.objects.update_or_create(
        publication=publication, defaults=_columns(publication, current, validity)
    )
    row.standings.all().delete()
    Standing.objects.bulk_create(
        Standing(
            row=row,
            number=follow_up.number,
            follow_up=follow_up,
            state=follow_up.state,
            due_on=follow_up.due_on,
            addressee_code=follow_up.addressee_code,
            addressee_name=follow_up.addressee_name,
        )
        for follow_up in current
    )
    return row


def rebuild_all() -> int:
    """Rebuild the rows of every publication; returns how many."""
    count = 0
    for publication in Publication.objects.order_by("id").iterator(chunk_size=200):
        rebuild(publication)
        count += 1
    return count


def _columns(publication: Publication, current: list[FollowUp], validity: Validity) -> dict[str, object]:
    said = " ".join(
        [
            publication.title,
            publication.number_text,
            publication.kind_name_vi,
            publication.organization_name,
            publication.province_name,
            FIELDS[publication.field].vi if publication.field in FIELDS else "",
            *(() if validity == Validity.WITHDRAWN else (publication.lead, publication.plain_text)),
            *(f"{follow_up.addressee_name} {_wordings(follow_up)}" for follow_up in current),
        ]
    )
    owed = [follow_up.due_on for follow_up in current if follow_up.state in OWED and follow_up.due_on]
    return {
        **{name: getattr(publication, name) for name in COPIED},
        "form_name": f"{publication.form_name_vi}\t{publication.form_name_en}",
        "folded": words(said),
        "exact": " ".join(nfc(said).lower().split()),
        "title_exact": nfc(publication.title).lower(),
        "number_key": plain_number(publication.number_key),
        "validity": validity,
        "earliest_due_on": min(owed, default=None),
        "open_count": sum(follow_up.state not in FINAL for follow_up in current),
        "verified_count": sum(follow_up.state == State.VERIFIED for follow_up in current),
        "total_count": len(current),
    }


def _wordings(follow_up: FollowUp) -> str:
    """The recommendation as signed and as amended: either is found."""
    return " ".join([follow_up.text, *(one["text"] for one in follow_up.data.get("decisions", []))])


def _validity(publication: Publication) -> Validity:
    what = set(publication.entries.values_list("what", flat=True))
    if Entry.What.WITHDRAW in what:
        return Validity.WITHDRAWN
    return Validity.CORRECTED if Entry.What.CORRECT in what else Validity.IN_FORCE
