"""Is what lists show what was published: search rows, standings, counts of facets and beginnings of files.

They are no record of their own, so no event holds their hash: they are made again from the rows whose hashes
are held, in pieces of PIECE publications, and told against what stands. `search_rebuild`
mends them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.db.models import Max, Prefetch

from supervision.publication import beginnings, facets, index
from supervision.publication.listed import FacetCount, SearchRow, Standing
from supervision.publication.models import Beginning, Entry, FollowUp, Publication

PIECE = 64  # publications: each with its whole text
Found = dict[int, list[str]]


def troubles() -> Iterator[str]:
    """Yield a sentence for everything shown that is not what was published; what is read is bounded.

    What differs is read once more: a paper that was published or followed up between two queries fits then.
    """
    last, rows = 0, Publication.objects.order_by("pk").values_list("pk", flat=True)
    while ids := list(rows.filter(pk__gt=last)[:PIECE]):
        last = ids[-1]
        for look in (_rows, _beginnings):
            if (found := look(ids)) and (again := look(list(found))):
                for pk in sorted(again):
                    yield from (one for one in again[pk] if one in found[pk])
    if counted := _counts():
        once_more = _counts()
        yield from (one for one in counted if one in once_more)


# -- rows of lists -----------------------------------------------------------------------


def _rows(ids: list[int]) -> Found:
    """Return what is wrong with the search rows and standings of these publications."""
    told = _newest(ids)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(publication__in=ids).order_by("pk"):
        entries[entry.publication_id].append(entry)
    there = SearchRow.objects.filter(publication__in=ids).prefetch_related(
        Prefetch("standings", Standing.objects.order_by("number"))
    )
    rows = {row.publication_id: row for row in there}
    found: Found = {}
    for publication in Publication.objects.filter(pk__in=ids).defer("html").order_by("pk"):
        current, own = told.get(publication.pk, []), entries[publication.pk]
        what, words = {entry.what for entry in own}, index.corrected_words(publication, own)
        columns = index.columns(publication, current, what, words, index.letters_about(own))
        if wrong := list(_unlike(publication.number_text, rows.get(publication.pk), columns, current)):
            found[publication.pk] = wrong
    return found


def _newest(ids: list[int]) -> dict[int, list[FollowUp]]:
    """Return where the recommendations of publications stand, without all that they once were."""
    last = FollowUp.objects.filter(publication__in=ids).order_by().values("publication", "number")
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for row in FollowUp.objects.filter(pk__in=last.annotate(last=Max("pk")).values("last")).order_by("pk"):
        found[row.publication_id].append(row)
    return {pk: index.newest(rows) for pk, rows in found.items()}


def _unlike(number: str, row: Any, columns: dict[str, Any], current: list[FollowUp]) -> Iterator[str]:
    if row is None:
        yield f"{number} is not listed"
        return
    if names := _different(row, columns):
        yield f"{number} is listed with another {names}"
    stands = {one.number: one for one in row.standings.all()}
    for follow_up in current:
        standing = stands.pop(follow_up.number, None)
        if standing is None:
            yield f"{number}: recommendation {follow_up.number} is not listed"
            continue
        should = index.standing(follow_up, SimpleNamespace(**columns))
        should["follow_up_id"] = should.pop("follow_up").pk
        if names := _different(standing, should):
            yield f"{number}: recommendation {follow_up.number} is listed with another {names}"
    yield from (f"{number}: recommendation {one} was never told" for one in stands)


def _different(row: Any, should: dict[str, Any]) -> str:
    return ", ".join(sorted(name for name, value in should.items() if getattr(row, name) != value))


# -- counts of facets --------------------------------------------------------------------


def _counts() -> list[str]:
    """Return what is wrong with the counts of the whole list: as the rows of it say, and named by them.

    An agency that was renamed is named as it was or as it is: by anything that was ever told of it.
    """
    counts: Counter[tuple[str, str]] = Counter()
    names: dict[tuple[str, str], set[str]] = defaultdict(lambda: {""})
    for row in index.listed():
        counts[facets.TOTAL] += 1
        for key, value, name in facets.every(row):
            counts[key, value] += 1
            names[key, value].add(name)
    found = []
    for kept in FacetCount.objects.order_by("key", "value").iterator():
        at = kept.key, kept.value
        if kept.count != (count := counts.pop(at, 0)):
            found.append(_miscounted(*at, kept.count, count))
        if kept.name not in names.get(at, {""}) and not _was_told(*at, kept.name):
            found.append(f"facet {kept.key} {kept.value} is named otherwise than anything published")
    return found + [_miscounted(*at, 0, count) for at, count in sorted(counts.items())]


def _miscounted(key: str, value: str, kept: int, count: int) -> str:
    what = f"facet {key} {value}" if key else "the list"
    return f"{what} counts {kept}, not {count}"


def _was_told(key: str, value: str, name: str) -> bool:
    rows = FollowUp.objects.filter(addressee_code=value, addressee_name=name)
    return key == "co-quan" and rows.exists()


# -- beginnings of files -----------------------------------------------------------------


def _beginnings(ids: list[int]) -> Found:
    """Return which beginnings of files are not noted, or noted and no beginnings, of these publications.

    A file that the worker has not read yet has none: so long as no later one was read.
    """
    publications = Publication.objects.filter(pk__in=ids).only("number_text", "pdf_sha256", "pdf_size")
    noted: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for one in Beginning.objects.filter(publication__in=ids):
        noted[one.publication_id].add((one.size, one.sha256))
    last = Beginning.objects.aggregate(last=Max("publication"))["last"] or 0
    found: Found = {}
    for publication in publications.prefetch_related("renewals").order_by("pk"):
        has = noted[publication.pk]
        if not has and publication.pk > last:
            continue
        should, name = beginnings.of(publication), f"the file of {publication.number_text}"
        wrong = [f"{name} begins with one of {size} bytes that is not noted" for size, _ in should - has]
        wrong += [
            f"{name} does not begin with the one of {size} bytes that is noted" for size, _ in has - should
        ]
        if wrong:
            found[publication.pk] = sorted(wrong)
    return found
