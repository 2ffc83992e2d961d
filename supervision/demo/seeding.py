"""Seeding the demonstration: all cases told together, day by day, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from supervision.casefiles.models import Case
from supervision.demo import script, world
from supervision.demo.clock import Clock
from supervision.demo.crowd import crowd
from supervision.demo.driver import Driver
from supervision.demo.plots import Plot, plots
from supervision.demo.script import Told
from supervision.documents.models import Document
from supervision.notices.models import Notice

#: Before this day there was not yet a year of the new map to tell the longest story in.
EARLIEST = dt.date(2026, 3, 1)
#: The told cases come in whole; a smaller world holds as many of them as half its cases.
TOLD_SHARE = 2

Progress = Callable[[int, int], None]  # acts done, of


@dataclass(frozen=True)
class Seeded:
    """What a run made."""

    cases: int
    acts: int
    signed: int


def is_seeded() -> bool:
    """Whether there is any case: a world in use is never added to."""
    return Case.objects.exists()


def told_cases(*, cases: int, seed: int, today: dt.date) -> list[Plot]:
    """Return the cases of the world in the order in which they are listed, with their acts."""
    since = max(today - dt.timedelta(days=365), world.SINCE + dt.timedelta(days=7))
    told = plots(today)[: cases // TOLD_SHARE]
    return [*told, *crowd(cases - len(told), seed=seed, today=today, since=since)]


def seed_demo(
    *, seed: int, today: dt.date, cases: int = 200, progress: Progress = lambda done, of: None
) -> Seeded:
    """Build the people and tell the cases as they stand in the morning of `today`.

    The acts of all cases happen in the order of their days, so that numbers and codes rise with
    time. One transaction: an interrupted run leaves nothing. ValueError for a day too early.
    """
    if today < EARLIEST:
        raise ValueError(f"the map begins on 1 July 2025; choose a day from {EARLIEST} on")
    with transaction.atomic():
        world.build(at=Clock().at(world.SINCE))
        made = told_cases(cases=cases, seed=seed, today=today)
        acts = _in_order(made)
        clock = Clock()
        drivers = {plot.key: Driver(plot.first_day, seed=f"mau:{plot.key}", clock=clock) for plot in made}
        for done, (plot, told) in enumerate(acts, start=1):
            script.perform(drivers[plot.key], told)
            progress(done, len(acts))
        _settle_the_past(today)
    signed = Document.objects.filter(state=Document.State.SIGNED).count()
    return Seeded(len(made), len(acts), signed)


def _in_order(made: list[Plot]) -> list[tuple[Plot, Told]]:
    """Return every act of every case by its day; within a day and a case as they were told."""
    acts = [(plot, told) for plot in made for told in plot.script]
    return sorted(acts, key=lambda act: act[0].first_day + dt.timedelta(days=act[1].day))


def _settle_the_past(today: dt.date) -> None:
    """Old mails were read long ago, and the papers are signed: the worker starts with a clean desk."""
    morning = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    recent = morning - dt.timedelta(days=1)
    Notice.objects.filter(created_at__lt=recent).update(sent_at=F("created_at"))
    DBTaskResult.objects.ready().filter(queue_name="signing").delete()
