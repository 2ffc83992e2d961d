"""The process of a case, and holding a case while something outside its tasks is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from viewflow.workflow.context import Context

from supervision.casefiles.models import Case
from supervision.cases.models import BoardSupervision, Criticism, Inquiry, Recommendation
from workflows.engine.registry import flow_of
from workflows.models import SupervisionProcess

Subject = TypeVar("Subject", bound=Inquiry | Recommendation | Criticism | BoardSupervision)
#: Small forms that run beside a case.
EXTENSION, LETTER = "gia-han", "cong-van"


def process_of(case: Case) -> SupervisionProcess:
    """Return the process that runs the case itself (letters run beside it)."""
    return SupervisionProcess.objects.get(
        flow_class=flow_of(case.form),
        artifact_content_type=ContentType.objects.get_for_model(Case),
        artifact_object_id=case.pk,
    )


def start_letter(at: dt.datetime, **started: Any) -> None:
    """Offer a prepared letter for signature, in the small flow beside the case."""
    with Context(at=at):
        flow_of(LETTER).start.run(**started)


@contextmanager
def locked(subject: Subject) -> Iterator[Subject]:
    """Yield the row as it stands now, with its case locked: two people never send two letters."""
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=subject.case_id)
        row: Any = type(subject).objects.select_related("case__lead").get(pk=subject.pk)
        yield row


@contextmanager
def locked_case(case: Case) -> Iterator[Case]:
    """Yield the case, held against other acts on it."""
    with transaction.atomic():
        yield Case.objects.select_for_update(of=("self",)).select_related("lead").get(pk=case.pk)
