"""A database of another version is told in one sentence and is not touched."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory

from supervision.audit import guards
from supervision.audit.applied import another_version
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
    assert another_version(connection, MigrationLoader(connection)) == ""
    of_another_version()
    assert "cases.0027_case_postponed_on" in readiness()


def readiness() -> str:
    told = health.ready(RequestFactory().get("/suc-khoe/ready", headers={"accept": "application/json"}))
    assert told.status_code == 503
    return str(json.loads(told.content))


def test_a_table_of_another_version_under_the_name_of_our_step_is_told_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_notice DROP COLUMN case_code")
    with pytest.raises(CommandError, match="notices_notice"):
        call_command("migrate", verbosity=0)
    assert "notices_notice" in readiness()
    assert guards.missing() == []


def test_a_database_whose_history_does_not_fit_is_told_in_the_same_sentence() -> None:
    of_another_version()
    MigrationRecorder(connection).record_unapplied("drafts", "0001_initial")
    with pytest.raises(CommandError, match="0027_case_postponed_on"):
        call_command("migrate", verbosity=0)


def test_a_migration_that_fails_leaves_the_guards_in_place() -> None:
    MigrationRecorder(connection).record_unapplied("limits", "0001_initial")
    with pytest.raises(DatabaseError, match="exists"):
        call_command("migrate", verbosity=0)
    assert guards.missing() == []


def test_migrate_goes_on_where_every_step_is_known() -> None:
    call_command("migrate", verbosity=0)
    assert guards.missing() == []
