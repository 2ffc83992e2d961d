"""Print the page of permissions from the matrix, or write it to its place."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from supervision.access.documentation import PATH, permissions_page


class Command(BaseCommand):
    help = "Print docs/reference/permissions.md from the matrix."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"write {PATH} instead of printing it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["write"]:
            self.stdout.write(permissions_page(), ending="")
            return
        page = Path(settings.BASE_DIR, PATH)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(permissions_page(), encoding="utf-8")
        self.stdout.write(f"Wrote {PATH}.")
