"""What people do to a delegation in these tests, each act followed by the check of agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from supervision.cases.models import Recommendation
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from tests.stages import AGENCIES, CHAIR, DEPUTY, go
from tests.workflows import agreement
from workflows.acts import extensions, steering, urging
from workflows.models import WorkItem

FIRST, SECOND, THIRD = AGENCIES
Start = Callable[[str], Driver]


def open_steps(driver: Driver) -> list[str]:
    items = WorkItem.objects.filter(case=driver.case, finished_at__isnull=True)
    return sorted(items.values_list("step", flat=True))


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def outside_act(name: str, driver: Driver, day: int, by: str = CHAIR, **data: Any) -> None:
    module = next(one for one in (urging, extensions, steering) if hasattr(one, name))
    getattr(module, name)(actor=actor(by), at=driver.at(day), **data)
    agreement.check()


def sign_letter(driver: Driver, day: int, by: str = DEPUTY, subject: Any = None) -> Document:
    return driver.sign(day, by, "sign_letter", subject)


def reply(driver: Driver, day: int, row: Recommendation, verdict: str, **other: Any) -> None:
    go(driver, day, "draft_reply", row, verdict=verdict, reason="Lý do", **other)
    go(driver, day, "approve_reply", row)
