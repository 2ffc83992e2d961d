"""When the worker has signed a paper, the flow that waited for it goes on."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from viewflow.workflow.context import Context
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from supervision.documents.models import Document


def go_on(sender: Any, document: Document, **kwargs: Any) -> None:
    """Complete the node that waits for `document`, inside the worker's final transaction."""
    task = Task.objects.filter(external_task_id=f"document:{document.pk}", status=STATUS.NEW).first()
    if task is None:
        return
    at = document.signed_at or timezone.now()
    with Context(at=at):
        task.flow_task.run(task, document=document, at=at)
