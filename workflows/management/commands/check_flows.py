"""Say of every open case whether it can run under the flows as they are now; changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.engine.case_migration import judge, running


class Command(BaseCommand):
    help = "Dry run of the flows of this release over all open cases: what would break, and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--form", help="only this form")

    def handle(self, *, form: str | None, **options: Any) -> None:
        verdicts = [judge(slug, process) for slug, process in running(form)]
        behind = [one for one in verdicts if one.is_behind]
        broken = [one for one in verdicts if one.troubles]
        for verdict in [one for one in verdicts if one.is_behind or one.troubles]:
            self.stdout.write(str(verdict))
        self.stdout.write(f"{len(verdicts)} open, {len(behind)} to move, {len(broken)} would break")
        if broken:
            raise CommandError("some cases cannot go on; move them with manage.py move_cases --map old=new")
