"""What must hold after every act, whatever was done: rows, tasks and states tell one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from viewflow.workflow.fields import get_flow_ref
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from supervision.casefiles.models import Case
from supervision.cases import selectors
from supervision.cases.models import Consultation, Inquiry, Recommendation
from supervision.documents.models import Document
from workflows.engine.registry import flows_by_slug
from workflows.models import SupervisionProcess, WorkItem

OPEN = [STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED, STATUS.SCHEDULED]
In, Rec, Paper = Inquiry.State, Recommendation.State, Document.State

#: Small flows beside the case's own.
BESIDE = ("cong-van", "gia-han", "ky-chua-xong", "dinh-chinh")
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


class Kept:
    """A question asked after every act of a walk; its SQL, which costs most of asking, is written once.

    Rows are what the driver gives: whole numbers, words and None, nothing that Django would convert.
    """

    def __init__(self, asked: Callable[[], QuerySet[Any, Any]]) -> None:
        self.asked = asked
        self.sql: tuple[str, Any] | None = None

    def rows(self) -> list[Any]:
        if self.sql is None:
            self.sql = self.asked().query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(*self.sql)
            return list(cursor.fetchall())

    def column(self) -> list[Any]:
        """Return the first value of each row."""
        return [row[0] for row in self.rows()]


class Item(NamedTuple):
    """An open step in somebody's inbox, with the states of what it is about."""

    pk: int
    form: str
    step: str
    task: int
    case: int
    document: int | None
    document_state: str | None
    inquiry: int | None
    inquiry_state: str | None
    recommendation: int | None
    recommendation_state: str | None
    consultation_state: str | None


def _running(clock: str) -> Q:
    running = {f"{clock}__isnull": False, f"{clock}__met_on": None, f"{clock}__dropped_at": None}
    return Q(**running)


ITEMS = Kept(
    lambda: WorkItem.objects.filter(finished_at=None).values_list(
        "pk", "form", "step", "task_id", "case_id", "document_id", "document__state", "inquiry_id",
        "inquiry__state", "recommendation_id", "recommendation__state", "consultation__state",
    )
)  # fmt: skip
TASKS = Kept(lambda: Task.objects.filter(status__in=OPEN).values_list("pk", "process", "flow_task_type"))
FAILED = Kept(lambda: Task.objects.filter(status=STATUS.ERROR).values_list("pk"))
PAPERS_SIGNED = Kept(
    lambda: Task.objects.filter(external_task_id__startswith="document:", status__in=OPEN).values_list(
        "external_task_id"
    )
)
CASES = Kept(lambda: Case.objects.values_list("pk", "form", "state", "ended_at"))
MAINS = Kept(
    lambda: SupervisionProcess.objects.filter(
        artifact_content_type__app_label="casefiles", artifact_content_type__model="case"
    ).values_list("artifact_object_id", "flow_class", "pk", "status")
)
ASKED = Kept(
    lambda: Inquiry.objects.exclude(state__in=[In.DONE, In.WITHDRAWN, In.PREPARED]).values_list("case")
)
CONSULTED = Kept(lambda: Consultation.objects.filter(state=Consultation.State.ASKED).values_list("case"))
FOLLOWED = Kept(
    lambda: Recommendation.objects.exclude(state__in=[Rec.CLOSED, Rec.WITHDRAWN]).values_list("case")
)
WITHDRAWN = Kept(lambda: Inquiry.objects.filter(state=In.WITHDRAWN).values_list("pk"))
WITHDRAWN_IN_TIME = Kept(
    lambda: Inquiry.objects.filter(
        _running("report_deadline")
        | _running("asked_deadline")
        | _running("supplement_deadline")
        | _running("result_deadline"),
        state=In.WITHDRAWN,
    ).values_list("pk")
)
CANCELLED_IN_TIME = Kept(
    lambda: (
        WorkItem.objects.filter(_running("deadline"), case__state=Case.State.CANCELLED)
        .exclude(form__in=BESIDE)
        .values_list("step", "deadline__rule")
    )
)
PAPERS = Kept(
    lambda: Document.objects.exclude(state__in=[Paper.SIGNED, Paper.ABANDONED]).values_list("pk", "state")
)
CHANGES_RETURNED = Kept(
    lambda: Document.objects.filter(case_link__change__isnull=False, state=Paper.RETURNED).values_list("pk")
)
NUMBERS = Kept(
    lambda: Document.objects.exclude(number=None).values_list("organization", "series", "year", "number")
)


def check() -> None:
    """Raise AssertionError where two tables disagree; as many queries for one case as for many."""
    tasks = TASKS.rows()
    items = [Item(*row) for row in ITEMS.rows()]
    _inbox_agrees_with_the_engine(tasks, items)
    _cases(tasks, items)
    for item in items:
        _item(item)
    _papers(items)


