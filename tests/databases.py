"""Prepared databases: built once, copied for every test that may not roll back.

Append-only triggers refuse Django's flush, so nothing here ever flushes. `prepare` builds a
database with all migrations and the map of Vietnam, named by a hash of what it was built
from; `copy` makes a private one of it in some milliseconds (docs/adr/0011).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "tests" / ".prepared"
#: Bytes that a prepared SQLite file has at least.
SMALLEST = 1_000_000
#: What the content of a prepared database depends on.
SOURCES = (
    "supervision/**/migrations/*.py",
    "workflows/**/migrations/*.py",
    "supervision/audit/append_only.py",
    "supervision/audit/frozen.py",  # what models declare, and the guards made of it
    "supervision/audit/guards.py",
    "supervision/audit/triggers.py",
    "supervision/**/models/*.py",
    "supervision/**/models.py",
    "supervision/organizations/**/*",
    "supervision/language/*.py",
    "requirements.lock",
    "tests/databases.py",
)


def fingerprint() -> str:
    """Return a short hash of everything that a prepared database is built from."""
    digest = hashlib.sha256()
    for path in sorted({p for pattern in SOURCES for p in ROOT.glob(pattern) if p.is_file()}):
        if path.suffix != ".pyc":
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def build(url: str) -> None:
    """Migrate the empty database at `url` and seed the map, in a process of its own."""
    with tempfile.TemporaryDirectory() as var:
        env = os.environ | {
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "supervision.settings.test",
            "VAR_DIR": var,
        }
        commands = [["migrate", "--verbosity=0"]]
        if (ROOT / "supervision/organizations/management/commands/seed_map.py").exists():
            commands.append(["seed_map", "--verbosity=0"])
        for command in commands:
            done = subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, env=env, capture_output=True, text=True
            )
            if done.returncode:
                raise RuntimeError(f"manage.py {command[0]} failed:\n{done.stdout}{done.stderr}")


@contextmanager
def _one_builder(name: str) -> Iterator[None]:
    STORE.mkdir(exist_ok=True)
    with open(STORE / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def url_of(settings: dict[str, Any]) -> str:
    """Return `DATABASES["default"]` as a DATABASE_URL, for processes that a test starts."""
    if "sqlite" in settings["ENGINE"]:
        return f"sqlite:///{settings['NAME']}"
    user, password = quote(settings["USER"], ""), quote(settings["PASSWORD"], "")
    host, port = quote(settings["HOST"], ""), settings["PORT"]
    return f"postgres://{user}:{password}@{host}:{port}/{settings['NAME']}"


class SqliteMaker:
    """Prepared files beside the tests, copies in a folder of the run."""

    def __init__(self) -> None:
        self.prepared = STORE / f"{fingerprint()}.sqlite3"
        self.folder = Path(tempfile.mkdtemp(prefix="gs-tests-"))

    def prepare(self) -> None:
        with _one_builder("sqlite"):
            if self.prepared.exists():
                return
            for old in STORE.glob("*.sqlite3*"):
                old.unlink(missing_ok=True)
            building = STORE / "building.sqlite3"
            build(f"sqlite:///{building}")
            _fold_wal(building)
            building.replace(self.prepared)

    def copy(self, source: str | None = None) -> str:
        """Copy the prepared database, or one that nobody is connected to any more."""
        name = self.folder / f"{secrets.token_hex(6)}.sqlite3"
        if source:
            _fold_wal(Path(source), analyze=False)
        shutil.copyfile(source or self.prepared, name)
        return str(name)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _fold_wal(path: Path, *, analyze: bool = True) -> None:
    import sqlite3

    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if analyze:
            connection.execute("ANALYZE")
            connection.commit()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class PostgresMaker:
    """A template database on the server of DATABASE_URL, copies by CREATE DATABASE ... TEMPLATE."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.prepared = f"gs_prepared_{fingerprint()}"

    def _url(self, name: str) -> str:
        return url_of({**self.settings, "NAME": name})

    @contextmanager
    def _server(self) -> Iterator[Any]:
        import psycopg

        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            yield connection

    def prepare(self) -> None:
        with _one_builder("postgresql"), self._server() as server:
            names = [row[0] for row in server.execute("SELECT datname FROM pg_database")]
            if self.prepared in names:
                return
            for old in (n for n in names if n.startswith("gs_prepared_") or n == "gs_building"):
                server.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            server.execute("CREATE DATABASE gs_building TEMPLATE template0 ENCODING 'UTF8'")
            build(self._url("gs_building"))
            self._pack("gs_building")
            server.execute(f'ALTER DATABASE gs_building RENAME TO "{self.prepared}"')

    def _pack(self, name: str) -> None:
        """Leave out what seeding left behind, a third of the files that every private copy would copy."""
        import psycopg

        with psycopg.connect(self._url(name), autocommit=True) as connection:
            connection.execute("VACUUM (FULL, ANALYZE)")

    def copy(self, source: str | None = None) -> str:
        """Copy the prepared database, or one that nobody is connected to any more."""
        name = f"gs_test_{secrets.token_hex(6)}"
        with self._server() as server:
            # Copying files is quicker than writing every page to the log; it can be asked for since 15.
            strategy = "STRATEGY FILE_COPY" if server.info.server_version >= 15_00_00 else ""
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source or self.prepared}" {strategy}')
        return name

    def drop(self, name: str) -> None:
        with self._server() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Nothing is left behind but the prepared database itself."""


def maker(settings: dict[str, Any]) -> SqliteMaker | PostgresMaker:
    """Return the maker for Django's `DATABASES["default"]`."""
    return SqliteMaker() if "sqlite" in settings["ENGINE"] else PostgresMaker(settings)
