"""The application's role in PostgreSQL does the product's work, and can switch no guard off."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client

from supervision.audit import chain, contents, guards, roles
from supervision.audit.models import Event
from supervision.audit.roles import Unfit, owns_something
from supervision.demo import script, world
from supervision.demo.clock import Clock
from supervision.demo.driver import Driver
from supervision.publication.log import heads
from supervision.web.management.commands.doctor import database_role
from tests import databases
from tests.worker import complete_unprinted

pytestmark = pytest.mark.django_db(transaction=True)


_OWNER: dict[str, Any] = {}  # how the owner of the database signs in, while the application does


@pytest.fixture
def app_role(fresh_db: None) -> Iterator[tuple[str, str]]:
    """A role as `createuser --pwprompt` makes it, with the grants of the command."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no roles")
    name, password = f"gs_app_{secrets.token_hex(4)}", secrets.token_hex(8)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
    call_command("database_roles", app=name, run=True, stdout=StringIO())
    yield name, password
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {name}")
        cursor.execute(f"DROP ROLE {name}")


@pytest.fixture
def as_app(app_role: tuple[str, str]) -> Iterator[None]:
    """Django itself signs in to the database as the application's role."""
    here = connections["default"]
    kept = {name: here.settings_dict[name] for name in ("USER", "PASSWORD")}
    here.close()
    _OWNER.update(here.settings_dict)
    here.settings_dict["USER"], here.settings_dict["PASSWORD"] = app_role
    yield
    here.close()
    here.settings_dict.update(kept)


ATTACKS = (
    "DROP TRIGGER cases_response_frozen ON cases_response",
    "ALTER TABLE cases_response DISABLE TRIGGER ALL",
    "ALTER TABLE cases_response DISABLE TRIGGER cases_response_frozen",
    "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_change",
    "ALTER TRIGGER cases_response_frozen ON cases_response RENAME TO other",
    "ALTER TABLE cases_response DROP COLUMN summary",
    "ALTER TABLE cases_response OWNER TO CURRENT_USER",
    "TRUNCATE cases_response CASCADE",
    "TRUNCATE audit_event CASCADE",
    "DROP TABLE cases_response CASCADE",
    "DROP FUNCTION cases_response_frozen() CASCADE",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION cases_response_frozen() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NEW; END'",
    "CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE TEMPORARY TABLE audit_event (object_type text, object_id bigint, content text)",
    "CREATE TABLE mine (id integer)",
    "CREATE RULE mine AS ON UPDATE TO cases_response DO INSTEAD NOTHING",
    "CREATE TRIGGER mine BEFORE UPDATE ON cases_response EXECUTE FUNCTION cases_response_frozen()",
    "CREATE SCHEMA mine",
    "UPDATE audit_event SET action = 'x'",
    "DELETE FROM audit_event",
    "UPDATE publication_publication SET plain_text = ''",
    "DELETE FROM audit_link",
    "DELETE FROM django_migrations",
    "SET ROLE suite",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "COPY cases_response TO PROGRAM 'cat'",
)


def test_the_applications_role_switches_no_guard_off(app_role: tuple[str, str]) -> None:
    name, password = app_role
    settings = {**connections["default"].settings_dict, "USER": name, "PASSWORD": password}
    went_through = []
    with psycopg.connect(databases.url_of(settings)) as session:
        for attack in ATTACKS:
            try:
                session.execute(attack)
                went_through.append(attack)
            except psycopg.Error as error:
                assert error.sqlstate in ("42501", "42883"), f"{attack}: {error}"
            session.rollback()
    assert went_through == []


def test_the_product_works_as_the_applications_role(as_app: None) -> None:
    """A case from opening to end, publication and log, sign-in and a page, the checks of the night."""
    assert owns_something(connection) == ""
    clock = Clock()
    world.build(at=clock.at(world.SINCE))
    driver = Driver(dt.date(2026, 3, 24), seed="s1", clock=clock, worker=complete_unprinted)
    for told in sorted(script.read("s1"), key=lambda one: one.day):
        script.perform(driver, told)
    chain.link_events()
    assert heads.log_head(at=clock.at(dt.date(2026, 11, 1))) is not None
    client = Client()
    client.force_login(world.actor("mttq-24.can_bo_1").user)
    assert client.get("/viec-cua-toi/", follow=True).status_code == 200
    assert guards.missing() == [] and list(contents.troubles()) == []
    assert Event.objects.filter(content__isnull=False).count() > 30


BECOMES = ("pg_execute_server_program", "pg_write_all_data", "pg_read_server_files", "gs_admins", "gs_group")


def test_a_role_that_may_become_another_one_is_refused_and_named(
    app_role: tuple[str, str], as_app: None, settings: Any
) -> None:
    """Whatever the group is for: a superuser's, one of the server's own, one that may do nothing yet."""
    settings.DEMO = settings.DEBUG = False
    name, _password = app_role
    with psycopg.connect(databases.url_of(_OWNER), autocommit=True) as owner:
        owner.execute("CREATE ROLE gs_admins SUPERUSER")
        owner.execute("CREATE ROLE gs_group")
        try:
            for group in BECOMES:
                owner.execute(f"GRANT {group} TO {name}")
                assert owns_something(connection).startswith(name), group
                assert database_role() == (False, owns_something(connection))
                with owner.cursor() as cursor, pytest.raises(Unfit, match=f"thuộc vai trò khác .*{group}"):
                    roles._refuse_the_unfit(cursor, name)
                owner.execute(f"REVOKE {group} FROM {name}")
            assert owns_something(connection) == ""
            base = f'DATABASE "{_OWNER["NAME"]}"'
            for right in (
                *("CREATE ON SCHEMA public", "TRIGGER ON audit_event", "TRUNCATE ON audit_words"),
                *(f"TEMPORARY ON {base}", f"CREATE ON {base}"),  # a DBA's database keeps what PUBLIC has
                *("UPDATE ON audit_event", "UPDATE (action) ON audit_event", "DELETE ON audit_link"),
                "INSERT ON django_migrations",
            ):
                owner.execute(f"GRANT {right} TO PUBLIC")
                assert owns_something(connection).startswith(f"{name} may "), right
                owner.execute(f"REVOKE {right} FROM PUBLIC")
            owner.execute(f"GRANT SET ON PARAMETER session_replication_role TO {name}")
            assert owns_something(connection) == f"{name} may stop triggers"
            owner.execute(f"REVOKE SET ON PARAMETER session_replication_role FROM {name}")
        finally:
            owner.execute("DROP ROLE gs_admins")
            owner.execute("DROP ROLE gs_group")


def test_grants_are_refused_for_a_role_that_is_an_owner_or_not_there(fresh_db: None) -> None:
    if connection.vendor != "postgresql":
        with pytest.raises(CommandError, match="PostgreSQL"):
            call_command("database_roles", app="giamsat_app")
        return
    with pytest.raises(CommandError, match="Chưa có vai trò"):
        call_command("database_roles", app="khong-co")
    with pytest.raises(CommandError, match="quyền quản trị"):
        call_command("database_roles", app=connections["default"].settings_dict["USER"])
