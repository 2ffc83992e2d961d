from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from supervision.deadlines import services
from supervision.errors import InvalidInput


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: a day is written as 2026-11-23") from None


class Command(BaseCommand):
    help = (
        "Enter a day that is off although a weekday, or worked although a weekend, with the paper that says "
        "so. No date moves: see recheck_deadlines."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("day", type=_day, help="2026-11-23")
        kind = parser.add_mutually_exclusive_group(required=True)
        kind.add_argument("--off", action="store_true", help="nobody works on it")
        kind.add_argument("--worked", action="store_true", help="it is worked, as a made-up day is")
        parser.add_argument("--name", required=True, help="what the day is called")
        parser.add_argument("--source", required=True, help="number, date and issuer of the paper")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            row = services.correct_day(
                day=options["day"],
                is_off=options["off"],
                name=options["name"],
                source=options["source"],
                at=timezone.now(),
            )
        except InvalidInput as error:
            raise CommandError(
                "; ".join(str(one) for said in error.errors.values() for one in said)
            ) from error
        would_move = len(services.recheck(at=row.created_at))
        self.stdout.write(f"{row.day}: {'off' if row.is_off else 'worked'}, {row.name} ({row.source})")
        self.stdout.write(f"{would_move} running deadlines would move: recheck_deadlines --apply")
