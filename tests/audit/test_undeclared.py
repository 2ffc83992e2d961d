"""What puts the guards to sleep, or does more on their tables than was declared, is named like a lack."""

from __future__ import annotations

import secrets

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from supervision.audit import guards
from supervision.web.health import CHECKS

pytestmark = pytest.mark.django_db

NOTHING = "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; "
WAYS = {
    "postgresql": {
        "a trigger that swallows every event": (
            NOTHING
            + "CREATE TRIGGER evil BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION swallow()",
            "trigger evil on audit_event, which nobody declared",
        ),
        "a trigger behind the others": (
            NOTHING + "CREATE TRIGGER zz AFTER UPDATE ON cases_response EXECUTE FUNCTION swallow()",
            "trigger zz on cases_response, which nobody declared",
        ),
        "a rule": (
            "CREATE RULE evil AS ON INSERT TO audit_event DO INSTEAD NOTHING",
            "rule evil on audit_event, which nobody declared",
        ),
        "row security": (
            "ALTER TABLE cases_response ENABLE ROW LEVEL SECURITY",
            "row security on cases_response, which nobody declared",
        ),
        "no trigger fires in this session": (
            "SET LOCAL session_replication_role = replica",
            "session_replication_role is replica: no guard acts",
        ),
        "nor in those of a role": (
            "CREATE ROLE {role}; ALTER ROLE {role} SET session_replication_role = 'replica'",
            "session_replication_role is set to replica for {role}",
        ),
        "nor in those of a role here": (
            "CREATE ROLE {role}; ALTER ROLE {role} IN DATABASE {database} "
            "SET session_replication_role = 'local'",
            "session_replication_role is set to local for {role}",
        ),
        "nor in any of the database": (
            "ALTER DATABASE {database} SET session_replication_role = 'replica'",
            "session_replication_role is set to replica for everybody",
        ),
    },
    "sqlite": {
        "a trigger that swallows every event": (
            "CREATE TRIGGER evil BEFORE INSERT ON audit_event BEGIN SELECT RAISE(IGNORE); END",
            "trigger evil on audit_event, which nobody declared",
        ),
        "a trigger of one session": (
            "CREATE TEMP TRIGGER evil BEFORE INSERT ON main.audit_event BEGIN SELECT RAISE(IGNORE); END",
            "trigger evil on audit_event, which nobody declared",
        ),
    },
}


@pytest.mark.parametrize("way", WAYS["postgresql"] | WAYS["sqlite"])
def test_what_undoes_the_guards_is_named(way: str, capsys: pytest.CaptureFixture[str]) -> None:
    if way not in WAYS[connection.vendor]:
        pytest.skip("a way of the other database")
    assert guards.missing() == []
    names = {"role": f"gs_{secrets.token_hex(4)}", "database": f'"{connection.settings_dict["NAME"]}"'}
    does, sentence = (text.format_map(names) for text in WAYS[connection.vendor][way])
    statements = [does] if connection.vendor == "sqlite" else does.split("; ")
    if does.startswith(NOTHING):
        statements = [NOTHING, does.removeprefix(NOTHING)]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    assert guards.missing() == [sentence]
    ready = {check[0]: check[2] for check in CHECKS}["guards"]
    assert ready() == (False, sentence)
    with pytest.raises(CommandError):
        call_command("audit_verify")
    assert capsys.readouterr().err.startswith(sentence)
    if "TEMP" in does:  # a transaction takes no session's trigger back
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER evil")
