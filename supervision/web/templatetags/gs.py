"""Tags and filters of the house style; see docs/reference/components.md."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, MultiWidget
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template.context import Context
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from supervision import demo as demo_people
from supervision.language.codes import grouped
from supervision.law.text import T
from supervision.page import english, here, in_language, local_day, long_date, short_date, when
from supervision.web.icons import DEADLINE, PATHS

register = template.Library()


register.filter("t", in_language)
register.filter("here", here)
register.filter("short_date", short_date)
register.filter("long_date", long_date)
register.filter("when", when)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of `web.icons`; it is decoration, so words must stand beside it."""
    return mark_safe(  # our own constants, nothing a person typed
        f'<svg class="gs-icon" viewBox="0 0 16 16" aria-hidden="true">{PATHS[name]}</svg>'
    )


@register.simple_tag(name="t")
def t_tag(text: Any) -> Any:
    """Print a `law.text.T` in the language of the page; anything else as it is."""
    return in_language(text)


@register.filter
def vi(text: Any) -> Any:
    """Mark words that stay Vietnamese (names, titles, what people wrote) on an English page."""
    return format_html('<span lang="vi">{}</span>', text) if text and english() else text


@register.filter
def named(text: Any) -> Any:
    """Print a `law.text.T` as `t` does, and mark the name that stands behind its label in both languages."""
    if not isinstance(text, T) or not english():
        return in_language(text)
    label, colon, name = text.en.partition(": ")
    if not colon or name != text.vi.partition(": ")[2] or not any(sign.isalpha() for sign in name):
        return text.en
    return format_html('{}: <span lang="vi">{}</span>', label, name)


@register.filter(is_safe=True)
@stringfilter
def one_line(text: str) -> str:
    """Put words that a template writes over several lines, such as a page's title, on one."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """`short_date` inside a time element."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', local_day(value).isoformat(), short_date(value))


@register.filter
def moment(value: dt.datetime | None) -> str:
    """`when` inside a time element."""
    if not value:
        return ""
    stamp = timezone.localtime(value).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', stamp, when(value))


@register.filter
def file_size(size: int | None) -> str:
    """412 KB, 1,2 MB: decimal units, as file managers show them."""
    if size is None:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{number_format(size / 1_000_000, 1, use_l10n=True)} MB"


@register.filter
def page_count(pages: int) -> str:
    """6 trang, 1 page, 6 pages."""
    return ngettext("%(n)s trang", "%(n)s trang", pages) % {"n": pages}


@register.filter
def file_kind(name: str) -> str:
    """PDF for "Biên bản.pdf"."""
    return name.rsplit(".", 1)[-1].upper() if "." in name else ""


@register.filter
def grouped_code(code: str) -> str:
    """A verification code in groups of four, as printed under the QR square."""
    return grouped(code)


@register.filter
def grouped_hash(digest: str) -> str:
    return grouped(digest, " ")


@register.inclusion_tag("components/chip.html")
def chip(kind: str, words: Any, icon: str = "ring") -> dict[str, Any]:
    """A state chip: kind is ok, info, soon, late, bad, ext, open or "" (calm)."""
    return {"kind": kind, "words": in_language(words), "icon": icon}


@register.inclusion_tag("components/chip.html")
def deadline_chip(state: Any) -> dict[str, Any]:
    """A deadline chip from a `DeadlineState`; it leads to the page that tells why it is this date."""
    kind, icon_name = DEADLINE[str(state.kind)]
    address = here(f"/han/{state.public_id}/") if state.public_id else ""
    return {"kind": kind, "words": in_language(state.words), "icon": icon_name, "address": address}


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> str:
    """The same page in the other language, query kept."""
    path = context["request"].get_full_path()
    if path == "/en" or path.startswith("/en/"):
        return path[3:] or "/"
    return f"/en{path}"


@register.simple_tag(takes_context=True)
def current(context: Context, address: str) -> SafeString | str:
    """The aria-current attribute of a place in the menu: "page" on it, "true" below it."""
    path = context["request"].path
    place = here(address)
    if path == place:
        return mark_safe(' aria-current="page"')
    if address != "/" and path.startswith(place):
        return mark_safe(' aria-current="true"')
    return ""


@register.simple_tag(takes_context=True)
def session_ends(context: Context) -> str:
    """When the session of the signed-in person runs out, Vietnam time, as 14:37."""
    return timezone.localtime(context["request"].session.get_expiry_date()).strftime("%H:%M")


@register.filter
def first_control(field: BoundField) -> str:
    """The id that an error summary links to: the control, or the first one of a group."""
    if isinstance(field.field.widget, MultiWidget | RadioSelect | CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The query of this page with some keys set or (empty value) removed; the page number goes."""
    query = context["request"].GET.copy()
    query.pop("trang", None)
    for key, value in changes.items():
        query.pop(key, None)
        if value not in ("", None):
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else context["request"].path


@register.filter
def elided(paginator: Any, number: int) -> Any:
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int) -> str:
    """The query of this page with another page number."""
    query = context["request"].GET.copy()
    query["trang"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag
def demo_accounts() -> list[Any]:
    """The sample accounts of the login page; none outside the demonstration."""
    return demo_people.accounts()


@register.simple_tag
def demo_password() -> str:
    return str(getattr(settings, "DEMO_PASSWORD", ""))


@register.inclusion_tag("components/rail.html")
def rail(*, start: dt.date, first: dt.date, due: dt.date, today: dt.date) -> dict[str, Any]:
    """A deadline drawn as a line: start, first due date, due date after extensions, today."""
    end = max(due, today, start + dt.timedelta(days=1))
    whole = (end - start).days

    def at(day: dt.date) -> str:
        return f"{min(99.6, max(0.0, 100 * (day - start).days / whole)):.1f}"

    return {
        "first": at(min(first, due)),
        "due": at(due) if due < end else "100",
        "now": at(max(today, start)),
        "today": today,
        "is_extended": due > first,
        "is_over": today > due,
    }
