"""List the versions of every flow and how many processes run under each; --write records a changed flow."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.engine.case_migration import running
from workflows.engine.registry import flows_by_slug
from workflows.engine.versions import RECORD, pinned, recorded, version_of, with_newest


class Command(BaseCommand):
    help = "List versions of flows in use; --check fails when a flow is not recorded, --write records it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--write", action="store_true", help="add changed flows to workflows/versions.json"
        )
        parser.add_argument("--check", action="store_true", help="only compare flows and record, no database")

    def handle(self, *, write: bool, check: bool, **options: Any) -> None:
        newest = {slug: with_newest(slug, one) for slug, one in sorted(flows_by_slug().items())}
        if write:
            kept = {**recorded(), **newest}
            RECORD.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            recorded.cache_clear()
        elif check:
            changed = [slug for slug, versions in newest.items() if recorded().get(slug) != versions]
            if changed:
                raise CommandError(
                    f"changed and not recorded: {', '.join(changed)}; run manage.py flow_versions --write"
                )
        else:
            self._list()

    def _list(self) -> None:
        used = Counter((slug, pinned(process)) for slug, process in running())
        for slug, flow_class in sorted(flows_by_slug().items()):
            newest = version_of(flow_class)
            counts = [f"{used[slug, n]} on version {n}" for n in range(1, newest + 1) if used[slug, n]]
            self.stdout.write(f"{slug}: version {newest}; open: {', '.join(counts) or 'none'}")
