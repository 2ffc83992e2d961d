"""The vendored style sheet holds every class in use, and nothing in a page bypasses the policy."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from supervision.portal.management.commands.vendor_css import STATIC, cut, kept_classes

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = [
    path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in {"documents"}
]


def test_every_class_of_the_kit_that_a_template_uses_is_kept() -> None:
    used = {
        name for path in OURS for name in re.findall(r"govuk-[a-z0-9_-]+", path.read_text(encoding="utf-8"))
    }
    used = {name for name in used if not name.endswith("-")}
    assert used <= kept_classes() | {"govuk-frontend"}


def test_every_class_of_ours_that_a_template_uses_is_styled() -> None:
    theme = (STATIC / "theme.css").read_text(encoding="utf-8")
    styled = set(re.findall(r"\.(gs-[a-z0-9_-]+)", theme))
    used = {
        name
        for path in OURS
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.findall(r"gs-[a-z0-9_-]*[a-z0-9](?![\w{-])", value)
    }
    bare = {"gs-header", "gs-event__text", "gs-masthead"}  # hooks without a rule of their own
    assert used - styled - bare == set()


def test_no_template_carries_a_style_or_a_script() -> None:
    for path in OURS:
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|data:", html), path


def test_the_cut_keeps_whole_rules_of_listed_classes_only() -> None:
    css = "@font-face{src:url(x)}.govuk-a{x:y}.govuk-b,.govuk-a:hover{p:q}@media print{.govuk-b{x:y}}*{m:n}"
    assert cut(css, frozenset({"govuk-a"})) == ".govuk-a{x:y}.govuk-a:hover{p:q}"


def test_the_vendored_sheet_fetches_nothing() -> None:
    for name in ("govuk.css", "theme.css"):
        css = (STATIC / name).read_text(encoding="utf-8")
        assert not re.findall(r"url\((?![\"']?fonts/)", css)
        assert "@import" not in css
    assert (STATIC / "govuk-license.txt").exists() and (STATIC / "fonts" / "OFL.txt").exists()
