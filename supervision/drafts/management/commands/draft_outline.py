"""Print the structure of a draft as JSON; needs no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from supervision.drafts.outline import outline, read_text

#: What is read as text; other files come through their own readers.
TEXTS = (".txt", ".md", ".markdown")


class Command(BaseCommand):
    """`draft_outline FILE`: title, counts and tree of provisions."""

    help = "Print the structure of a draft (title, counts, tree of provisions) as JSON. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a text or Markdown file in UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix.lower() not in TEXTS:
            raise CommandError(f"{path.name}: only {', '.join(TEXTS)} can be read so far")
        try:
            source = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        except UnicodeDecodeError:
            raise CommandError(f"{path.name} is not a text in UTF-8") from None
        blocks, title = read_text(source)
        found = outline(blocks, title).to_json()
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
