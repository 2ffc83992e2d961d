"""Fill an empty database with the people and cases of the demonstration."""

from __future__ import annotations

import datetime as dt
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from supervision.demo import seeding

#: Without a terminal a line is written after each share of the acts.
SHARES = 10


class Command(BaseCommand):
    help = "Tell the sample cases: the same rows for the same seed and date. Does nothing a second time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--date",
            type=dt.date.fromisoformat,
            default=None,
            help="the day it is; default: today in Vietnam",
        )
        parser.add_argument("--cases", type=int, default=200)
        parser.add_argument("--quiet", action="store_true")

    def handle(self, *, seed: int, date: dt.date | None, cases: int, quiet: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("These are not the demo settings: no sample data goes into a real database.")
        if seeding.is_seeded():
            if not quiet:
                self.stdout.write("Already seeded: nothing was changed.")
            return
        began = time.monotonic()
        today = date or timezone.localdate()
        try:
            made = self.tell(seed=seed, today=today, cases=cases, quiet=quiet)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if not quiet:
            self.stdout.write(
                f"{made.cases} cases, {made.acts} acts, {made.signed} signed papers as of {today}, "
                f"in {time.monotonic() - began:.0f} s"
            )

    def tell(self, *, seed: int, today: dt.date, cases: int, quiet: bool) -> seeding.Seeded:
        if quiet:
            return seeding.seed_demo(seed=seed, today=today, cases=cases)
        if not self.stdout.isatty():
            return seeding.seed_demo(seed=seed, today=today, cases=cases, progress=self.line)
        columns = (TextColumn("Sample cases"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
        with Progress(*columns, TimeElapsedColumn(), console=Console()) as bar:
            task = bar.add_task("acts", total=None)
            return seeding.seed_demo(
                seed=seed,
                today=today,
                cases=cases,
                progress=lambda done, of: bar.update(task, completed=done, total=of),
            )

    def line(self, done: int, of: int) -> None:
        if done * SHARES // of > (done - 1) * SHARES // of:
            self.stdout.write(f"sample cases: {done} of {of} acts")
            self.stdout.flush()
