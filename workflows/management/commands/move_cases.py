"""Carry the open cases of a form to its newest version, one transaction each; a dry run without --apply."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from workflows.engine.case_migration import CannotMove, Verdict, judge, move, running
from workflows.engine.registry import flows_by_slug


class Command(BaseCommand):
    help = "Move open cases to the newest version of their flow; each move is proved and recorded."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--form", required=True, help="slug of the form")
        parser.add_argument("--map", action="append", default=[], metavar="OLD=NEW", dest="renames")
        parser.add_argument("--apply", action="store_true", help="move them; without it nothing changes")

    def handle(self, *, form: str, renames: list[str], apply: bool, **options: Any) -> None:
        if form not in flows_by_slug():
            raise CommandError(f"no form is called {form}")
        if wrong := [one for one in renames if one.count("=") != 1]:
            raise CommandError(f"not old=new: {wrong[0]}")
        pairs = dict(one.split("=") for one in renames)
        refused = 0
        for slug, process in running(form):
            verdict = judge(slug, process, pairs)
            if not verdict.is_behind:
                continue
            if apply and not verdict.troubles:
                try:
                    move(slug, process, pairs, at=timezone.now())
                except CannotMove as error:  # it moved on since it was judged
                    verdict.troubles = error.troubles
            refused += bool(verdict.troubles)
            self.stdout.write(f"{_word(verdict, apply)} {verdict}")
        if refused:
            raise CommandError(f"{refused} not moved")


def _word(verdict: Verdict, apply: bool) -> str:
    if verdict.troubles:
        return "refused"
    return "moved" if apply else "would move"
