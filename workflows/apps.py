from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    label = "supervision_workflows"

    def ready(self) -> None:
        from supervision.access import policy
        from supervision.documents.signals import document_signed
        from workflows import inbox, signing
        from workflows.models import WorkItem

        document_signed.connect(signing.go_on, dispatch_uid="workflows.go_on")
        policy.register(WorkItem, "offered", inbox.offered_q)
        policy.register(WorkItem, "assigned", inbox.assigned_q)
        policy.register(WorkItem, "own", inbox.led_q)
