"""Write every flow as BPMN 2.0 to docs/bpmn, or check that the files there are what the flows say."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflows.engine.bpmn import xml_of
from workflows.engine.registry import flows_by_slug

FOLDER: Path = settings.BASE_DIR / "docs" / "bpmn"


def wanted() -> dict[str, str]:
    """Return the content of every file of the folder, by its name."""
    return {f"{slug}.bpmn": xml_of(flow_class) for slug, flow_class in sorted(flows_by_slug().items())}


class Command(BaseCommand):
    help = "Check docs/bpmn against the flows; --write brings it up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the files")

    def handle(self, *, write: bool, **options: Any) -> None:
        files = wanted()
        if write:
            FOLDER.mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                (FOLDER / name).write_text(text, encoding="utf-8")
                self.stdout.write(f"wrote docs/bpmn/{name}")
            return
        there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.bpmn")}
        if there != files:
            changed = sorted(name for name in {*files, *there} if files.get(name) != there.get(name))
            raise CommandError(
                f"not what the flows say: {', '.join(changed)}; run manage.py bpmn_docs --write"
            )
