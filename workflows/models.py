from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from viewflow.workflow.models import Process

from supervision.cases.models import ChangeRequest, Consultation, Criticism, Inquiry, Recommendation
from supervision.documents.models import Document
from supervision.language.codes import new_public_id
from supervision.law.text import T

#: The small form of work on a paper that could not be signed: it is about the paper itself.
UNSIGNED = "ky-chua-xong"


class SupervisionProcess(Process):
    """The one process class of all forms; its artifact is always the case."""

    class Meta:
        proxy = True


class WorkItem(models.Model):
    """One row per open human task: the inbox reads only this (`design.md` 4.4).

    Offered to an organization and duties (`duties` is "|officer|clerk|"), or to one named
    mandate. `mandate` is who has taken it or was given it. Written by the nodes when a task
    is created, taken, finished or cancelled; finished rows stay as the record of work.
    """

    class Outcome(models.TextChoices):
        DONE = "done"
        CANCELLED = "cancelled"

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    task = models.OneToOneField("viewflow.Task", models.PROTECT, related_name="work_item")
    process = models.ForeignKey("viewflow.Process", models.PROTECT, related_name="+")
    form = models.CharField(max_length=40)
    step = models.CharField(max_length=60)
    case = models.ForeignKey("casefiles.Case", models.PROTECT, related_name="work_items")
    inquiry = models.ForeignKey("cases.Inquiry", models.PROTECT, null=True, related_name="work_items")
    recommendation = models.ForeignKey(
        "cases.Recommendation", models.PROTECT, null=True, related_name="work_items"
    )
    consultation = models.ForeignKey(
        "cases.Consultation", models.PROTECT, null=True, related_name="work_items"
    )
    criticism = models.ForeignKey("cases.Criticism", models.PROTECT, null=True, related_name="work_items")
    change = models.ForeignKey("cases.ChangeRequest", models.PROTECT, null=True, related_name="work_items")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="work_items")
    deadline = models.ForeignKey("deadlines.Deadline", models.PROTECT, null=True, related_name="work_items")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="work_items")
    duties = models.CharField(max_length=80, blank=True)
    named = models.BooleanField(default=False)  # only this mandate may act (delegation head, secretary)
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="work_items")
    assigned_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    finished_by = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    acted_for = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["organization", "finished_at", "mandate"]),
            models.Index(fields=["mandate", "finished_at"]),
            models.Index(fields=["case", "finished_at"]),
            models.Index(fields=["assigned_by", "finished_at"]),
        ]

    @property
    def subject(
        self,
    ) -> Inquiry | Recommendation | Consultation | Criticism | ChangeRequest | Document | None:
        """What in the case the step is about, a paper that could not be signed too; None for the case."""
        if self.form == UNSIGNED:
            return self.document
        return self.request or self.consultation or self.change

    @property
    def request(self) -> Inquiry | Recommendation | Criticism | None:
        """What an agency owes an answer to, where the step is about one."""
        return self.inquiry or self.recommendation or self.criticism

    @property
    def about(self) -> T | None:
        """The subject as titles name it: an agency, "kiến nghị 2", whoever is asked."""
        if self.inquiry:
            return T(self.inquiry.agency.short_name, self.inquiry.agency.short_name)
        if self.recommendation:
            self.recommendation.case = self.case
            return self.recommendation.called
        if self.consultation:
            return T(self.consultation.name, self.consultation.name)
        if self.form == UNSIGNED and self.document:
            return T(self.document.number_text, self.document.number_text)
        if self.change:
            return self.change.called
        return None


class BulkAct(models.Model):
    """Assigning or reminding of many items at once, under the key its form carried, with what became of each.

    `results` is a list of {item, title, code, outcome ("done", "refused"), words}; the same key
    never acts twice, and its row is the page of results.
    """

    class Kind(models.TextChoices):
        ASSIGN = "assign"
        REMIND = "remind"

    public_id = models.CharField(max_length=26, unique=True, default=new_public_id, editable=False)
    key = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64, blank=True)  # the mark of what was sent under the key
    kind = models.CharField(max_length=8, choices=Kind)
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    to = models.ForeignKey("organizations.Mandate", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    results = models.JSONField(default=list)


class WorkingCopy(models.Model):
    """What someone has typed and not yet handed in ("Lưu nháp"), one per work item and mandate.

    A form carries the `edition` of the copy it was filled with, so that nobody saves over what they
    have not seen: the same person may have two windows open.
    """

    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="working_copies")
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    data = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "mandate"], name="one_working_copy")]

    @property
    def edition(self) -> str:
        """A mark that is another one whenever what was typed is."""
        return edition_of(self.data)


def edition_of(data: dict[str, Any]) -> str:
    """Return the mark of a copy that holds `data`."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:20]


class Opening(models.Model):
    """A case that was opened, under the key its form carried: the same key never opens two."""

    key = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64, blank=True)  # the mark of what was sent under the key
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    case = models.ForeignKey("casefiles.Case", models.PROTECT, related_name="+")


class Confirmation(models.Model):
    """Proof, good for some minutes, that a person is who they say: earned for the acts it names, no others.

    Made by `workflows.acts.confirming` alone.
    """

    class Method(models.TextChoices):
        PASSWORD = "password"
        SAMPLE = "sample"  # the invented people of a demonstration

    user = models.ForeignKey("organizations.User", models.PROTECT, related_name="+")
    method = models.CharField(max_length=12, choices=Method)
    earned_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("earned_at")), name="confirmation_runs_out"
            )
        ]


class ConfirmedAct(models.Model):
    """One act that a confirmation names: the item, the hash of what was confirmed, when it was spent."""

    confirmation = models.ForeignKey(Confirmation, models.PROTECT, related_name="acts")
    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="+")
    content = models.CharField(max_length=64)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["confirmation", "item"], name="confirmed_once")]


class DoneAct(models.Model):
    """An act that went through, under the key its form carried: the same key never acts twice.

    Its row is also the receipt: number, time and what happens next.
    """

    key = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64, blank=True)  # the mark of what was sent under the key
    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="acts")
    mandate = models.ForeignKey("organizations.Mandate", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)  # what was entered, without passwords: refills a returned step
    receipt = models.JSONField(default=dict)
    confirmed = models.OneToOneField(ConfirmedAct, models.PROTECT, null=True, related_name="+")
