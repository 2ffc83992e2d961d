"""Driving a case step by step, as its people would: every act goes through `workflows`."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any, Protocol

from supervision.casefiles.models import Case
from supervision.cases.models import Consultation, Inquiry, Opinion, Recommendation
from supervision.cases.selectors import Subject
from supervision.demo.clock import Clock
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.documents.tasks import sign_now
from supervision.organizations.actors import Actor
from workflows.acts import confirming
from workflows.acts.act import act, open_case
from workflows.inbox.work_items import step_of
from workflows.models import Confirmation, DoneAct, WorkItem


def confirmed(who: Actor, item: WorkItem, data: dict[str, Any], at: dt.datetime) -> Confirmation | None:
    """Return what an invented person earns for a step that must be confirmed, None for any other."""
    if not confirming.is_asked(step_of(item), data):
        return None
    return confirming.for_sample_data(actor=who, acts=[(item, data)], at=at)


class Worker(Protocol):
    """Whoever finishes a paper that awaits its signature."""

    def __call__(self, document_id: int, *, at: dt.datetime) -> None: ...


class Driver:
    """One case and its clock.

    `first_day` is day 0; steps name a day relative to it and happen at working hours. Cases
    told together share one `clock`. `seed` makes the keys of the acts: stable, once per case.
    `worker` prints and signs a paper, as `sign_now` does.
    """

    def __init__(
        self, first_day: dt.date, *, seed: str, clock: Clock | None = None, worker: Worker = sign_now
    ) -> None:
        self.first_day = first_day
        self.worker = worker
        self.seed = seed
        self.clock = clock or Clock()
        self.count = itertools.count(1)
        self.case: Case | None = None

    def day(self, offset: int) -> dt.date:
        """Return the date `offset` calendar days from day 0."""
        return self.first_day + dt.timedelta(days=offset)

    def at(self, offset: int) -> dt.datetime:
        """Return a moment of that day, later than every moment asked for before on it."""
        return self.clock.at(self.day(offset))

    def open(
        self,
        offset: int,
        by: str,
        *,
        form: str = "doan-giam-sat",
        **data: Any,
    ) -> Case:
        """Open the case as `by`, from an item of an annual plan where one is given (`annual_item`)."""
        self.case = open_case(actor=actor(by), form=form, data=data, at=self.at(offset))
        return self.case

    def item(self, step: str, subject: Subject = None) -> WorkItem:
        """Return the open work item of `step` about `subject`."""
        items = WorkItem.objects.filter(case=self.case, step=step, finished_at__isnull=True)
        if subject is not None:
            items = items.filter(**{subject._meta.model_name: subject})
        return items.get()

    def do(
        self,
        offset: int,
        by: str | Actor,
        step: str,
        subject: Subject = None,
        **data: Any,
    ) -> DoneAct:
        """Do `step` on day `offset` as `by`."""
        who = actor(by) if isinstance(by, str) else by
        key = f"{self.seed}-{next(self.count)}"
        item, at = self.item(step, subject), self.at(offset)
        return act(
            actor=who, item=item, data=data, key=key, at=at, confirmation=confirmed(who, item, data, at)
        )

    def sign(self, offset: int, by: str, step: str, subject: Subject = None) -> Document:
        """Sign the paper of `step` as `by` and let the worker finish it on the same day."""
        document = self.item(step, subject).document
        self.do(offset, by, step, subject, decision="sign")
        self.worker(document.pk, at=self.at(offset))
        document.refresh_from_db()
        if document.state != Document.State.SIGNED:
            raise RuntimeError(f"{self.seed}: {document.subject}: {document.trouble}")
        return document

    def inquiry(self, code: str) -> Inquiry:
        return self.case.inquiries.select_related("agency", "case").get(agency__code=code)

    def consultation(self, key: str) -> Consultation:
        """Return what a body (its code) or a person (their mandate's key) was asked to say."""
        rows = self.case.consultations.select_related("organization", "person__user", "case").order_by("-pk")
        if "." in key:
            return rows.filter(person=actor(key).mandate)[0]
        return rows.filter(person__isnull=True, organization__code=key)[0]

    def opinion(self, number: int) -> Opinion:
        """Return an opinion of the collection by its number."""
        return self.case.opinions.select_related("case__lead", "source").get(number=number)

    def recommendation(self, number: int) -> Recommendation:
        rows = self.case.recommendations.select_related("addressee", "case")
        return rows.order_by("-pk").filter(number=number)[0]
