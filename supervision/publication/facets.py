"""Facets of the list: of which values a row is one, and how many rows each has in the whole list."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Protocol

from django.db import connection

from supervision.publication.listed import FacetCount, Listing
from supervision.publication.vocabulary import Reply

#: Facets that are one column of the search row: key in the address -> (column, column of its name).
COLUMNS: dict[str, tuple[str, str]] = {
    "tinh-trang": ("validity", ""),
    "hinh-thuc": ("form", "form_name"),
    "cap": ("level", ""),
    "linh-vuc": ("field", ""),
    "nam": ("year", ""),
    "tinh": ("province_code", "province_name"),
    "don-vi": ("organization_code", "organization_name"),
}
KEYS = ("tra-loi", *COLUMNS, "co-quan")
#: The number of all rows stands beside the facets, under no key.
TOTAL = ("", "")


class Faceted(Protocol):
    """What facets are read from: a `SearchRow`, or the same columns of one that was found."""

    earliest_due_on: dt.date | None
    open_count: int
    verified_count: int
    total_count: int
    agencies: str  # "code<tab>name" a line


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet; `count` is the number of results after choosing it, None if not known."""

    value: str
    name: str
    count: int | None


def reply(row: Faceted, on: dt.date | None) -> str:
    """Return how the row's recommendations have come so far (`vocabulary.Reply`), "" without any.

    Lateness is told on the day `on`; without a day what is open is `Reply.RUNNING`, late or not.
    """
    if on and row.earliest_due_on and row.earliest_due_on < on:
        return str(Reply.LATE)
    if row.open_count:
        return str(Reply.RUNNING)
    if not row.total_count:
        return ""
    return str(Reply.VERIFIED if row.verified_count == row.total_count else Reply.CLOSED)


def of(row: Any, key: str, on: dt.date | None) -> list[tuple[str, str]]:
    """Return the values of one facet that a row has, each with its name: none, one, or several agencies."""
    if key == "tra-loi":
        found = [(reply(row, on), "")]
    elif key == "co-quan":
        found = [
            (code, name) for code, _tab, name in (one.partition("\t") for one in row.agencies.split("\n"))
        ]
    else:
        column, name = COLUMNS[key]
        found = [(str(getattr(row, column)), str(getattr(row, name)) if name else "")]
    return [pair for pair in found if pair[0]]


def every(row: Any) -> Iterator[tuple[str, str, str]]:
    """Yield key, value and name of every facet of a row, whatever the day."""
    for key in KEYS:
        for value, name in of(row, key, None):
            yield key, value, name


def _pairs(rows: Iterable[Any], key: str, on: dt.date) -> Counter[tuple[str, str]]:
    """Count values with their names; columns are read without a step in Python for each row."""
    if key not in COLUMNS:
        return Counter(pair for row in rows for pair in of(row, key, on))
    column, name = COLUMNS[key]
    if name:
        found = Counter(map(attrgetter(column, name), rows))
    else:
        found = Counter((value, "") for value in map(attrgetter(column), rows))
    return Counter({(str(value), name): count for (value, name), count in found.items() if value})


def tally(rows: Iterable[Any], key: str, on: dt.date) -> list[FacetValue]:
    """Return the values of one facet among `rows` with how many rows each has, the most frequent first."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for (value, name), count in _pairs(rows, key, on).items():
        counts[value] += count
        names[value] = max(name, names.get(value, ""))
    found = [FacetValue(value, names[value], count) for value, count in counts.items()]
    return sorted(found, key=lambda one: (-(one.count or 0), one.name, one.value))


KEEP = """
    INSERT INTO publication_facetcount (key, value, name, count) VALUES {}
    ON CONFLICT (key, value) DO UPDATE
    SET count = publication_facetcount.count + excluded.count, name = excluded.name
"""


def keep(before: Iterable[tuple[str, str, str]], now: Iterable[tuple[str, str, str]]) -> None:
    """Bring the counts of the whole list up to what one row was and is now; two empty ones change nothing.

    Rows are locked in one order, by key and value, until the transaction ends.
    """
    old, new = ({(key, value): name for key, value, name in found} for found in (before, now))
    changes = [(*one, old[one], -1) for one in old.keys() - new.keys()]
    changes += [(*one, new[one], 1) for one in new.keys() - old.keys()]
    if not changes:
        return
    rows = ", ".join(["(%s, %s, %s, %s)"] * len(changes))
    with connection.cursor() as cursor:
        cursor.execute(KEEP.format(rows), [part for change in sorted(changes) for part in change])


def recount(rows: Iterable[Any], counts_model: Any = FacetCount) -> None:
    """Count the whole list anew from its rows; a migration gives the model as it was then."""
    counts: Counter[tuple[str, str]] = Counter()
    names: dict[tuple[str, str], str] = {}
    for row in rows:
        counts[TOTAL] += 1
        for key, value, name in every(row):
            counts[key, value] += 1
            names[key, value] = name
    counts_model.objects.all().delete()
    counts_model.objects.bulk_create(
        counts_model(key=key, value=value, name=names.get((key, value), ""), count=count)
        for (key, value), count in counts.items()
    )


PART = """
    SELECT * FROM (SELECT key, value, name, count FROM publication_facetcount
    WHERE key = %s AND count > 0 ORDER BY count DESC, name, value LIMIT %s) AS one
"""
CHOSEN = "SELECT key, value, name, count FROM publication_facetcount WHERE key = %s AND value = %s"
LATE = """
    UNION ALL SELECT '', 'late', '', count(*) FROM publication_searchrow
    WHERE listing = %s AND earliest_due_on < %s
"""


def kept(
    keys: Iterable[str],
    *,
    most: Mapping[str, int],
    on: dt.date,
    chosen: Mapping[str, str] = MappingProxyType({}),
) -> tuple[int, dict[str, list[FacetValue]]]:
    """Return the number of all rows and the most frequent values of each facet in the whole list; one query.

    `most` is how many values of each key; the value `chosen` is among them in any case. What is late is
    counted on the day `on`, by index.
    """
    keys = list(keys)
    sql = [PART] * (len(keys) + 1)
    params: list[Any] = [TOTAL[0], 1]
    for key in keys:
        params += [key, most[key]]
    for key in chosen.keys() & set(keys):
        sql.append(CHOSEN)
        params += [key, chosen[key]]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql) + LATE, [*params, Listing.FINDINGS, on])
        rows = dict.fromkeys(cursor.fetchall())
    beside = {value: count for key, value, _name, count in rows if not key}
    found: dict[str, list[FacetValue]] = {key: [] for key in keys}
    for key, value, name, count in rows:
        if key:
            found[key].append(FacetValue(value, name, count))
    if "tra-loi" in found:
        found["tra-loi"] = list(_with_late(found["tra-loi"], beside["late"]))
    return beside.get(TOTAL[1], 0), found


def _with_late(values: Iterable[FacetValue], late: int) -> Iterator[FacetValue]:
    """What is open is kept as one number; the late ones among it change with the day."""
    if late:
        yield FacetValue(str(Reply.LATE), "", late)
    for one in values:
        count = (one.count or 0) - late if one.value == Reply.RUNNING else one.count
        if count:
            yield FacetValue(one.value, one.name, count)
