"""Cut govuk-frontend's stylesheet down to the classes in use (see docs/reference/components.md)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import tinycss2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

STATIC = Path(settings.BASE_DIR) / "supervision" / "static" / "gs"
CLASS = re.compile(r"\.(govuk-[\w-]+)")
NOTICE = "/* Cut from govuk-frontend {version}, MIT License: govuk-license.txt; kept: govuk-kept.txt. */\n"


def kept_classes() -> frozenset[str]:
    """The class names listed in govuk-kept.txt."""
    lines = (STATIC / "govuk-kept.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def cut(css: str, kept: frozenset[str]) -> str:
    """Return `css` without fonts, script-only rules and rules of classes that are not in `kept`."""
    return "".join(_rule(node, kept) for node in _rules(css))


def _rules(tokens: Any) -> list[Any]:
    return list(tinycss2.parse_stylesheet(tokens, skip_comments=True, skip_whitespace=True))


def _rule(node: Any, kept: frozenset[str]) -> str:
    if node.type == "at-rule":
        return _at_rule(node, kept)
    if node.type != "qualified-rule":
        return ""
    selectors = [s for s in tinycss2.serialize(node.prelude).split(",") if _stays(s, kept)]
    return f"{','.join(selectors)}{{{tinycss2.serialize(node.content)}}}" if selectors else ""


def _at_rule(node: Any, kept: frozenset[str]) -> str:
    if node.at_keyword not in {"media", "supports"}:  # no fonts, no charset: the theme brings both
        return ""
    inner = "".join(_rule(child, kept) for child in _rules(node.content))
    return f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{inner}}}" if inner else ""


def _stays(selector: str, kept: frozenset[str]) -> bool:
    classes = set(CLASS.findall(selector))
    return classes <= kept and (bool(classes) or ":root" in selector)


class Command(BaseCommand):
    requires_system_checks = []
    help = "Write static/gs/govuk.css from a govuk-frontend.min.css, keeping the listed classes only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="dist/govuk/govuk-frontend.min.css of the npm package")

    def handle(self, *args: Any, source: Path, **options: Any) -> None:
        css = source.read_text(encoding="utf-8")
        version = re.search(r'--govuk-frontend-version:"([\d.]+)"', css)
        notice = NOTICE.format(version=version.group(1) if version else "?")
        target = STATIC / "govuk.css"
        target.write_text(f'@charset "UTF-8";\n{notice}{cut(css, kept_classes())}\n', encoding="utf-8")
        self.stdout.write(f"{target}: {target.stat().st_size} bytes")
