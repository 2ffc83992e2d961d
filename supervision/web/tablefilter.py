"""What the table of remarks may be narrowed to: a provision, whose they are, words, what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from supervision.drafts import texts
from supervision.drafts.models import Answer, Draft, Remark
from supervision.drafts.models.remark import DROPPED, NOT_FOUND, WHOLE
from supervision.drafts.table import matrix
from supervision.drafts.versions import comparison
from supervision.language.folding import fold
from supervision.legaltext.outline import Kind
from supervision.legaltext.outline.citing import places
from supervision.legaltext.outline.nodes import NARROW

#: Answers by what the address says of them; "" are those still open.
VERDICTS = {
    "tiep-thu": Answer.Verdict.ACCEPTED,
    "mot-phan": Answer.Verdict.PARTLY,
    "khong-tiep-thu": Answer.Verdict.NOT_ACCEPTED,
    "chua-tra-loi": "",
}
WHOLE_KEY, DROPPED_KEY, NOT_FOUND_KEY = "toan-van", "da-bo", "chua-ro"
_NARROW = (*NARROW, Kind.TABLE)


@dataclass(frozen=True)
class Provision:
    """A provision that may be chosen, with all that is in it: the places from `first` to `last`."""

    key: str
    name: str
    first: int
    last: int
    count: int
    is_listed: bool = True  # too narrow for a list: only a link leads to it
    also: Set[int] = frozenset()  # remarks that stand elsewhere first, and here as well


class TableFilter:
    """What was chosen in the address of the table of `draft`; what makes no sense chooses nothing."""

    def __init__(self, query: QueryDict, draft: Draft) -> None:
        self.words = query.get("q", "").strip()[:200]
        author, verdict = query.get("ai", ""), query.get("tra-loi", "")
        self.author = author if author in Remark.Author.values else ""
        self.verdict = verdict if verdict in VERDICTS else ""
        wanted = query.get("dieu", "")
        self.provisions = [
            one for one in _provisions(draft) if one.key == wanted or (one.count and one.is_listed)
        ]
        self.provision = next((one for one in self.provisions if one.key == wanted), None)

    @property
    def is_set(self) -> bool:
        """Whether anything but the verdict is chosen."""
        return bool(self.words or self.author or self.provision)

    @property
    def authors(self) -> list[tuple[str, str]]:
        return [(value, capfirst(str(label))) for value, label in Remark.Author.choices]

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return what is chosen of `matrix.remarks`, whatever the verdict."""
        if self.provision is not None:
            here = Q(place__range=(self.provision.first, self.provision.last))
            rows = rows.filter(here | Q(pk__in=self.provision.also) if self.provision.also else here)
        if self.author:
            rows = rows.filter(author=self.author)
        for word in fold(self.words).split():
            rows = rows.filter(search_text__contains=word)
        return rows

    def of_verdict(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of `rows` with the verdict that is chosen."""
        return rows if not self.verdict else rows.filter(says=VERDICTS[self.verdict])

    def count(self, counts: dict[str, int]) -> int:
        """Return how many are shown, of the `counts` of each verdict."""
        return counts[VERDICTS[self.verdict] or matrix.OPEN] if self.verdict else sum(counts.values())

    def pills(self, query: QueryDict, counts: dict[str, int]) -> list[dict[str, Any]]:
        """Return the links to each verdict, with what they would show."""
        pills = [self._pill(query, "", _("Tất cả"), sum(counts.values()))]
        for key, verdict in VERDICTS.items():
            words = Answer.Verdict(verdict).label if verdict else _("Chưa trả lời")
            pills.append(self._pill(query, key, words, counts[verdict or matrix.OPEN]))
        return pills

    def _pill(self, query: QueryDict, key: str, words: Any, count: int) -> dict[str, Any]:
        asked = query.copy()
        for name in ("trang", "tra-loi"):
            asked.pop(name, None)
        if key:
            asked["tra-loi"] = key
        address = f"?{asked.urlencode()}"
        return {"address": address, "words": words, "count": count, "current": key == self.verdict}


def _provisions(draft: Draft) -> Iterator[Provision]:
    """Yield the whole draft, each provision of its newest text, what was dropped, what was not found."""
    text = texts.text_of_table(draft)
    counted, split = comparison.standing(draft, text)
    yield Provision(WHOLE_KEY, matrix.WHOLE_DRAFT, WHOLE, WHOLE, counted[WHOLE])
    if text is None:
        return
    outline = text.outline
    order = texts.order_of(outline) if split else {}
    beside = [(pk, own, order.get(node, NOT_FOUND)) for pk, own, node in split]
    for first, place in enumerate(places(outline), start=1):
        last = first + sum(1 for _node in place.node.walk()) - 1
        also = {pk for pk, own, here in beside if first <= here <= last and not first <= own <= last}
        count = sum(counted[here] for here in range(first, last + 1)) + len(also)
        title = f". {place.node.title}" if place.node.title else ""
        is_listed = place.node.kind not in _NARROW
        yield Provision(place.node.id, f"{place.in_list}{title}", first, last, count, is_listed, also)
    yield Provision(DROPPED_KEY, _("Điều, khoản đã bỏ"), DROPPED, DROPPED, counted[DROPPED])
    yield Provision(NOT_FOUND_KEY, _("Chưa rõ điều, khoản"), NOT_FOUND, NOT_FOUND, counted[NOT_FOUND])
