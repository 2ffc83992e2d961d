"""Seeded worlds, each in a private copy of the prepared database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from supervision.demo import seeding
from tests.conftest import point_to

TODAY = dt.date(2026, 11, 24)
SEED = 7


@pytest.fixture(scope="module")
def private_database(django_db_setup: None, prepared: Any, django_db_blocker: Any) -> Callable[[], Any]:
    @contextmanager
    def database() -> Iterator[None]:
        name = prepared.copy()
        with django_db_blocker.unblock():
            before = point_to(name)
            try:
                yield
            finally:
                point_to(before)
                prepared.drop(name)

    return database


@pytest.fixture(scope="module")
def whole_world(private_database: Callable[[], Any]) -> Iterator[seeding.Seeded]:
    """Every told case and a small crowd, as they stand on TODAY."""
    with private_database():
        yield seeding.seed_demo(seed=SEED, today=TODAY, cases=42)
