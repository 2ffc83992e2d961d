"""The sweep that tells officers when a rung of the ladder falls due on an overdue recommendation."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from supervision.cases.models import CaseDocument, Recommendation, Urging
from supervision.cases.selectors import LETTER_KINDS, WAITING
from supervision.cases.services.ladder import SETTINGS, Rung, rung_of
from supervision.cases.services.overdue import overdue_clock
from supervision.language.dates import vietnam_day
from supervision.notices.models import Notice
from supervision.notices.services import News, tell_all
from supervision.organizations.services import settings_of

BATCH = 500


def tell_rungs(*, at: dt.datetime) -> int:
    """Tell the chairing body's officers, once a rung, that it is time to act; return how many were told.

    One whose letter is being signed needs no telling. Safe to run in several workers at once:
    the key of a notice is the recommendation, its rung and the date that has passed.
    """
    on, told, last = vietnam_day(at), 0, 0
    while True:
        rows = list(_late(on).filter(pk__gt=last).order_by("pk")[:BATCH])
        if not rows:
            return told
        told += _tell(rows, on=on, at=at)
        last = rows[-1].pk


def _tell(rows: list[Recommendation], *, on: dt.date, at: dt.datetime) -> int:
    settings = settings_of((row.case.lead for row in rows), SETTINGS)
    news = []
    for row in rows:
        clock, rung = overdue_clock(row, on), rung_of(row, row.urgings.all(), settings[row.case.lead_id], on)
        if clock and rung and rung.due_on <= on:
            news.append(_news(row, rung, clock.due_on))
    known = Notice.objects.filter(key__in=[one.key for one in news], mandate__isnull=True)
    told = set(known.values_list("key", flat=True))
    fresh = [one for one in news if one.key not in told]
    tell_all(fresh, at=at)
    return len(fresh)


def _news(row: Recommendation, rung: Rung, passed: dt.date) -> News:
    what = f"{rung.title.vi}: {row.case.code}, kiến nghị {row.number}, {row.addressee.short_name}"
    return News(
        key=f"rung:{row.pk}:{passed.isoformat()}:{rung.level}:{rung.ordinal}",
        kind="recommendation.rung",
        organization=row.case.lead,
        mandate=None,
        title=what,
        address=f"/kien-nghi/{row.public_id}/",
    )


def _late(on: dt.date) -> QuerySet[Recommendation]:
    """Recommendations with a clock of the addressee that has run out, about which no letter waits."""
    late = Q()
    for clock in ("reply_deadline", "action_deadline"):
        late |= Q(
            **{
                f"{clock}__met_on__isnull": True,
                f"{clock}__dropped_at__isnull": True,
                f"{clock}__paused_from_on__isnull": True,
                f"{clock}__due_on__lt": on,
            }
        )
    letters = CaseDocument.objects.filter(
        recommendation=OuterRef("pk"), document__kind__in=LETTER_KINDS, document__state__in=WAITING
    )
    return (
        Recommendation.objects.filter(late)
        .exclude(Exists(letters))
        .select_related("case__lead", "addressee", "reply_deadline", "action_deadline")
        .prefetch_related(Prefetch("urgings", Urging.objects.order_by("pk")))
    )
