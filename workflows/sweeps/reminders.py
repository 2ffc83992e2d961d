"""The sweep that reminds of deadlines: each reminder once, to whoever must act then.

Inbox and pages derive lateness when they are read and need none of this; a stopped worker
delays a mail and hides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from supervision.deadlines.models import Deadline, Reminder
from supervision.deadlines.reminders import PASSED, is_told, may_be_due, reminder_due
from supervision.language.dates import short_date, vietnam_day
from supervision.notices.kinds import WORKERS
from supervision.notices.services import News, tell_all
from supervision.organizations.models import Organization
from supervision.organizations.services import settings_of, values_in_use
from supervision.organizations.substitutions import substitutes_of
from workflows.inbox.substitutes import does_instead
from workflows.inbox.work_items import step_of
from workflows.models import WorkItem

OFFSETS = tuple(f"reminder_offset_{number}" for number in range(1, 6))
BATCH = 500


def remind(*, at: dt.datetime) -> int:
    """Tell every reminder that is due and was not told; return of how many deadlines.

    The number of queries grows with the batches, not with the deadlines. Safe to run in
    several workers at once.
    """
    on = vietnam_day(at)
    waiting = sorted(due_now(on).values_list("pk", flat=True))
    batches = (waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH))
    return sum(_tell(batch, on=on, at=at) for batch in batches)


def due_now(on: dt.date) -> QuerySet[Deadline]:
    """Return the deadlines someone works on of which a reminder may be due, by the index of open ones."""
    work = WorkItem.objects.filter(finished_at__isnull=True, deadline=OuterRef("pk"))
    return Deadline.objects.filter(may_be_due(_wanted(values_in_use(OFFSETS)), on), Exists(work))


def _wanted(offsets: Iterable[int]) -> set[int]:
    """The offsets at which somebody reminds; none is asked for by a zero."""
    return {days for days in offsets if days}


@transaction.atomic
def _tell(batch: list[int], *, on: dt.date, at: dt.datetime) -> int:
    """Tell what is due among these deadlines; return how many.

    The rows stay locked until all is written, those of another worker are passed over; what was
    told is read only under the lock, so that no worker goes by an older picture.
    """
    locked = Deadline.objects.select_for_update(skip_locked=True)
    deadlines = list(locked.filter(pk__in=batch).order_by("pk"))
    items = _items(deadlines)
    told = _told(deadlines)
    settings = settings_of((one.case.lead for many in items.values() for one in many), OFFSETS)
    stands_in = substitutes_of((one.mandate_id for many in items.values() for one in many), on)
    reminders, news = [], []
    for deadline in deadlines:
        if not (own := items[deadline.pk]):
            continue  # done a moment ago
        days = reminder_due(deadline, _wanted(settings[own[0].case.lead_id].values()), on)
        if days is None or is_told(days, told[deadline.pk]):
            continue
        reminders.append(Reminder(deadline=deadline, due_on=deadline.due_on, days_before=days, at=at))
        for item in own:
            told_of = list(_news(item, deadline, days))
            news += told_of
            substitute = stands_in.get(item.mandate_id)
            if substitute and does_instead(substitute, item):
                news.append(replace(told_of[0], mandate=substitute))
    Reminder.objects.bulk_create(reminders)
    tell_all(news, at=at)
    return len(reminders)


def _items(deadlines: list[Deadline]) -> dict[int, list[WorkItem]]:
    found = defaultdict(list)
    rows = WorkItem.objects.filter(finished_at__isnull=True, deadline__in=deadlines)
    about = (
        "case__lead",
        "organization",
        "mandate",
        "inquiry__agency",
        "recommendation",
        "criticism",
        "consultation",
    )
    for item in rows.select_related(*about, "consultation__organization", "consultation__person__user"):
        found[item.deadline_id].append(item)
    return found


def _told(deadlines: list[Deadline]) -> dict[int, list[int]]:
    """What was told of the due dates now in force."""
    in_force = {deadline.pk: deadline.due_on for deadline in deadlines}
    found = defaultdict(list)
    rows = Reminder.objects.filter(deadline__in=deadlines)
    for pk, due_on, days in rows.values_list("deadline_id", "due_on", "days_before"):
        if due_on == in_force[pk]:
            found[pk].append(days)
    return found


def _news(item: WorkItem, deadline: Deadline, days: int) -> Iterator[News]:
    """What is told of one piece of work: to whoever must do it; of lateness also to the chairing body."""
    title, about = step_of(item).title.vi, item.about
    work = f"{title}, {about.vi}" if about else title
    day = short_date(deadline.due_on)
    key = f"reminder:{deadline.pk}:{deadline.due_on.isoformat()}:{days}"
    own, code = f"/viec-cua-toi/{item.public_id}/", item.case.code
    if days != PASSED:
        words = f"{code}: {work}, hạn {day}"
        yield News(key, _kind(item), item.organization, item.mandate, words, own, code)
        return
    words = f"{code}: {work}, đã quá hạn {day}"
    yield News(key, "deadline.passed", item.organization, item.mandate, words, own, code)
    lead: Organization = item.case.lead
    if lead.pk != item.organization_id or item.mandate_id:
        yield News(key, "deadline.passed", lead, None, words, _page_of(item), code)


def _kind(item: WorkItem) -> str:
    """Work on offer that only heads may do is told to them, all other work to those who do it."""
    for_workers = item.mandate_id or any(f"|{duty}|" in item.duties for duty in WORKERS)
    return "deadline.near" if for_workers else "deadline.near_for_heads"


def _page_of(item: WorkItem) -> str:
    """The page on which the chairing body sees who owes what."""
    if item.inquiry:
        return f"/yeu-cau/{item.inquiry.public_id}/"
    if item.recommendation:
        return f"/kien-nghi/{item.recommendation.public_id}/"
    if item.criticism:
        return f"/phan-bien/{item.criticism.public_id}/"
    return f"/ho-so/{item.case.public_id}/"
