from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "supervision.documents"
    label = "documents"

    def ready(self) -> None:
        from supervision.documents import board_kinds  # noqa: F401  (registers its kinds)
