"""Seed the map of Vietnam: territories and their bodies."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from supervision.organizations.seeding import Seeded, read_absent, seed


class Command(BaseCommand):
    help = "Add 34 provinces, 3,321 communes and their bodies; safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="print nothing")
        parser.add_argument(
            "--absent", type=Path, help="CSV (kind,territory) of bodies that a place does not have"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        absent = read_absent(options["absent"]) if options["absent"] else None
        quiet = options["quiet"] or options["verbosity"] == 0
        started = time.monotonic()
        if quiet:
            seed(absent=absent)
            return
        if self.stdout.isatty():
            result = self._with_bar(absent)
        else:
            result = seed(absent=absent, progress=lambda what, done, of: self._line(what, done, of))
        self.stdout.write(
            f"Added {result.territories:,} territories and {result.organizations:,} organizations "
            f"in {time.monotonic() - started:.1f} s."
        )

    def _line(self, what: str, done: int, of: int) -> None:
        self.stdout.write(f"{what}: {done:,} of {of:,}")

    def _with_bar(self, absent: Any) -> Seeded:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            tasks: dict[str, Any] = {}

            def show(what: str, done: int, of: int) -> None:
                task = tasks.get(what)
                if task is None:
                    task = tasks[what] = bar.add_task(what, total=of)
                bar.update(task, completed=done)

            return seed(absent=absent, progress=show)
