"""Tags for official papers. Everything printed passes Django's escaping; no tag marks text safe."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone

from supervision.documents import charts, typesetting
from supervision.language.codes import grouped
from supervision.language.dates import long_date

register = template.Library()
_LETTERS_BESIDE, _LINES_BESIDE = 36, 38


@register.inclusion_tag("documents/_text.html")
def text(value: str | None, last: bool = False) -> dict[str, Any]:
    """Print free text as paragraphs and lists; `last` ends it with "./." and keeps it with the signature."""
    found = typesetting.blocks(value or "")
    if last and found:
        _end(found[-1])
    return {"blocks": found, "last": last}


@register.inclusion_tag("documents/_text.html")
def nested(blocks: list[typesetting.Block]) -> dict[str, Any]:
    """Print blocks that `text` has already made."""
    return {"blocks": blocks, "last": False}


def _end(block: typesetting.Block) -> None:
    if not block.items:
        block.text = typesetting.ended(block.text, "./.")
    elif block.items[-1].blocks:
        _end(block.items[-1].blocks[-1])
    else:
        block.items[-1].text = typesetting.ended(block.items[-1].text, "./.")


@register.filter
def joined(value: Any) -> str:
    """Keep document symbols and pairs such as "ngày 05" on one line."""
    return typesetting.join(str(value or ""))


@register.filter
def title_lines(value: Any) -> str:
    """Keep the last words of a centred title together."""
    return typesetting.balanced(str(value or ""))


@register.filter
def ended(value: Any, mark: str) -> str:
    """End with `mark`, whatever punctuation the text ended in."""
    return typesetting.ended(str(value or ""), mark)


@register.filter
def long_day(value: str | None) -> str:
    """ISO date to "ngày 05 tháng 8 năm 2026"."""
    return long_date(dt.date.fromisoformat(value)) if value else ""


@register.filter
def short_day(value: str | None) -> str:
    """ISO date to "05/8/2026": on papers the zero stands before days under 10 and months 1 and 2 only."""
    if not value:
        return ""
    day = dt.date.fromisoformat(value)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


@register.filter
def moment(value: str | None) -> str:
    """ISO moment to "08 giờ 00, ngày 09 tháng 9 năm 2026" in Vietnam time; a day alone to its words."""
    if not value or "T" not in value:
        return long_day(value)
    local = timezone.localtime(dt.datetime.fromisoformat(value))
    return f"{typesetting.clock(local)}, {long_date(local.date())}"


@register.filter
def chart_words(value: dict[str, Any]) -> str:
    """All figures of a chart in a sentence."""
    return charts.words(value)


@register.filter
def first_line(value: str) -> str:
    """The text of an article as far as its first line break."""
    return value.split("\n", 1)[0]


@register.filter
def other_lines(value: str) -> str:
    """What follows the first line of an article."""
    return value.split("\n", 1)[1] if "\n" in value else ""


@register.filter
def upper_first(value: Any) -> str:
    """Raise the first letter only."""
    string = str(value or "")
    return string[:1].upper() + string[1:]


@register.filter
def in_list(value: int, numbers: list[int] | None) -> bool:
    """Whether `value` is among `numbers`."""
    return value in (numbers or [])


@register.filter
def any_has(rows: list[dict[str, Any]], key: str) -> bool:
    """Whether something stands in column `key` of any row: an empty column is not printed."""
    return any(row.get(key) for row in rows)


@register.filter
def nth(value: list[Any], number: int) -> Any:
    """The item at `number`, counted from 0; "" where the list is shorter."""
    return value[number] if number < len(value) else ""


@register.filter
def stand_beside(recipients: list[str]) -> bool:
    """Whether "Nơi nhận" fits beside the signature with some text above; else it follows, over the page end.

    A line of 11 pt in 70 mm takes about 36 letters; 38 such lines leave room on a page for the QR code.
    """
    return sum(1 + len(line) // _LETTERS_BESIDE for line in recipients) <= _LINES_BESIDE


@register.filter
def grouped_code(code: str) -> str:
    """A verification code in groups of four, as the pages show it."""
    return grouped(code)
