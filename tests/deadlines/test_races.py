"""Two people at once: the row is locked, one acts, the other is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from supervision.deadlines import services
from supervision.deadlines.models import Deadline
from supervision.errors import AlreadyDone, InvalidInput
from supervision.language.dates import VIETNAM
from supervision.law.text import T
from tests.organizations.makers import FRONT, a_mandate

DAY = dt.date(2026, 7, 20)
NOW = dt.datetime.combine(DAY, dt.time(9), VIETNAM)


def both(act: Callable[[Deadline], object], deadline: Deadline) -> list[str]:
    start = Barrier(2)

    def one(_: int) -> str:
        mine = Deadline.objects.get(pk=deadline.pk)
        start.wait()
        try:
            act(mine)
        except (AlreadyDone, InvalidInput) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, range(2)))


def a_reply() -> Deadline:
    return services.set_deadline(
        rule="S_REPLY",
        start_on=dt.date(2026, 7, 1),
        start_label=T("ngày nhận", "receipt"),
        at=NOW,
        length=30,
        set_by="Đơn vị mẫu",
    )


@pytest.mark.django_db(transaction=True)
def test_two_at_once_record_one_act() -> None:
    officer = a_mandate(FRONT, "officer")
    later = dt.date(2026, 8, 10)
    deadline = a_reply()
    asked = both(lambda d: services.request_extension(d, at=NOW), deadline)
    assert asked == ["AlreadyDone", "done"]
    granted = both(lambda d: services.extend(d, to_on=later, reason="mẫu", by=officer, at=NOW), deadline)
    assert granted == ["InvalidInput", "done"]
    assert deadline.extensions.count() == 1
    assert both(lambda d: services.meet(d, on=DAY, at=NOW), deadline) == ["AlreadyDone", "done"]
