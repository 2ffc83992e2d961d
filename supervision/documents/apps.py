from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "supervision.documents"
    label = "documents"

    def ready(self) -> None:
        from supervision.access import policy
        from supervision.access.relations import mine, own
        from supervision.documents import board_kinds  # noqa: F401  (registers its kinds)
        from supervision.documents.models import SigningAuthorization

        policy.register(SigningAuthorization, "own", own("organization"))
        policy.register(SigningAuthorization, "received", mine("grantee"))
        policy.register(SigningAuthorization, "passed", mine("grantor"))
