from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "supervision.limits"
    label = "limits"

    def ready(self) -> None:
        from supervision.limits import checks  # noqa: F401
