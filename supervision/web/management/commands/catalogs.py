"""Gather and compile the gettext catalogs, or check that the committed ones are what the sources say.

`en` holds every message of the project and is gathered from the sources; `vi` holds what other
packages say in English and is kept by hand, because our own messages are Vietnamese already.
"""

from __future__ import annotations

import gettext
import io
import subprocess
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import makemessages

#: Folders whose words nobody reads on a page.
UNREAD = (".venv", "var", "tests", ".tools", "docs")


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


class Gatherer(makemessages.Command):
    """makemessages without guesses: a message is translated by a person or stays empty."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def gather_messages(ignored: Iterable[str] = ()) -> None:
    """Bring the English catalog up to date with templates and code, sorted, so that diffs stay small."""
    call_command(
        Gatherer(),
        locale=["en"],
        no_location=True,
        no_wrap=True,
        no_obsolete=True,
        ignore_patterns=[*UNREAD, *ignored],
        verbosity=0,
    )
    for source in catalogs():
        tidy(source)


def tidy(source: Path) -> None:
    """Sort a catalog and drop the date of gathering, which changes though no word does."""
    line = ["msgattrib", "--sort-output", "--no-wrap", "--no-obsolete", str(source)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    kept = [row for row in done.stdout.splitlines() if not row.startswith('"POT-Creation-Date')]
    source.write_text("\n".join(kept) + "\n", encoding="utf-8")


class Command(BaseCommand):
    help = "Compile the catalogs under supervision/locale; --gather first collects the messages."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
        parser.add_argument("--gather", action="store_true", help="collect the messages of the sources first")

    def handle(self, *, check: bool, gather: bool = False, **options: Any) -> None:
        if gather:
            gather_messages()
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
