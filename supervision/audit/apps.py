from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_migrate


class AuditConfig(AppConfig):
    name = "supervision.audit"
    label = "audit"

    def ready(self) -> None:
        from supervision.audit.fixing import note

        post_save.connect(note, dispatch_uid="audit.note")
        pre_migrate.connect(_lift_guards, sender=self, dispatch_uid="audit.lift_guards")
        post_migrate.connect(_install_guards, sender=self, dispatch_uid="audit.install_guards")


def _lift_guards(using: str, plan: list[Any], **kwargs: Any) -> None:
    """SQLite rebuilds no table that a trigger of another one names; PostgreSQL keeps them through it all."""
    from django.db import connections

    from supervision.audit.guards import lift

    if plan and connections[using].vendor == "sqlite":
        lift(using)


def _install_guards(using: str, **kwargs: Any) -> None:
    from supervision.audit.guards import install

    install(using)
