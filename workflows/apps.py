from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    label = "supervision_workflows"

    def ready(self) -> None:
        from supervision.access import policy
        from supervision.cases.signals import handed_over, plan_version_withdrawn
        from supervision.documents.signals import (
            document_held,
            document_signed,
            document_stuck,
            document_unstuck,
        )
        from supervision.organizations import successions
        from workflows import access
        from workflows.acts import plans, signatures, unsigned
        from workflows.inbox import substitutes, succession, work_items
        from workflows.models import WorkItem

        handed_over.connect(succession.follow, dispatch_uid="workflows.follow")
        plan_version_withdrawn.connect(plans.ask_again, dispatch_uid="workflows.ask_again")
        successions.register_duties(succession.open_duties)
        document_held.connect(signatures.hold, dispatch_uid="workflows.hold")
        document_signed.connect(signatures.go_on, dispatch_uid="workflows.go_on")
        document_stuck.connect(unsigned.offer, dispatch_uid="workflows.offer_unsigned")
        document_unstuck.connect(unsigned.take_off, dispatch_uid="workflows.take_off_unsigned")
        policy.register(WorkItem, "offered", work_items.offered_q)
        policy.register(WorkItem, "assigned", work_items.assigned_q)
        policy.register(WorkItem, "own", work_items.led_q)
        policy.register(WorkItem, "substituted", substitutes.substituted_q)
        policy.register(WorkItem, "authorized", substitutes.authorized_q)
        access.register()