def _inbox_agrees_with_the_engine(tasks: list[Any], items: list[Item]) -> None:
    human = [pk for pk, _process, kind in tasks if kind == "HUMAN"]
    assert sorted(human) == sorted(item.task for item in items)
    assert not FAILED.rows()


def _cases(tasks: list[Any], items: list[Item]) -> None:
    forms = {get_flow_ref(flow_class): slug for slug, flow_class in flows_by_slug().items()}
    mains = {(int(case), forms.get(flow)): (pk, status) for case, flow, pk, status in MAINS.rows()}
    waiting, moving = {one[1] for one in tasks}, {one[1] for one in tasks if one[2] != "JOIN"}
    asked, consulted, followed = (set(kept.column()) for kept in (ASKED, CONSULTED, FOLLOWED))
    own = {one.case for one in items if one.form not in BESIDE}
    beside = {one.case for one in items if one.form != "dinh-chinh"}  # what is published outlives its case
    for pk, form, state, ended_at in CASES.rows():
        main, status = mains[pk, form]
        if ended_at is None:
            assert status == STATUS.NEW
            assert main in moving, "a running case in which nobody can do anything"
            assert state in (Case.State.RUNNING, Case.State.POSTPONED)
        else:
            assert main not in waiting
            assert status == (STATUS.DONE if state == Case.State.CLOSED else STATUS.CANCELED)
            assert pk not in asked | consulted
        if state == Case.State.CLOSED:
            assert pk not in followed | beside
        if state == Case.State.CANCELLED:
            assert pk not in own
    assert not (late := CANCELLED_IN_TIME.rows()), f"clocks run on in a cancelled case: {late}"
    _one_branch_each(items)


def _one_branch_each(items: list[Item]) -> None:
    own = [item for item in items if item.form not in BESIDE]
    inquiries = Counter(item.inquiry for item in own if item.inquiry)
    recommendations = Counter(item.recommendation for item in own if item.recommendation)
    assert all(count == 1 for count in [*inquiries.values(), *recommendations.values()])
    assert not inquiries.keys() & set(WITHDRAWN.column())
    assert not WITHDRAWN_IN_TIME.rows()


def _item(item: Item) -> None:
    if item.consultation_state:
        assert item.consultation_state == Consultation.State.ASKED, item
    if item.inquiry and item.form not in BESIDE:
        assert item.inquiry_state in INQUIRY_STEPS.get(item.step, UNDER_WAY), item
    if item.recommendation and item.form not in BESIDE:
        assert item.recommendation_state in RECOMMENDATION_STEPS.get(item.step, STANDING), item
    if item.step.startswith("sign_"):
        assert item.document and item.document_state == Paper.PREPARED, item


def _papers(items: list[Item]) -> None:
    """A paper that was prepared has exactly one place where it is signed, or mended once returned."""
    waiting = Counter(item.document for item in items if item.step.startswith("sign_"))
    waiting.update(_in_hand(item.pk) for item in items if item.step == "mend_letter")
    papers = PAPERS.rows()
    prepared = {pk for pk, state in papers if state == Paper.PREPARED}
    assert set(waiting) == prepared, "a paper waits to be signed where nobody can sign it"
    assert all(count == 1 for count in waiting.values())
    numbers = NUMBERS.rows()
    assert len(numbers) == len(set(numbers)), "a number was given twice"
    stuck = {pk for pk, state in papers if state == Paper.STUCK}
    unsigned = Counter(item.document for item in items if item.form == "ky-chua-xong")
    assert set(unsigned) == stuck and all(count <= 2 for count in unsigned.values()), (
        "a paper that could not be signed is nobody's work"
    )
    left = {pk for (pk,) in CHANGES_RETURNED.rows()}
    mended = {item.pk for item in items if item.step == "mend_change"}
    waiting_for = WorkItem.objects.filter(pk__in=mended).values("change__publication")
    theirs = Document.objects.filter(case_link__change__publication__in=waiting_for)
    assert left <= set(theirs.values_list("pk", flat=True)), "a number of a change is kept for nobody"
    signing = {f"document:{pk}" for pk, state in papers if state in (Paper.SIGNING, Paper.STUCK)}
    assert signing == set(PAPERS_SIGNED.column())


def _in_hand(pk: int) -> int | None:
    item = WorkItem.objects.select_related("case", "inquiry", "recommendation", "criticism").get(pk=pk)
    letter = selectors.paper_in_hand(item.case, selectors.ANY_LETTER, item.subject)
    return letter.pk if letter else None
