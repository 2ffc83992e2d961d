"""Finding publications: folded words on both databases, facets whose counts are what the click gives.

Words are folded in Python (`index.words`), so SQLite's FTS5 and PostgreSQL's text search only
ever see a-z, digits and spaces, and agree on every text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import GreaterThan

from supervision.language.folding import nfc, number_key
from supervision.law.forms.annual_plan import SPEC as PLAN
from supervision.publication.index import plain_number, words
from supervision.publication.models import SearchRow, Standing
from supervision.publication.vocabulary import OWED, Reply

QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')
MOST_TERMS = 12
SQL = {
    "sqlite": "SELECT rowid FROM publication_search_fts WHERE publication_search_fts MATCH %s",
    "postgresql": "SELECT id FROM publication_searchrow WHERE to_tsvector('simple', folded) @@ {}",
}
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
ORDERS = {"khop", "moi", "qua-han"}


@dataclass(frozen=True)
class Search:
    """What a reader asks for: words, one value for each facet key, an order. Unknown keys are dropped."""

    query: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    order: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Search:
        """Read a query string; anything unknown or overlong is left out, never an error."""
        chosen = {key: nfc(query.get(key, ""))[:80] for key in KEYS}
        order = query.get("xep", "")
        return cls(
            query=" ".join(nfc(query.get("q", ""))[:200].replace("\0", "").split()),
            filters={key: value.replace("\0", "") for key, value in chosen.items() if value},
            order=order if order in ORDERS else "",
        )


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet; `count` is the number of results after choosing it."""

    value: str
    name: str
    count: int


def findings() -> QuerySet[SearchRow]:
    """Return what counts as a published finding: all but annual plans, whose list is /ke-hoach/."""
    return SearchRow.objects.exclude(form=PLAN.slug)


def find(search: Search, *, on: dt.date) -> QuerySet[SearchRow]:
    """Return the rows that match, in the order asked for; `on` is today, for what is overdue."""
    rows = _filtered(search, on)
    if search.order == "qua-han":
        return rows.order_by(F("earliest_due_on").asc(nulls_last=True), "-published_at", "-id")
    if not search.query or search.order == "moi":
        return rows.order_by("-published_at", "-id")
    return rows.annotate(rank=_rank(search.query)).order_by("rank", "-published_at", "-id")


def facets(search: Search, *, on: dt.date) -> tuple[int, dict[str, list[FacetValue]]]:
    """Return the number of results and, for each facet key, its values; one query in all.

    A value is counted with all other facets as chosen and its own facet free, so the count
    is what the reader sees after the click.
    """
    total = _group(_filtered(search, on), "", Value("", output_field=TextField()), Value(""))
    parts = [_facet(search, key, on) for key in KEYS]
    found: dict[str, list[FacetValue]] = {key: [] for key in KEYS}
    results = 0
    for key, value, name, count in total.union(*parts, all=True):
        if not key:
            results = count
        elif value and count:
            found[key].append(FacetValue(value, name or "", count))
    for values in found.values():
        values.sort(key=lambda one: (-one.count, one.name, one.value))
    return results, found


def reply_condition(value: str, on: dt.date) -> Q:
    """The rows whose recommendations have come so far (`vocabulary.Reply`); computed from dates on `on`."""
    late = Q(earliest_due_on__lt=on)
    conditions = {
        Reply.LATE: late,
        Reply.RUNNING: Q(open_count__gt=0) & (Q(earliest_due_on__isnull=True) | Q(earliest_due_on__gte=on)),
        Reply.VERIFIED: Q(open_count=0, total_count__gt=0, verified_count=F("total_count")),
        Reply.CLOSED: Q(open_count=0, total_count__gt=0, verified_count__lt=F("total_count")),
    }
    return conditions[Reply(value)] if value in set(Reply) else Q(pk__in=[])


def overdue(*, on: dt.date) -> QuerySet[Standing]:
    """Recommendations whose reply is overdue on that day, the longest first."""
    return (
        Standing.objects.filter(state__in=OWED, due_on__lt=on)
        .exclude(row__validity="thu-hoi")
        .order_by("due_on", "id")
    )


