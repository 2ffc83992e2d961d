"""What whoever did a step is given: its number, the files that went out, and what stands open next."""

from __future__ import annotations

from typing import Any

from supervision.files.models import Attachment
from workflows.models import WorkItem


def of(item: WorkItem, files: list[Attachment]) -> dict[str, Any]:
    """Return the receipt of a step just done, as JSON."""
    rows = [{"name": file.name, "sha256": file.blob.sha256, "size": file.blob.size} for file in files]
    return {"number": f"BN-{item.pk:06d}", "files": rows, "next": _waiting(item)}


def _waiting(item: WorkItem) -> list[dict[str, str]]:
    """Return what stands open now in the same branch, for "what happens next"."""
    waiting = WorkItem.objects.filter(case=item.case, finished_at__isnull=True)
    if item.inquiry_id:
        waiting = waiting.filter(inquiry=item.inquiry)
    elif item.recommendation_id:
        waiting = waiting.filter(recommendation=item.recommendation)
    elif item.consultation_id:
        waiting = waiting.filter(consultation=item.consultation)
    return [
        {"form": other.form, "step": other.step, "organization": other.organization.short_name}
        for other in waiting.select_related("organization")[:5]
    ]
