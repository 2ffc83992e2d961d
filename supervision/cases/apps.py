from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "supervision.cases"
    label = "cases"

    def ready(self) -> None:
        from supervision.cases import access, duties
        from supervision.organizations import successions

        access.register()
        successions.register_duties(duties.open_duties)
