"""Pages of long public lists, up to a bound: the last page costs what the first one does."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from supervision.page import english
from supervision.publication.counting import MOST, counts


class Bounded(Paginator):  # type: ignore[type-arg]
    """A paginator of the first `MOST` of a list; `more` tells that the list is longer.

    What is known of the list's length can be given, else it is counted as far as the bound.
    """

    def __init__(
        self, rows: Any, per_page: int, *, known: int | None = None, more: bool | None = None
    ) -> None:
        super().__init__(rows, per_page)
        self.known, self.known_more = known, more

    @cached_property
    def found(self) -> int:
        return counts([self.object_list])[0] if self.known is None else self.known  # type: ignore[list-item]

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST)

    @property
    def more(self) -> bool:
        return self.found > MOST if self.known_more is None else self.known_more


def number(count: int) -> str:
    """Return a count in words: nobody counts beyond `MOST`."""
    if count <= MOST:
        return str(count)
    return _("hơn %(n)s") % {"n": thousands(MOST)}


def thousands(count: int) -> str:
    """Return "1.000", in English "1,000"."""
    return f"{count:,}" if english() else f"{count:,}".replace(",", ".")
