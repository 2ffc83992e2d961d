"""What a calendar feed shows: the open deadlines of one person, or of one organization."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from supervision.law.text import T
from supervision.notices.icalendar import DayEvent
from supervision.notices.models import CalendarFeed
from supervision.organizations.actors import Actor
from workflows.inbox import substitutes, work_items
from workflows.inbox.work_items import step_of
from workflows.models import WorkItem


def events_of(feed: CalendarFeed, actor: Actor, *, on: dt.date, site: str, language: str) -> list[DayEvent]:
    """Return one event for each deadline that runs, by one query; done work is left out by itself.

    A person sees what the inbox shows them; an organization all of its work. A clock that stands
    still has no date. `site` is the address of the product, `language` "vi" or "en".
    """
    if feed.whole_organization:
        whose = work_items.led_q(actor, on)
    else:
        whose = substitutes.in_hand_q(actor, on) | substitutes.on_offer_q(actor, on)
    items = WorkItem.objects.filter(
        whose,
        Q(deadline__paused_from_on__isnull=True) | Q(deadline__paused_from_on__gt=on),
        finished_at__isnull=True,
        deadline__met_on__isnull=True,
        deadline__dropped_at__isnull=True,
        deadline__isnull=False,
    )
    rows = items.select_related("case", "deadline", "inquiry__agency", "recommendation")
    by_clock: dict[str, DayEvent] = {}
    for item in rows.order_by("deadline__due_on", "pk"):
        event = _event(item, site=site, language=language)
        by_clock.setdefault(event.uid, event)
    return list(by_clock.values())


def _event(item: WorkItem, *, site: str, language: str) -> DayEvent:
    """Titles only: whoever is asked by name is not named."""
    title = step_of(item).title
    if item.consultation_id is None and item.about is not None:
        title = T(f"{title.vi}, {item.about.vi}", f"{title.en}, {item.about.en}")
    host = site.partition("://")[2]
    path = "/en" if language == "en" else ""
    return DayEvent(
        uid=f"{item.deadline.public_id}@{host}",
        day=item.deadline.due_on,
        summary=T(f"Hạn: {title.vi} ({item.case.code})", f"Due: {title.en} ({item.case.code})").in_(language),
        description=item.case.title,
        address=f"{site}{path}/viec-cua-toi/{item.public_id}/",
    )
