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
        from workflows import agreeing, clocks, duties, inbox, signing, standing_in, unsigned
        from workflows.models import WorkItem

        handed_over.connect(duties.follow, dispatch_uid="workflows.follow")
        plan_version_withdrawn.connect(agreeing.ask_again, dispatch_uid="workflows.ask_again")
        successions.register_duties(duties.open_duties)
        document_held.connect(signing.hold, dispatch_uid="workflows.hold")
        document_signed.connect(signing.go_on, dispatch_uid="workflows.go_on")
        document_stuck.connect(unsigned.offer, dispatch_uid="workflows.offer_unsigned")
        document_unstuck.connect(unsigned.take_off, dispatch_uid="workflows.take_off_unsigned")
        policy.register(WorkItem, "offered", inbox.offered_q)
        policy.register(WorkItem, "assigned", inbox.assigned_q)
        policy.register(WorkItem, "own", inbox.led_q)
        policy.register(WorkItem, "substituted", standing_in.substituted_q)
        policy.register(WorkItem, "authorized", standing_in.authorized_q)
        clocks.register()
