from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "supervision.access"
    label = "access"

    def ready(self) -> None:
        from supervision.access import policy, relations
        from supervision.organizations.models import Organization

        policy.register(Organization, "any", relations.anyone)
        policy.register(Organization, "own", relations.own("pk"))
        policy.register(Organization, "subordinate", relations.below("path"))
