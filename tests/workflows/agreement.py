"""What must hold after every act, whatever was done: rows, tasks and states tell one story."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from supervision.cases import selectors
from supervision.cases.models import Case, Consultation, Inquiry, Recommendation
from supervision.deadlines.models import Deadline
from supervision.documents.models import Document
from workflows.models import SupervisionProcess, WorkItem
from workflows.registry import flows_by_slug

OPEN = [STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED, STATUS.SCHEDULED]
In, Rec, Paper = Inquiry.State, Recommendation.State, Document.State

#: Small flows beside the case's own.
BESIDE = ("cong-van", "gia-han")
#: In which states of the inquiry a step about it may stand open.
INQUIRY_STEPS = {
    "receive_inquiry": {In.SENT},
    "draft_response": {In.RECEIVED, In.SUPPLEMENT},
    "approve_response": {In.RECEIVED, In.SUPPLEMENT},
    "review_response": {In.ANSWERED},
    "draft_minutes": {In.ACCEPTED},
    "sign_minutes": {In.ACCEPTED},
    "survey": {In.ACCEPTED},
}
RECOMMENDATION_STEPS = {
    "receive_recommendation": {Rec.SENT},
    "draft_reply": {Rec.RECEIVED, Rec.REPLY_REJECTED},
    "approve_reply": {Rec.RECEIVED, Rec.REPLY_REJECTED},
    "record_reply": {Rec.RECEIVED, Rec.REPLY_REJECTED},
    "assess_reply": {Rec.REPLIED},
    "hold_dialogue": {Rec.RECONSIDER},
    "decide_reconsideration": {Rec.RECONSIDER},
    "report_carrying_out": {Rec.IMPLEMENTING},
    "verify": {Rec.IMPLEMENTED},
    "close_recommendation": {Rec.VERIFIED, Rec.SATISFIED, Rec.ANSWERED},
}
#: In which states any other step about them may: they have been sent and have not ended.
UNDER_WAY = set(In) - {In.PREPARED, In.DONE, In.WITHDRAWN}
STANDING = set(Rec) - {Rec.DRAFT, Rec.CLOSED, Rec.WITHDRAWN}


def check() -> None:
    """Raise AssertionError where two tables disagree; as many queries for one case as for many."""
    tasks = list(Task.objects.filter(status__in=OPEN).values_list("pk", "process", "flow_task_type"))
    items = list(
        WorkItem.objects.filter(finished_at__isnull=True).select_related(
            "case", "inquiry", "recommendation", "consultation", "document"
        )
    )
    _inbox_agrees_with_the_engine(tasks, items)
    _cases(tasks, items)
    for item in items:
        _item(item)
    _papers(items)


def _inbox_agrees_with_the_engine(tasks: list[Any], items: list[WorkItem]) -> None:
    human = [pk for pk, _process, kind in tasks if kind == "HUMAN"]
    assert sorted(human) == sorted(item.task_id for item in items)
    assert not Task.objects.filter(status=STATUS.ERROR).exists()


def _cases(tasks: list[Any], items: list[WorkItem]) -> None:
    mains = _main_processes()
    waiting, moving = {one[1] for one in tasks}, {one[1] for one in tasks if one[2] != "JOIN"}
    asked = _owners(Inquiry.objects.exclude(state__in=[In.DONE, In.WITHDRAWN, In.PREPARED]))
    consulted = _owners(Consultation.objects.filter(state=Consultation.State.ASKED))
    followed = _owners(Recommendation.objects.exclude(state__in=[Rec.CLOSED, Rec.WITHDRAWN]))
    own, beside = {one.case_id for one in items if one.form not in BESIDE}, {one.case_id for one in items}
    for case in Case.objects.all():
        main = mains[case.pk, case.form]
        if case.ended_at is None:
            assert main.status == STATUS.NEW
            assert main.pk in moving, "a running case in which nobody can do anything"
            assert case.state in (Case.State.RUNNING, Case.State.POSTPONED)
        else:
            assert main.pk not in waiting
            assert main.status == (STATUS.DONE if case.state == Case.State.CLOSED else STATUS.CANCELED)
            assert case.pk not in asked | consulted
        if case.state == Case.State.CLOSED:
            assert case.pk not in followed | beside
        if case.state == Case.State.CANCELLED:
            assert case.pk not in own
            _no_clock_runs(case)
    _one_branch_each(items)


def _main_processes() -> dict[tuple[int, str], SupervisionProcess]:
    """Return the process that runs each case itself, by the case and its form."""
    kind = ContentType.objects.get_for_model(Case)
    rows = SupervisionProcess.objects.filter(artifact_content_type=kind)
    forms = {flow_class: slug for slug, flow_class in flows_by_slug().items()}
    return {(int(row.artifact_object_id), forms.get(row.flow_class, "")): row for row in rows}


def _owners(rows: QuerySet[Any]) -> set[int]:
    return set(rows.values_list("case", flat=True))


def _one_branch_each(items: list[WorkItem]) -> None:
    own = [item for item in items if item.form not in BESIDE]
    inquiries = Counter(item.inquiry_id for item in own if item.inquiry_id)
    recommendations = Counter(item.recommendation_id for item in own if item.recommendation_id)
    assert all(count == 1 for count in [*inquiries.values(), *recommendations.values()])
    clocks = ("report_deadline", "asked_deadline", "supplement_deadline", "result_deadline")
    for inquiry in Inquiry.objects.filter(state=In.WITHDRAWN).select_related(*clocks):
        assert inquiry.pk not in inquiries
        for name in clocks:
            clock: Deadline | None = getattr(inquiry, name)
            assert clock is None or not clock.is_running


def _no_clock_runs(case: Case) -> None:
    for item in case.work_items.exclude(deadline=None).exclude(form__in=BESIDE).select_related("deadline"):
        assert not item.deadline.is_running, (item.step, item.deadline.rule)


def _item(item: WorkItem) -> None:
    if item.consultation:
        assert item.consultation.state == Consultation.State.ASKED, item.consultation.state
    if item.inquiry and item.form not in BESIDE:
        expected = INQUIRY_STEPS.get(item.step, UNDER_WAY)
        assert item.inquiry.state in expected, (item.step, item.inquiry.state)
    if item.recommendation and item.form not in BESIDE:
        allowed = RECOMMENDATION_STEPS.get(item.step, STANDING)
        assert item.recommendation.state in allowed, (item.step, item.recommendation.state)
    if item.step.startswith("sign_"):
        assert item.document is not None and item.document.state == Paper.PREPARED, item.step


def _papers(items: list[WorkItem]) -> None:
    """A paper that was prepared has exactly one place where it is signed, or mended once returned."""
    waiting = Counter(item.document_id for item in items if item.step.startswith("sign_"))
    for item in (item for item in items if item.step == "mend_letter"):
        letter = selectors.paper_in_hand(item.case, selectors.ANY_LETTER, item.subject)
        waiting[letter.pk if letter else None] += 1
    prepared = set(Document.objects.filter(state=Paper.PREPARED).values_list("pk", flat=True))
    assert set(waiting) == prepared, "a paper waits to be signed where nobody can sign it"
    assert all(count == 1 for count in waiting.values())
    numbered = Document.objects.exclude(number=None).values_list("organization", "series", "year", "number")
    assert len(numbered) == len(set(numbered)), "a number was given twice"
    tasks = Task.objects.filter(external_task_id__startswith="document:", status__in=OPEN)
    signing = Document.objects.filter(state__in=[Paper.SIGNING, Paper.STUCK]).values_list("pk", flat=True)
    assert {f"document:{pk}" for pk in signing} == set(tasks.values_list("external_task_id", flat=True))
