"""A database that another version of this program made, which is recognised and left as it is."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _


def unknown_steps(loader: MigrationLoader) -> list[str]:
    """Return the migrations of our apps that the loader's database has and this version has not."""
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith(("supervision.", "workflows"))}
    return sorted(
        f"{label}.{name}"
        for label, name in loader.applied_migrations
        if label in ours and (label, name) not in loader.disk_migrations
    )


def refuse_another_version(using: str, **kwargs: Any) -> None:
    """Stop `migrate` before it touches what it does not know; CommandError says so in one sentence."""
    if unknown := unknown_steps(MigrationLoader(connections[using])):
        raise CommandError(another_version(unknown))


def another_version(unknown: list[str]) -> str:
    """Return the sentence about a database with steps that are not known here."""
    return _(
        "Cơ sở dữ liệu này do phiên bản khác của phần mềm tạo (bước %(name)s không có ở đây) nên được giữ "
        "nguyên, không nâng cấp; hãy dùng một cơ sở dữ liệu mới hoặc đúng phiên bản đã tạo ra nó."
    ) % {"name": unknown[-1]}
