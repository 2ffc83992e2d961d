"""Settings that a deployment stands or falls with, read back from what really runs."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import ConnectionHandler

from supervision.settings import base
from tests.databases import ROOT

#: A real server's environment, complete.
SERVER = {
    "DJANGO_SETTINGS_MODULE": "supervision.settings.production",
    "SECRET_KEY": "qX8vN2kLpR5tYw9zBd3gHj6mCs4fUa7e-only-for-this-test-0",
    "ALLOWED_HOSTS": "giamsat.example.vn",
    "PUBLIC_URL": "https://giamsat.example.vn",
    "SOURCE_URL": "https://git.example.vn/giamsat",
}


def manage(*arguments: str, tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    unset = {"DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", *SERVER}
    clean = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | {"VAR_DIR": str(tmp_path)} | env,
        capture_output=True,
        text=True,
    )


def value_of(expression: str, tmp_path: Path, **env: str) -> str:
    done = manage("shell", "--no-imports", "-c", f"from django.conf import settings; print({expression})",
                  tmp_path=tmp_path, **env)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("key", ["SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "SOURCE_URL"])
def test_a_server_does_not_start_without_its_secrets_and_names(tmp_path: Path, key: str) -> None:
    done = manage("check", tmp_path=tmp_path, **{k: v for k, v in SERVER.items() if k != key})
    assert done.returncode != 0
    assert key in done.stderr


def test_nothing_but_the_demonstration_begins_without_being_told_which_settings(tmp_path: Path) -> None:
    done = manage("migrate", tmp_path=tmp_path)
    assert done.returncode != 0 and "DJANGO_SETTINGS_MODULE is not set" in done.stderr
    assert not list(tmp_path.iterdir()), "no database was made"


@pytest.mark.parametrize("place", ["demo", "dev", "test"])
def test_a_server_refuses_the_keys_that_stand_in_the_repository(tmp_path: Path, place: str) -> None:
    known = importlib.import_module(f"supervision.settings.{place}").SECRET_KEY
    for key in (known, f" '{known}'"):
        done = manage("check", tmp_path=tmp_path, **SERVER | {"SECRET_KEY": key})
        assert done.returncode != 0 and "one of the repository's own" in done.stderr


@pytest.mark.parametrize(("key", "value"), [("SECRET_KEY", "a"), ("TRUSTED_PROXIES", "-1")])
def test_a_server_refuses_settings_that_protect_nothing(tmp_path: Path, key: str, value: str) -> None:
    done = manage("check", tmp_path=tmp_path, **SERVER | {key: value})
    assert done.returncode != 0 and key in done.stderr


def test_what_the_address_of_the_database_says_is_kept(tmp_path: Path) -> None:
    """Above all sslmode: without it the connection would be plain, and nothing would say so."""
    url = "postgres://u:p@db.example/g?sslmode=verify-full&options=-c%20work_mem%3D8MB"
    options = value_of("settings.DATABASES['default']['OPTIONS']", tmp_path, **SERVER | {"DATABASE_URL": url})
    assert "'sslmode': 'verify-full'" in options
    assert "work_mem=8MB" in options and "statement_timeout=0" in options


def test_a_server_believes_its_proxies_about_https_only_where_it_has_some(tmp_path: Path) -> None:
    told = "getattr(settings, 'SECURE_PROXY_SSL_HEADER', None)"
    assert value_of(told, tmp_path, **SERVER) == "None"
    assert "X_FORWARDED_PROTO" in value_of(told, tmp_path, TRUSTED_PROXIES="1", **SERVER)


def test_a_server_passes_the_deployment_checks_without_a_warning(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **SERVER)
    assert done.returncode == 0, done.stderr


def test_a_server_shows_no_sample_content_and_trusts_no_sample_certificate(tmp_path: Path) -> None:
    facts = "settings.DEMO, settings.DEBUG, settings.TRUSTED_ROOTS, hasattr(settings, 'DEMO_PASSWORD')"
    assert value_of(facts, tmp_path, **SERVER) == "False False [] False"


@pytest.mark.parametrize("command", ["prepare_demo", "serve_demo", "seed_demo", "make_demo_authority"])
def test_demo_commands_refuse_a_real_server(tmp_path: Path, command: str) -> None:
    done = manage(command, tmp_path=tmp_path, **SERVER)
    assert done.returncode != 0


def test_cookies_of_a_server_are_bound_to_the_host_and_hidden_from_scripts(tmp_path: Path) -> None:
    facts = ", ".join(
        f"settings.{kind}_COOKIE_NAME[:7], settings.{kind}_COOKIE_SECURE, settings.{kind}_COOKIE_HTTPONLY"
        for kind in ("SESSION", "CSRF")
    )
    assert value_of(facts, tmp_path, **SERVER) == "__Host- True True __Host- True True"


def test_the_language_is_vietnamese_and_the_clock_is_vietnams() -> None:
    assert (settings.LANGUAGE_CODE, settings.TIME_ZONE, settings.USE_TZ) == ("vi", "Asia/Ho_Chi_Minh", True)


def test_no_policy_allows_inline_code_or_another_origin() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    sources = {source for values in directives.values() for source in values}
    assert sources <= {"'self'", "'none'"}


def test_uploads_are_not_served_from_a_folder() -> None:
    assert settings.MEDIA_URL in ("", "/")
    assert "InMemoryStorage" in settings.STORAGES["default"]["BACKEND"]


def test_uploads_and_forms_are_limited() -> None:
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= 5 * 1024 * 1024
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS <= 1000
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES <= 20


def test_sqlite_really_runs_with_the_pragmas_that_keep_data_safe(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    outside = dict(base.DATABASES["default"], NAME=str(tmp_path / "outside.sqlite3"))  # not as tests have it
    opened = ConnectionHandler({"default": outside})["default"]
    with django_db_blocker.unblock(), opened.cursor() as cursor:
        read = {
            pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    opened.close()
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}
    assert opened.transaction_mode == "IMMEDIATE"


def test_the_sample_environment_names_every_key_that_the_settings_read() -> None:
    import re

    text = "".join(p.read_text() for p in (ROOT / "supervision/settings").glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text))
    named = set(re.findall(r"^#?\s?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert read <= named, f"missing in .env.example: {sorted(read - named)}"
