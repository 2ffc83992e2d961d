"""A database of another version is told in one sentence and is not touched."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory

from supervision.audit import guards
from supervision.audit.applied import unknown_steps
from supervision.web import health

pytestmark = pytest.mark.django_db(transaction=True)


def of_another_version() -> None:
    MigrationRecorder(connection).record_applied("cases", "0027_case_postponed_on")


def test_migrate_stops_before_it_touches_a_database_of_another_version() -> None:
    of_another_version()
    with pytest.raises(CommandError) as refused:
        call_command("migrate", verbosity=0)
    assert "cases.0027_case_postponed_on" in str(refused.value) and str(refused.value).count(".") == 2
    assert guards.missing() == [], "no guard was lifted"


def test_a_server_that_is_asked_whether_it_is_ready_says_so_too() -> None:
    assert unknown_steps(MigrationLoader(connection)) == []
    of_another_version()
    told = health.ready(RequestFactory().get("/suc-khoe/ready", headers={"accept": "application/json"}))
    assert told.status_code == 503 and "cases.0027_case_postponed_on" in told.content.decode()


def test_migrate_goes_on_where_every_step_is_known() -> None:
    call_command("migrate", verbosity=0)
    assert guards.missing() == []
