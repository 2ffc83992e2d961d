"""The task that signs the tree; only the worker may read the key."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from supervision.publication.log.signing import sign_checkpoint
from supervision.publication.log.witnesses import ask_witnesses


@task(queue_name="signing")
def checkpoint() -> None:
    """Sign the tree with all leaves that are there by now, and ask the witnesses."""
    sign_checkpoint(at=timezone.now())
    ask_witnesses(at=timezone.now())
