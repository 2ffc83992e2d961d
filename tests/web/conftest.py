"""Tests of pages about a told story begin from its STORY: told once for a file, undone after each test."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
import time_machine

from supervision.demo.driver import Driver
from tests.told import Story, tell


@pytest.fixture(scope="module")
def story(request: pytest.FixtureRequest, stays: None) -> Driver:
    """The case of the file's STORY; tests take `driver`."""
    told: Story = request.module.STORY
    return tell(told.name, told.first_day, until=told.until)


@pytest.fixture
def driver(request: pytest.FixtureRequest, story: Driver) -> Iterator[Driver]:
    """The driver of the file's STORY, on the day on which it is looked at."""
    with time_machine.travel(story.at(request.module.STORY.seen_on), tick=True):
        yield copy.deepcopy(story)
