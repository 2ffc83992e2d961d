"""What must hold after every act, whatever was done: rows, tasks and states tell one story."""

from __future__ import annotations

from collections import Counter

from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from supervision.cases import selectors
from supervision.cases.models import Case, Consultation, Inquiry, Recommendation
from supervision.deadlines.models import Deadline
from supervision.documents.models import Document
from workflows.models import WorkItem
from workflows.outside import process_of

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
    """Raise AssertionError where two tables disagree."""
    _inbox_agrees_with_the_engine()
    for case in Case.objects.all():
        _case(case)
    for item in WorkItem.objects.filter(finished_at__isnull=True).select_related(
        "inquiry", "recommendation", "consultation"
    ):
        _item(item)
    _papers()


def _inbox_agrees_with_the_engine() -> None:
    tasks = Task.objects.filter(flow_task_type="HUMAN", status__in=OPEN)
    items = WorkItem.objects.filter(finished_at__isnull=True)
    assert sorted(tasks.values_list("pk", flat=True)) == sorted(items.values_list("task_id", flat=True))
    assert not Task.objects.filter(status=STATUS.ERROR).exists()


def _case(case: Case) -> None:
    main = process_of(case)
    waiting = Task.objects.filter(process=main, status__in=OPEN)
    if case.ended_at is None:
        assert main.status == STATUS.NEW
        moving = waiting.exclude(flow_task_type="JOIN")
        assert moving.exists(), "a running case in which nobody can do anything"
        assert case.state in (Case.State.RUNNING, Case.State.POSTPONED)
    else:
        assert not waiting.exists()
        assert main.status == (STATUS.DONE if case.state == Case.State.CLOSED else STATUS.CANCELED)
        left = case.inquiries.exclude(state__in=[In.DONE, In.WITHDRAWN, In.PREPARED])
        assert not left.exists()
        assert not case.consultations.filter(state=Consultation.State.ASKED).exists()
    if case.state == Case.State.CLOSED:
        assert not case.recommendations.exclude(state__in=[Rec.CLOSED, Rec.WITHDRAWN]).exists()
        assert not WorkItem.objects.filter(case=case, finished_at__isnull=True).exists()
    if case.state == Case.State.CANCELLED:
        assert not case.work_items.filter(finished_at__isnull=True).exclude(form__in=BESIDE).exists()
        _no_clock_runs(case)
    _one_branch_each(case)


def _one_branch_each(case: Case) -> None:
    items = case.work_items.filter(finished_at__isnull=True).exclude(form__in=BESIDE)
    inquiries = Counter(items.exclude(inquiry=None).values_list("inquiry", flat=True))
    recommendations = Counter(items.exclude(recommendation=None).values_list("recommendation", flat=True))
    assert all(count == 1 for count in [*inquiries.values(), *recommendations.values()])
    for inquiry in case.inquiries.filter(state=In.WITHDRAWN):
        assert inquiry.pk not in inquiries
        for name in ("report_deadline", "asked_deadline", "supplement_deadline", "result_deadline"):
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


def _papers() -> None:
    """A paper that was prepared has exactly one place where it is signed, or mended once returned."""
    items = WorkItem.objects.filter(finished_at__isnull=True).select_related("case")
    waiting = Counter(items.filter(step__startswith="sign_").values_list("document", flat=True))
    for item in items.filter(step="mend_letter"):
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
