"""Bring the demonstration up to date: tables, sample data on the first run, static files."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

#: Run in this order on an empty database; one that does not exist (yet) is passed over.
SEEDS = ("seed_map", "make_demo_authority", "seed_demo")


class Command(BaseCommand):
    help = "Migrate, fill an empty database with the sample data, collect static files."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These are not the demo settings: no sample data goes into a real database.")
        if connection.vendor == "sqlite":
            self.prepare_file(Path(settings.DATABASES["default"]["NAME"]))
        else:
            self.run("migrate", "--verbosity=0")
            if not self.has_people():
                self.seed()
        self.run("collectstatic", "--noinput", "--ignore=viewflow", "--verbosity=0")

    def prepare_file(self, path: Path) -> None:
        """Fill a new file under another name first: an interrupted run leaves no half world."""
        if path.exists():
            try:
                self.run("migrate", "--verbosity=0")
            except CommandError as error:
                raise CommandError(f"{error}. To begin anew, move {path.parent} away first.") from error
            return
        building = path.with_name(f"building-{path.name}")
        for suffix in ("", "-wal", "-shm"):
            building.with_name(building.name + suffix).unlink(missing_ok=True)
        url = {"DATABASE_URL": f"sqlite:///{building}"}
        self.run("migrate", "--verbosity=0", **url)
        self.seed(**url)
        with closing(sqlite3.connect(building)) as filled:
            filled.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing may stay beside the file
        building.replace(path)

    def has_people(self) -> bool:
        from supervision.organizations.models import User

        return User.objects.exists()

    def seed(self, **env: str) -> None:
        present = get_commands()
        for command in SEEDS:
            if command in present:
                self.run(command, **env)

    def run(self, command: str, *arguments: str, **env: str) -> None:
        """Run one management command in a process of its own, with its output shown."""
        began = time.monotonic()
        line = [sys.executable, "manage.py", command, *arguments]
        done = subprocess.run(line, cwd=settings.BASE_DIR, env=os.environ | env)
        if done.returncode:
            raise CommandError(f"{command} ended with {done.returncode}")
        self.stdout.write(f"{command}: {time.monotonic() - began:.0f} s")
        self.stdout.flush()  # in its place between the lines of the children, in a log file too
