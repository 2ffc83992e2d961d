"""Finding publications: a question, an answer of at most 1,000 results, facets that tell what a click gives.

Words, values of facets and numbers are tokens of one index (`tokens`), so a question costs what its answer
costs. What is more than `MOST` is not counted and not ranked: the newest of it stand in the answer, which
says that there is more (docs/adr/0042).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from supervision.language.folding import nfc, number_key
from supervision.publication import candidates, facets, ranking, tokens
from supervision.publication.candidates import Row, Wanted
from supervision.publication.counting import MOST
from supervision.publication.facets import KEYS as KEYS
from supervision.publication.facets import FacetValue as FacetValue
from supervision.publication.listed import Listing
from supervision.publication.models import SearchRow, Standing
from supervision.publication.vocabulary import Reply

QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')
MOST_LETTERS, MOST_WORDS = 300, 32
#: Values of a facet that are read for a page, and of one that the reader opens.
MOST_VALUES, ALL_VALUES = 11, 200
#: Facets with thousands of values.
MANY_VALUES = frozenset({"don-vi", "co-quan"})
ORDERS = {"khop", "moi", "qua-han"}
TEXTS = ("title_words", "title_written", "name_words", "lead_words", "tokens", "said")
_FAR = dt.date.max


@dataclass(frozen=True)
class Search:
    """What a reader asks for: words, one value for each facet key, an order. Unknown keys are dropped.

    `is_cut` tells that more was typed than is looked for; of the facet `opened` all values are wanted.
    """

    query: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    is_cut: bool = False
    opened: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Search:
        """Read a query string; anything unknown or overlong is left out, never an error."""
        chosen = {key: nfc(query.get(key, ""))[:80] for key in KEYS}
        order, opened = query.get("xep", ""), query.get("mo", "")
        typed = " ".join(nfc(query.get("q", "")[: 4 * MOST_LETTERS]).replace("\0", "").split())
        return cls(
            query=typed[:MOST_LETTERS].strip(),
            filters={key: value.replace("\0", "") for key, value in chosen.items() if value},
            order=order if order in ORDERS else "",
            is_cut=len(typed) > MOST_LETTERS or len(tokens.words(typed).split()) > MOST_WORDS,
            opened=opened if opened in KEYS else "",
        )


@dataclass(frozen=True)
class Answer:
    """The results in their order, how many, and the facets.

    `count` is exact unless there is `more`; the answer ends at `MOST` results either way. A value of a facet
    is counted with all other facets as chosen and its own facet free, so the count is what the reader sees
    after the click; where that is not known (more than `MOST`), the value has no count.
    """

    count: int
    more: bool
    facets: Mapping[str, list[FacetValue]]
    ids: Sequence[int] | QuerySet[SearchRow, int]

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, wanted: slice) -> list[SearchRow]:
        return self.rows(wanted.start or 0, MOST if wanted.stop is None else wanted.stop)

    def rows(self, start: int = 0, stop: int = MOST) -> list[SearchRow]:
        """Return the results from `start` to before `stop`, with their publications."""
        ids = list(self.ids[start : min(stop, MOST)])
        rows = SearchRow.objects.filter(pk__in=ids).select_related("publication")
        rows = rows.defer(*TEXTS, "publication__html", "publication__plain_text")
        standings = Prefetch("standings", Standing.objects.select_related("follow_up"))
        found = {row.pk: row for row in rows.prefetch_related(standings)}
        return [found[pk] for pk in ids if pk in found]


def findings() -> QuerySet[SearchRow]:
    """Return what counts as a published finding: all but annual plans, whose list is /ke-hoach/."""
    return SearchRow.objects.filter(listing=Listing.FINDINGS)


def overdue(*, on: dt.date) -> QuerySet[Standing]:
    """Recommendations whose reply is overdue on that day, the longest first."""
    return Standing.objects.filter(stage=Standing.Stage.OWED, order_on__lt=on).order_by("order_on", "id")


def answer(search: Search, *, on: dt.date) -> Answer:
    """Find what matches; `on` is today, for what is overdue. Two queries at most, whatever is asked."""
    if not search.query and not search.filters:
        return _whole_list(search, on)
    question = _Question.of(search.query)
    if search.query and not question.groups:
        return Answer(0, False, {key: [] for key in KEYS}, [])
    found: dict[str, list[Row]] = {}
    parts = dict(_parts(search, question, on))
    ranked = RANKED if search.query and search.order in {"", "khop"} else frozenset()
    for row in candidates.find(parts, most=MOST + 1, ranked=ranked, phrases=question.phrases):
        for part in row.parts.split():
            found.setdefault(part, []).append(row)
    matching = found.get(ALL, [])
    more = len(matching) > MOST
    matching = [row for row in matching if question.keeps(row)]
    ids = _ordered(search, question, found, matching)[:MOST]
    return Answer(len(ids), more, _facets(search, found, question, on), ids)


#: Parts of the question to the index: all that matches, the number, the marks as typed, what is owed.
ALL, NUMBER, EXACT, DUE = "all", "number", "exact", "due"
RANKED = frozenset({ALL, NUMBER, EXACT})


@dataclass(frozen=True)
class _Question:
    """What was typed, as tokens: `groups` are ways to be found, each needs all of its tokens."""

    typed: ranking.Typed
    groups: tuple[tuple[str, ...], ...] = ()
    number: str = ""
    exact: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: str) -> _Question:
        """Read words and phrases in quotes; unbalanced quotes are nothing."""
        asked, phrases = [], []
        for match in QUOTED.finditer(query):
            phrase = tokens.words(match.group(1) or match.group(2)).split()
            asked += [*phrase, *tokens.pairs(phrase)]
            if len(phrase) > 2:
                phrases.append(" ".join(phrase))
        asked += tokens.words(QUOTED.sub(" ", query)).split()
        asked = list(dict.fromkeys(asked))[: 2 * MOST_WORDS]
        number = tokens.number(query) if any(sign.isdigit() for sign in query) else ""
        groups = [tuple(asked)] if asked else []
        typed = ranking.Typed.of(query, tokens.plain_number(number_key(query)) if number else "")
        return cls(
            typed=typed,
            groups=(*groups, (number,)) if number else tuple(groups),
            number=number,
            exact=tuple(tokens.exact(query)[:MOST_WORDS]),
            phrases=tuple(phrases[:MOST_WORDS]),
        )

    def keeps(self, row: Row) -> bool:
        """Whether a found row truly has every phrase; its number is reason enough."""
        return row.stands or row.number_key == self.typed.number_key


def _parts(search: Search, question: _Question, on: dt.date) -> Iterable[tuple[str, Wanted]]:
    yield ALL, _wanted(search, question.groups, on)
    if search.query and search.order in {"", "khop"}:
        if question.number:
            yield NUMBER, _wanted(search, [(question.number,)], on)
        if question.exact and question.groups[0] != (question.number,):
            yield EXACT, _wanted(search, [(*question.groups[0], *question.exact)], on)
    if search.order == "qua-han":
        yield DUE, _wanted(search, question.groups, on, by_due=True)
    for key in search.filters:
        if search.query or len(search.filters) > 1:
            yield key, _wanted(search, question.groups, on, free=key)


def _wanted(
    search: Search, groups: Sequence[Sequence[str]], on: dt.date, *, free: str = "", by_due: bool = False
) -> Wanted:
    every = [tokens.value("due", True)] if by_due else []
    before = since = None
    for key, value in search.filters.items():
        if key == free:
            continue
        if key == "tra-loi" and value == Reply.LATE:
            every.append(tokens.value("due", True))
            before = on
            continue
        if key == "tra-loi" and value == Reply.RUNNING:
            since = on
        every.append(tokens.value(key, value))
    return Wanted(tuple(every), tuple(groups), before, since, by_due)


def _ordered(
    search: Search, question: _Question, found: Mapping[str, list[Row]], matching: Sequence[Row]
) -> list[int]:
    """Return the ids in the order asked for, whatever was found for any reason once."""
    rows = {
        row.id: row for part in (DUE, NUMBER, EXACT) for row in found.get(part, []) if question.keeps(row)
    }
    rows |= {row.id: row for row in matching}
    newest = sorted(rows.values(), key=lambda row: (row.published_at, row.id), reverse=True)
    if search.order == "qua-han":
        newest.sort(key=lambda row: row.earliest_due_on or _FAR)
    elif search.query and search.order != "moi":
        exact = {row.id for row in found.get(EXACT, [])} if question.exact else rows.keys()
        newest.sort(key=lambda row: ranking.order(row, question.typed, exact))
    return [row.id for row in newest]


def _facets(
    search: Search, found: Mapping[str, list[Row]], question: _Question, on: dt.date
) -> dict[str, list[FacetValue]]:
    """Count each facet among what matches with that facet free; one query more where that is too much."""
    counted: dict[str, list[FacetValue]] = {}
    unknown: dict[str, list[FacetValue]] = {}
    whole: set[str] = set()
    for key in KEYS:
        part = key if key in search.filters else ALL
        if part == key and not search.query and len(search.filters) == 1:
            whole.add(key)
            continue
        rows = found.get(part, [])
        kept = [row for row in rows if question.keeps(row)]
        (unknown if len(rows) > MOST else counted)[key] = facets.tally(kept, key, on)
    asked = whole | (unknown.keys() & {search.opened})
    if asked:
        sizes = {key: _most(search, key) for key in asked}
        _total, known = facets.kept(asked, most=sizes, chosen=search.filters, on=on)
        counted |= {key: known[key] for key in whole}
        counted |= {key: _merged(unknown[key], known[key]) for key in asked - whole}
    return {key: counted[key] if key in counted else _merged(unknown[key], []) for key in KEYS}


def _merged(seen: Iterable[FacetValue], known: Iterable[FacetValue]) -> list[FacetValue]:
    """Return the values that were seen, then those of the whole list, all without a number."""
    found = {one.value: FacetValue(one.value, one.name, None) for one in (*known, *seen)}
    first = dict.fromkeys(one.value for one in (*seen, *known))
    return [found[value] for value in first]


def _most(search: Search, key: str) -> int:
    return MOST_VALUES if key in MANY_VALUES and search.opened != key else ALL_VALUES


def _whole_list(search: Search, on: dt.date) -> Answer:
    """Answer without a question: the counts are kept, the order is an index."""
    total, found = facets.kept(KEYS, most={key: _most(search, key) for key in KEYS}, on=on)
    rows = findings()
    ids = rows.order_by("-published_at", "-id").values_list("pk", flat=True)
    if search.order == "qua-han":
        due = rows.filter(earliest_due_on__isnull=False).order_by("earliest_due_on", "-published_at", "-id")
        first = list(due.values_list("pk", flat=True)[:MOST])
        rest = ids.filter(earliest_due_on__isnull=True)[: MOST - len(first)] if len(first) < MOST else []
        return Answer(min(total, MOST), total > MOST, found, [*first, *rest])
    return Answer(min(total, MOST), total > MOST, found, ids)
