"""A copy of a stage to go on from, and what most of these tests begin with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from supervision.cases.models import Recommendation
from supervision.demo.driver import Driver
from tests.stages import go
from tests.workflows import agreement
from tests.workflows.delegation.acts import (
    Start,
)


@pytest.fixture
def start(stage: Start, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """A copy of a stage in which every act of the driver is followed by the check of agreement."""
    do = Driver.do

    def checked(self: Driver, *args: Any, **kwargs: Any) -> Any:
        done = do(self, *args, **kwargs)
        agreement.check()
        return done

    monkeypatch.setattr(Driver, "do", checked)
    yield stage
    agreement.check()


@pytest.fixture
def replying(start: Start) -> tuple[Driver, Recommendation]:
    driver = start("recommended")
    row = driver.recommendation(1)
    go(driver, 25, "receive_recommendation", row)
    return driver, row


@pytest.fixture
def overdue(replying: tuple[Driver, Recommendation]) -> tuple[Driver, Recommendation]:
    """The second recommendation was acknowledged and never answered."""
    driver, _first = replying
    row = driver.recommendation(2)
    go(driver, 25, "receive_recommendation", row)
    return driver, row
