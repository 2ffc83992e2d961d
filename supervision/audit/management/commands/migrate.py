"""`migrate`: Django's own, which leaves a database of another version alone and no guard lifted."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.commands import migrate
from django.db import DatabaseError

from supervision.audit.applied import refuse_another_version
from supervision.audit.guards import install

logger = logging.getLogger(__name__)


class Command(migrate.Command):
    """Django's command between two acts of ours, before it judges a database and after it failed."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; CommandError for a database of another version, and what Django's own raises."""
        using = options["database"]
        refuse_another_version(using)
        try:
            super().handle(*args, **options)
        except BaseException:  # interrupted too: SQLite's guards were lifted while tables are made anew
            _put_back(using)
            raise


def _put_back(using: str) -> None:
    try:
        install(using)
    except DatabaseError:  # what stopped the migration is what is to be told
        logger.exception("the guards are not back: run migrate again")
