from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OrganizationsConfig(AppConfig):
    name = "supervision.organizations"
    label = "organizations"

    def ready(self) -> None:
        from supervision.organizations import collation, successions

        connection_created.connect(collation.register, dispatch_uid="vi-x-icu")
        successions.register_duties(successions.bodies_below)
