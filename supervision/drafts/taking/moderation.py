"""What came is sorted out by people: folded with its equals, put into the table or kept out for a reason."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Min, QuerySet, TextField, Value, When, Window
from django.db.models.functions import Cast, RowNumber

from supervision.drafts.models import Call, Contribution, Remark
from supervision.drafts.services import next_number, put_in_place, require_unanswered
from supervision.drafts.texts import text_of
from supervision.files.models import Attachment
from supervision.language.folding import fold
from supervision.organizations.models import Mandate

_CHUNK = 500  # rows in one statement
MOST = 20  # of a kind that are listed beside a folded row
State = Contribution.State
Content = tuple[str, str]  # of which provision, and what it says (fingerprint)


@dataclass(frozen=True)
class Told:
    """Something that contributions of a folded row say."""

    first: int  # primary key of the one that says it first
    value: str
    count: int


@dataclass
class Listed:
    """What contributions of a folded row say of one kind, in the order in which they came."""

    shown: list[Told]
    more: int  # that are not shown


def folded(rows: QuerySet[Contribution]) -> QuerySet[Any, Any]:
    """Return contributions with equal ones folded: first one, how many, of which provision, since when."""
    return (
        rows.values("node", "provision", "fingerprint")
        .annotate(first=Min("pk"), count=Count("pk"), since=Min("at"))
        .order_by("since", "first")
    )


def beside(
    rows: QuerySet[Contribution], folds: Iterable[Mapping[str, Any]]
) -> dict[Content, dict[str, Listed]]:
    """Return what differs among the equal `rows` of each of `folds`, by what it is; one query for all.

    "author_name" is of bodies alone; "reason" and "slip" are as they were given; "files" are primary keys
    of attachments, as text; "channel" is by which way they came.
    """
    rows = rows.filter(fingerprint__in={one["fingerprint"] for one in folds})
    given = [rows.exclude(**{name: ""}) for name in ("reason", "slip", "channel")]
    bodies = rows.exclude(author__in=Contribution.PERSONS).exclude(author_name="")
    parts = [_values(some, name) for some, name in zip(given, ("reason", "slip", "channel"), strict=True)]
    parts += [_values(bodies, "author_name"), _values(rows.filter(files__isnull=False), "files")]
    found: dict[Content, dict[str, Listed]] = defaultdict(dict)
    for one in sorted(parts[0].union(*parts[1:], all=True), key=lambda one: one["first"]):
        about = found[one["node"], one["fingerprint"]]
        listed = about.setdefault(one["what"], Listed([], one["of"]))
        listed.shown.append(Told(one["first"], one["value"], one["count"]))
        listed.more -= 1
    return found


def _values(rows: QuerySet[Contribution], name: str) -> QuerySet[Any, Any]:
    """Return the values of a column among equal rows, of each the first ones that came."""
    equal = [F("node"), F("fingerprint")]
    return (
        rows.values("node", "fingerprint", what=Value(name), value=Cast(name, TextField()))
        .annotate(first=Min("pk"), count=Count("pk"))
        .annotate(rank=Window(RowNumber(), partition_by=equal, order_by="first"))
        .annotate(of=Window(Count("*"), partition_by=equal))
        .filter(rank__lte=MOST)
        .order_by()
    )


def files_of(remarks: Collection[Remark]) -> dict[int | None, list[Attachment]]:
    """Return the files that came with the contributions behind `remarks`, by primary key; one query."""
    links = Contribution.files.through._default_manager.filter(contribution__remark__in=remarks)
    rows = links.select_related("contribution", "attachment").only("contribution__remark", "attachment")
    found: dict[int | None, list[Attachment]] = defaultdict(list)
    for one in rows.order_by("pk"):
        found[one.contribution.remark_id].append(one.attachment)
    return found


def equals_of(call: Call, first: Iterable[int], state: str = State.WAITING) -> QuerySet[Contribution]:
    """Return all contributions to the call in that state that say what one of `first` (primary keys) says."""
    there = call.contributions.filter(state=state)
    wanted = set(there.filter(pk__in=first).values_list("node", "fingerprint"))
    prints = {one for _node, one in wanted}
    rows = there.filter(fingerprint__in=prints).values_list("pk", "node", "fingerprint")
    return there.filter(pk__in=[pk for pk, node, mark in rows if (node, mark) in wanted])


def take(
    call: Call, chosen: QuerySet[Contribution], *, named: Collection[int], by: Mandate, at: dt.datetime
) -> list[Contribution]:
    """Put contributions into the table of remarks, equal ones as one remark; no others go with them.

    One that says what a remark of the table says already joins it. The remark names the bodies whose
    names are confirmed: by a contribution in `named` (primary keys), and with it by its equals of the same
    name. Returns what the caller's event holds. Raises WrongState once an answer refers to the table.
    """
    require_unanswered(call.draft)
    rows = list(chosen.order_by("at", "pk"))
    confirmed = {(row.node, row.fingerprint, row.whose) for row in rows if row.pk in named}
    for row in rows:
        row.is_named = row.whose != "" and (row.node, row.fingerprint, row.whose) in confirmed
    by_content: dict[Content, list[Contribution]] = defaultdict(list)
    for row in rows:
        by_content[row.node, row.fingerprint].append(row)
    known = _remarks_by_content(call, {row.fingerprint for row in rows})
    new = {content: equal for content, equal in by_content.items() if content not in known}
    remarks = {**known, **_new_remarks(call, new, by=by, at=at)}
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        # Four times as fast as bulk_update, which would choose each of these columns row by row.
        theirs = Case(
            *(When(pk=row.pk, then=remarks[row.node, row.fingerprint].pk) for row in chunk),
            output_field=BigIntegerField(),
        )
        Contribution.objects.filter(pk__in=[row.pk for row in chunk]).update(
            state=State.TAKEN,
            remark=theirs,
            is_named=Case(When(pk__in=[row.pk for row in chunk if row.is_named], then=True), default=False),
            moderated_by=by,
            moderated_at=at,
        )
    _say_whose([known[content] for content in by_content if content in known])
    return rows


def _new_remarks(
    call: Call, new: Mapping[Content, Sequence[Contribution]], *, by: Mandate, at: dt.datetime
) -> dict[Content, Remark]:
    """Write a remark for each content, in the words of the first that has it."""
    remarks = [
        Remark(
            draft=call.draft,
            version=call.version,
            number=number,
            provision=rows[0].provision,
            node=rows[0].node,
            text=rows[0].text,
            wording=rows[0].wording,
            reason=next((row.reason for row in rows if row.reason), ""),
            by_id=rows[0].by_id or by.pk,
            at=at,
            **_whose(rows),
        )
        for number, rows in enumerate(new.values(), start=next_number(call.draft))
    ]
    put_in_place(remarks, text_of(call.version))
    Remark.objects.bulk_create(remarks, batch_size=_CHUNK)
    return dict(zip(new, remarks, strict=True))


def _say_whose(joined: Sequence[Remark]) -> None:
    """Name the bodies anew in remarks that others have joined."""
    behind: dict[int | None, list[Contribution]] = defaultdict(list)
    told = Contribution.objects.filter(remark__in=joined).order_by("moderated_at", "at", "pk")
    for row in told.only("remark_id", "author", "author_name", "is_named"):
        behind[row.remark_id].append(row)
    for remark in joined:
        for name, value in _whose(behind[remark.pk]).items():
            setattr(remark, name, value)
        remark.search_text = remark.folded
    Remark.objects.bulk_update(joined, ["author", "author_name", "others", "search_text"], batch_size=_CHUNK)


def _whose(rows: Sequence[Contribution]) -> dict[str, Any]:
    """Return whose a remark is: the bodies behind it by name, as many as fit, and how many others."""
    names: dict[str, str] = {}
    longest = Remark._meta.get_field("author_name").max_length or 0
    for row in rows:
        if row.is_named and len("; ".join([*names.values(), row.author_name])) <= longest:
            names.setdefault(fold(row.author_name), row.author_name)
    listed = [row for row in rows if row.is_named and fold(row.author_name) in names]
    return {
        "author": (listed or rows)[0].author,
        "author_name": "; ".join(names.values()),
        "others": len(rows) - (len(listed) or 1),
    }


def refuse(
    chosen: QuerySet[Contribution], *, refusal: str, note: str = "", by: Mandate, at: dt.datetime
) -> list[Contribution]:
    """Keep contributions out of the table, for a reason that their receipts tell.

    Returns what the caller's event holds.
    """
    rows = list(chosen.only("pk"))
    chosen.update(state=State.REFUSED, refusal=refusal, note=note, moderated_by=by, moderated_at=at)
    return rows


def put_back(call: Call, chosen: Iterable[Contribution], *, by: Mandate, at: dt.datetime) -> None:
    """Let contributions wait again: a remark that nobody stands behind any more leaves the table.

    Raises WrongState once an answer refers to the table.
    """
    require_unanswered(call.draft)
    rows = list(chosen)
    left = Remark.objects.filter(pk__in={row.remark_id for row in rows if row.remark_id})
    remarks = list(left)
    Contribution.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.WAITING,
        remark=None,
        is_named=False,
        refusal="",
        note="",
        moderated_by=by,
        moderated_at=at,
    )
    left.filter(contributions=None).delete()
    _say_whose([remark for remark in remarks if remark.contributions.exists()])


def _remarks_by_content(call: Call, prints: Iterable[str]) -> dict[Content, Remark]:
    taken = Contribution.objects.filter(
        call__draft=call.draft, call__version=call.version_id, state=State.TAKEN, fingerprint__in=prints
    )
    return {(row.node, row.fingerprint): row.remark for row in taken.select_related("remark") if row.remark}
