"""The last resort for what is alone: a clause that only refers to another goes where that one goes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from supervision.legaltext.alignment.side import Side
from supervision.legaltext.alignment.splits_merges import Shares
from supervision.legaltext.outline import Kind

_CITED = re.compile(r"khoản (?P<clause>\d+) Điều (?P<article>\d+)", re.I)
_MANY = 12  # clauses of one article that are alone; where there are more nothing is known
_LEAST = 0.1  # nearness to both together, which says little more than that it is the same matter


def join_references(merges: Shares) -> list[int]:
    """Merge two old clauses, one of which says "as in clause 2 of Article 9", into a new one in their place.

    Only what no other pass could place: both old clauses and the new one are alone, and the new one stands in
    the article of one of them. Returns the new clauses; each is for a person to confirm.
    """
    new, old = merges.one, merges.many
    places = {unit.id: n for n, unit in enumerate(old.units)}
    alone, free = set(old.alone()), defaultdict(list)
    for n in new.alone():
        if new.units[n].kind is Kind.CLAUSE:
            free[new.units[n].parent].append(n)
    found: list[int] = []
    for o in sorted(alone):
        for cited in _cited(old, o, places):
            articles = {old.units[cited].parent, old.units[o].parent}
            here = [n for article in articles for n in free[article]]
            if not alone.issuperset((cited, o)) or not 0 < len(here) < _MANY:
                continue
            near, place = max((merges.alike(n, (cited, o)), -n) for n in here)
            if near > _LEAST:
                best = -place  # of two equally near the first
                merges.take(best, (cited, o))
                alone.difference_update((cited, o))
                free[new.units[best].parent].remove(best)
                found.append(best)
    return found


def _cited(old: Side, o: int, places: dict[str, int]) -> Iterator[int]:
    """Yield the clauses that a clause refers to."""
    if old.units[o].kind is Kind.CLAUSE:
        for found in _CITED.finditer(old.units[o].text):
            cited = places.get(f"dieu-{found['article']}-khoan-{found['clause']}", o)
            if cited != o:
                yield cited
