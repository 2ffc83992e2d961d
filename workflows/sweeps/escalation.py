"""The sweep that tells officers when a rung of the ladder falls due on whatever an addressee is late with."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value

from supervision.cases.models import BoardSupervision, CaseDocument, Criticism, Recommendation, Urging
from supervision.cases.selectors import LETTER_KINDS, WAITING
from supervision.cases.services.ladder import SETTINGS, Rung, rung_of
from supervision.cases.services.urged import Subject, urged
from supervision.deadlines.services import calendar
from supervision.language.dates import vietnam_day
from supervision.law.calendar import ONE_DAY
from supervision.law.rules import RULES
from supervision.notices.models import Notice
from supervision.notices.services import News, tell_all
from supervision.organizations.services import settings_of

BATCH = 500


def tell_rungs(*, at: dt.datetime) -> int:
    """Tell the chairing body's officers, once a rung, that it is time to act; return how many were told.

    One whose letter is being signed needs no telling. Safe to run in several workers at once:
    the key of a notice is the subject, its rung and the date that has passed.
    """
    on = vietnam_day(at)
    return sum(_tell(rows, on=on, at=at) for rows in _batches(on))


def _batches(on: dt.date) -> Iterator[list[Any]]:
    """Yield what is late, of one kind at a time, with what the ladder asks of it; one query says what is."""
    kinds = [late(on).order_by().values_list(Value(place), "pk") for place, (late, *_how) in enumerate(LATE)]
    waiting = defaultdict(list)
    for place, pk in sorted(kinds[0].union(*kinds[1:], all=True)):
        waiting[place].append(pk)
    for place, found in waiting.items():
        _late, model, related, prefetched = LATE[place]
        rows = model._default_manager.select_related(*related).prefetch_related(_URGINGS, *prefetched)
        for start in range(0, len(found), BATCH):
            yield list(rows.filter(pk__in=found[start : start + BATCH]).order_by("pk"))


def _tell(rows: list[Any], *, on: dt.date, at: dt.datetime) -> int:
    settings = settings_of((row.case.lead for row in rows), SETTINGS)
    days = calendar() if isinstance(rows[0], BoardSupervision) else None
    news = []
    for row in rows:
        rung = rung_of(row, row.urgings.all(), settings[row.case.lead_id], on, days)
        if rung and rung.due_on <= on:
            news.append(_news(row, rung))
    known = Notice.objects.filter(key__in=[one.key for one in news], mandate__isnull=True)
    told = set(known.values_list("key", flat=True))
    fresh = [one for one in news if one.key not in told]
    tell_all(fresh, at=at)
    return len(fresh)


def _news(row: Subject, rung: Rung) -> News:
    one, case = urged(row), row.case
    followed = isinstance(row, Recommendation)
    what = f"kiến nghị {row.number}" if isinstance(row, Recommendation) else one.what.vi
    kind = "" if followed else f"{row._meta.model_name}:"
    return News(
        key=f"rung:{kind}{row.pk}:{rung.passed.isoformat()}:{rung.level}:{rung.ordinal}",
        kind="recommendation.rung" if followed else "answer.rung",
        organization=case.lead,
        mandate=None,
        title=f"{rung.title.vi}: {case.code}, {what}, {one.agency.short_name}",
        address=one.address,
        case_code=case.code,
    )


def _passed(clock: str, on: dt.date) -> Q:
    """The filter for rows whose `clock` runs and has passed."""
    return Q(
        **{
            f"{clock}__met_on__isnull": True,
            f"{clock}__dropped_at__isnull": True,
            f"{clock}__paused_from_on__isnull": True,
            f"{clock}__due_on__lt": on,
        }
    )


_URGINGS = Prefetch("urgings", Urging.objects.order_by("pk"))
_LETTERS = CaseDocument.objects.filter(document__kind__in=LETTER_KINDS, document__state__in=WAITING)
#: A letter about what is one with its case is tied to nothing else in it.
_OF_CASE = _LETTERS.filter(case=OuterRef("case"), recommendation=None, inquiry=None)


def _late_recommendations(on: dt.date) -> QuerySet[Any]:
    late = _passed("reply_deadline", on) | _passed("action_deadline", on)
    return Recommendation.objects.filter(late).exclude(Exists(_LETTERS.filter(recommendation=OuterRef("pk"))))


def _late_criticisms(on: dt.date) -> QuerySet[Any]:
    return Criticism.objects.filter(_passed("reply_deadline", on)).exclude(Exists(_OF_CASE))


def _late_board_papers(on: dt.date) -> QuerySet[Any]:
    """Boards' papers past their fifteen days, those nobody acknowledged included."""
    length = RULES["S3_REPLY"].length or 0
    sent = Q(reply_deadline=None, sent_at__date__lt=on - length * ONE_DAY)
    rows = BoardSupervision.objects.filter(_passed("reply_deadline", on) | sent, silent_at=None)
    return rows.exclude(Exists(_OF_CASE))


#: What can be late, and what the ladder reads of it.
LATE: tuple[tuple[Callable[[dt.date], QuerySet[Any]], Any, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        _late_recommendations,
        Recommendation,
        ("case__lead", "addressee", "reply_deadline", "action_deadline"),
        (),
    ),
    (_late_criticisms, Criticism, ("case__lead", "addressee", "reply_deadline"), ()),
    (
        _late_board_papers,
        BoardSupervision,
        ("case__lead", "board__organization", "settler", "reply_deadline"),
        ("settlements",),
    ),
)