def _filtered(search: Search, on: dt.date, without: str = "") -> QuerySet[SearchRow]:
    rows = findings().order_by()
    if search.query:
        rows = rows.filter(_matches(search.query))
    for key, value in search.filters.items():
        if key == without:
            continue
        if key == "tra-loi":
            rows = rows.filter(reply_condition(value, on))
        elif key == "co-quan":
            rows = rows.filter(pk__in=Standing.objects.filter(addressee_code=value).values("row_id"))
        elif key == "nam":
            rows = rows.filter(year=int(value)) if re.fullmatch(r"[0-9]{4}", value) else rows.none()
        else:
            rows = rows.filter(**{COLUMNS[key][0]: value})
    return rows


def _matches(query: str) -> Q:
    by_number = Q(number_key=plain_number(number_key(query)))
    text, params = _text_query(query)
    if not params:
        return by_number
    return by_number | Q(pk__in=RawSQL(text, params))  # constant SQL, terms as parameters


def _terms(query: str) -> Iterator[tuple[str, bool]]:
    """Folded words, and whole phrases for what stands in quotes."""
    for match in QUOTED.finditer(query):
        if phrase := words(match.group(1) or match.group(2)):
            yield phrase, True
    for word in words(QUOTED.sub(" ", query)).split():
        yield word, False


def _text_query(query: str) -> tuple[str, list[str]]:
    terms = list(_terms(query))[:MOST_TERMS]
    if connection.vendor == "sqlite":
        match = " ".join(f'"{term}"' for term, _phrase in terms)  # quoted: no FTS5 syntax gets through
        return SQL["sqlite"], [match] if match else []
    call = {True: "phraseto_tsquery('simple', %s)", False: "plainto_tsquery('simple', %s)"}
    asked = " && ".join(call[phrase] for _term, phrase in terms)
    return SQL["postgresql"].format(f"({asked})"), [term for term, _phrase in terms]


def _rank(query: str) -> Case:
    """The number first, then the words as typed (marks kept) in the title, then in the text."""
    typed = " ".join(QUOTED.sub(r"\1\2", query).lower().split())
    return Case(
        When(number_key=plain_number(number_key(query)), then=0),
        When(GreaterThan(StrIndex("title_exact", Value(typed)), 0), then=1),
        When(GreaterThan(StrIndex("exact", Value(typed)), 0), then=2),
        default=3,
        output_field=IntegerField(),
    )


def _group(rows: QuerySet[Any], key: str, value: Any, name: Any) -> QuerySet[Any, Any]:
    """One part of the union: (facet key, value, name, count)."""
    grouped: QuerySet[Any, Any] = (
        rows.annotate(
            facet=Cast(Value(key), TextField()),
            value=Cast(value, TextField()),
        )
        .values("facet", "value")
        .annotate(name=Max(Cast(name, TextField())), count=Count("pk"))
        .values_list("facet", "value", "name", "count")
    )
    return grouped


def _facet(search: Search, key: str, on: dt.date) -> QuerySet[Any, Any]:
    rows = _filtered(search, on, without=key)
    if key == "tra-loi":
        state = Case(
            *(When(reply_condition(value, on), then=Value(str(value))) for value in Reply),
            default=Value(""),
            output_field=TextField(),
        )
        return _group(rows, key, state, Value(""))
    if key == "co-quan":
        standings = Standing.objects.filter(row__in=rows.values("pk")).order_by()
        return _agencies(standings, key)
    column, name = COLUMNS[key]
    return _group(rows, key, F(column), F(name) if name else Value(""))


def _agencies(standings: QuerySet[Standing], key: str) -> QuerySet[Any, Any]:
    grouped: QuerySet[Any, Any] = (
        standings.annotate(facet=Cast(Value(key), TextField()), value=Cast(F("addressee_code"), TextField()))
        .values("facet", "value")
        .annotate(name=Max("addressee_name", output_field=TextField()), count=Count("row_id", distinct=True))
        .values_list("facet", "value", "name", "count")
    )
    return grouped
