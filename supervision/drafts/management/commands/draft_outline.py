"""Print the structure of a draft as JSON; needs no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supervision.drafts.importing import EXTENSIONS, read_draft
from supervision.errors import InvalidInput


class Command(BaseCommand):
    """`draft_outline FILE`: title, counts and tree of provisions."""

    help = "Print the structure of a draft (title, counts, tree of provisions) as JSON. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=f"a file of one of these kinds: {', '.join(EXTENSIONS)}")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            found = read_draft(path.read_bytes(), path.suffix.removeprefix("."))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        except InvalidInput as refused:
            raise CommandError(f"{path.name}: {refused.message}") from None
        self.stdout.write(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
