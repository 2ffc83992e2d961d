"""Compile the gettext catalogs, or check that the committed ones are what the sources say."""

from __future__ import annotations

import gettext
import io
import subprocess
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


def catalogs() -> Iterator[Path]:
    """Yield the source of every catalog of the project."""
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def compiled(source: Path) -> bytes:
    """Return `source` compiled by msgfmt. Raises CommandError with what msgfmt finds wrong."""
    with tempfile.NamedTemporaryFile(suffix=".mo") as target:
        done = subprocess.run(
            ["msgfmt", "--check", "-o", target.name, str(source)], capture_output=True, text=True
        )
        if done.returncode:
            raise CommandError(f"{source}:\n{done.stderr}")
        return Path(target.name).read_bytes()


def messages(binary: bytes) -> dict[Any, str]:
    """Return the entries of a compiled catalog; its bytes differ between versions of msgfmt."""
    catalog = gettext.GNUTranslations(io.BytesIO(binary))
    return {k: v for k, v in catalog._catalog.items() if k != ""}  # type: ignore[attr-defined]


class Command(BaseCommand):
    help = "Compile the catalogs under supervision/locale; with --check only compare."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")

    def handle(self, *, check: bool, **options: Any) -> None:
        stale = []
        for source in catalogs():
            binary, target = compiled(source), source.with_suffix(".mo")
            if target.exists() and messages(target.read_bytes()) == messages(binary):
                continue
            if check:
                stale.append(str(source))
            else:
                target.write_bytes(binary)
                self.stdout.write(f"compiled {target}")
        if stale:
            raise CommandError(f"not compiled (run manage.py catalogs): {', '.join(stale)}")
