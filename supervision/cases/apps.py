from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "supervision.cases"
    label = "cases"

    def ready(self) -> None:
        from supervision.cases import access

        access.register()
