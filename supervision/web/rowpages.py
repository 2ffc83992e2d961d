"""Rows that people add, drawn page by page where one form could not send them all."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from supervision.law.specs import Field, Widget
from supervision.web.formfields import PARTS
from supervision.web.stepgroups import Rows

#: So many boxes of rows that people add may stand in one form, and so many of these rows where they are more.
BOXES, ADDED_ROWS_A_PAGE = 500, 20


def rows_a_page(field: Field) -> int:
    """Return how many rows that people add are drawn at once: all, unless one form could not send them."""
    boxes = sum(len(PARTS) if column.widget is Widget.DATE else 1 for column in field.columns)
    return field.most if boxes * field.most <= BOXES else ADDED_ROWS_A_PAGE


def goes_over_pages(field: Field) -> bool:
    """Whether what was typed in a field may stand on other pages than the one that is sent."""
    return field.widget is Widget.ROWS and (bool(field.source) or rows_a_page(field) < field.most)


def counted(field: Field, post: QueryDict, size: int) -> tuple[int, int]:
    """Return how many rows a post has, one that was asked for included, and how many more have no room."""
    try:
        count = min(int(post.get(f"{field.name}-total", "0")), size)
    except ValueError:
        count = 0
    wanted = max(count, 1) + (field.grows if post.get("them") == field.name else 0)
    return min(wanted, size), max(wanted - size, 0)


def paged(rows: Rows, kept: list[dict[str, Any]], number: int, size: int, more: int) -> Rows:
    """Set beside the rows of a page what was typed on the others, and `more` empty ones on the next."""
    start = (number - 1) * size
    rows.before, rows.after = kept[:start], kept[start + size :]
    count = start + len(rows.forms) + len(rows.after)
    if more and count < rows.field.most:
        rows.after = [*rows.after, *([{}] * more)]
        rows.next_page = count // size + 1
    if count > size:
        rows.page = Paginator(range(count), size).get_page(number)
        rows.codes = {str(place): rows.called(place) for place in range(count)}
    return rows
