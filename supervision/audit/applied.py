"""A database that another version of this program made, which is recognised and left as it is."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from supervision.audit.guards import columns


def refuse_another_version(using: str) -> None:
    """Stop before a database is touched that is not this version's; CommandError says so in one sentence."""
    connection = connections[using]
    if words := another_version(connection, MigrationLoader(connection)):
        raise CommandError(words)


def another_version(connection: Any, loader: MigrationLoader) -> str:
    """Return in a sentence why a database is not this version's; "" for one that is, or can become it."""
    if unknown := unknown_steps(loader):
        why = _("bước %(name)s không có ở đây") % {"name": unknown[-1]}
    elif different := different_tables(connection, loader):
        why = _("bảng %(name)s thiếu cột") % {"name": different[0]}
    else:
        return ""
    return _(
        "Cơ sở dữ liệu này do phiên bản khác của phần mềm tạo (%(why)s) nên được giữ "
        "nguyên, không nâng cấp; hãy dùng một cơ sở dữ liệu mới hoặc đúng phiên bản đã tạo ra nó."
    ) % {"why": why}


def unknown_steps(loader: MigrationLoader) -> list[str]:
    """Return the migrations of our apps that the loader's database has and this version has not."""
    ours = {config.label for config in _own_apps()}
    return sorted(
        f"{label}.{name}"
        for label, name in loader.applied_migrations
        if label in ours and (label, name) not in loader.disk_migrations
    )


def different_tables(connection: Any, loader: MigrationLoader) -> list[str]:
    """Return the tables of our apps that lack columns of their models, though every step was taken.

    A step of another version may have the name of one of ours. A table may have more: what a database
    works out by itself, as the words that are searched.
    """
    there = columns(connection)
    waiting = {label for label, _name in loader.disk_migrations.keys() - loader.applied_migrations.keys()}
    tables = {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for config in _own_apps()
        if config.label not in waiting
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return sorted(table for table, wanted in tables.items() if not wanted <= there.get(table, set()))


def _own_apps() -> list[AppConfig]:
    return [one for one in apps.get_app_configs() if one.name.startswith(("supervision.", "workflows"))]
