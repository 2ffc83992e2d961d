"""Told stories for tests that begin from one: told once in a run where rows can be put back, then put back.

That each act of a story leaves tables and tasks in agreement is seen in `tests/workflows/test_stories.py`.
"""

from __future__ import annotations

import copy
import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from supervision.casefiles.models import Case
from supervision.demo import script, world
from supervision.demo.clock import Clock
from supervision.demo.driver import Driver
from supervision.law.registry import spec_of
from supervision.organizations.models import User
from tests import rewind
from tests.worker import complete_unprinted

#: Each form's own story, and its day D: what one form has of another is told by whichever comes first.
FORMS = {
    "s1": ("nghien-cuu-van-ban", dt.date(2026, 3, 24)),
    "s4": ("tham-gia-giam-sat", dt.date(2026, 3, 24)),
    "c1": ("hoi-nghi-phan-bien", dt.date(2026, 5, 19)),
    "c2": ("phan-bien-bang-van-ban", dt.date(2026, 10, 6)),
    "c3": ("doi-thoai-phan-bien", dt.date(2026, 10, 13)),
    "plan": ("ke-hoach-nam", dt.date(2026, 12, 15)),
    "o1": ("gop-y", dt.date(2026, 6, 30)),
    "dialogue": ("doi-thoai-nhan-dan", dt.date(2026, 7, 7)),
    "s3a": ("thanh-tra-nhan-dan", dt.date(2026, 5, 12)),
    "s3b": ("giam-sat-dau-tu-cong-dong", dt.date(2026, 8, 4)),
    "s3": ("lap-ban", dt.date(2026, 4, 7)),
    "s3c": ("bao-cao-cua-ban", dt.date(2026, 6, 30)),
}
#: Steps that forms have from `law.forms.following`: the delegation's journey keeps their pages.
SHARED = {step.name for step in spec_of("doan-giam-sat").steps}


def seen_before(name: str) -> set[str]:
    """Return the steps that other stories have before this one: the pages of each are looked at once."""
    earlier = list(FORMS)[: list(FORMS).index(name)]
    return SHARED | {told.act for one in earlier for told in script.read(one) if told.act != "open"}


class Story(NamedTuple):
    """Which story, told until which day of it, and the day on which the tests look at it."""

    name: str
    first_day: dt.date
    until: int
    seen_on: int


class _Kept(NamedTuple):
    rows: rewind.Rows
    driver: Driver


#: What was kept of a story with its first day: by the day of the story until which it was told.
_KEPT: dict[tuple[object, ...], dict[int, _Kept]] = {}
#: Fixtures that may change what a story does: with one of them it is told anew.
CHANGING = {"monkeypatch", "settings"}
#: Set for each test by `tests.conftest`.
fixtures_in_use: frozenset[str] = frozenset()


def tell(name: str, first_day: dt.date, *, until: int = 999) -> Driver:
    """Tell a story up to a day, its papers unprinted; where it was told before, put its rows back."""
    last = max((one.day for one in script.read(name) if one.day <= until), default=-999)
    if not _can_keep():
        world.build(at=timezone.now())
        return _go_on(_begin(name, first_day), name, -1000, last)
    where = (name, first_day, timezone.localdate(), settings.BLOB_ROOT, settings.KEY_ROOT)
    kept = _KEPT.setdefault(where, {})
    if before := [day for day in kept if day <= last]:
        begun = max(before)
        rewind.back_to(kept[begun].rows)
        driver = _copy(kept[begun].driver)
    else:
        begun = -1000
        world.build(at=timezone.now())
        driver = _begin(name, first_day)
    driver = _go_on(driver, name, begun, last)
    if last not in kept:
        kept[last] = _Kept(rewind.keep(), _copy(driver))
    return driver


def _can_keep() -> bool:
    """Only a database without people is as it was before: rows that are put back take the place of all."""
    return not CHANGING & fixtures_in_use and rewind.possible() and not User.objects.exists()


def _begin(name: str, first_day: dt.date) -> Driver:
    return Driver(first_day, seed=name, clock=Clock(), worker=complete_unprinted)


def _go_on(driver: Driver, name: str, after: int, last: int) -> Driver:
    for told in sorted(script.read(name), key=lambda one: one.day):
        if after < told.day <= last:
            script.perform(driver, told)
    if driver.case is not None:
        driver.case = Case.objects.get(pk=driver.case.pk)
    return driver


def _copy(driver: Driver) -> Driver:
    """Return a driver of its own at the same place: its clock and its keys go on apart."""
    own = copy.copy(driver)
    own.clock, own.count = copy.deepcopy(driver.clock), copy.copy(driver.count)
    return own
