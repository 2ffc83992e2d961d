"""Random walks: whoever does whatever the flow offers, in any order; nothing contradicts itself.

Each walk starts from a stage drawn by its number and is repeatable by it. `WALKS=300` walks more.
Between allowed acts people try what they may not; that is refused and changes nothing.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from supervision.access.policy import Hidden
from supervision.audit.models import Event
from supervision.cases.models import Case, Inquiry, Recommendation
from supervision.documents.models import Document
from supervision.documents.tasks import sign_now
from supervision.errors import DomainError, NotAllowed
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate
from supervision.web.demo.driver import Driver
from supervision.web.demo.world import actor
from tests.stages import CHAIR, DEPUTY, OFFICER, STAGES, colleague_of, entries, org, who_does
from tests.workflows import agreement
from workflows import act, inbox, outside
from workflows.models import DoneAct, WorkItem

Start = Callable[[str], Driver]
WALKS = int(os.environ.get("WALKS", "24"))
STEPS = 40
IN_A_TEST = 4
#: Printing and signing takes half a second, so a walk signs this often at most.
SIGNATURES = 2

#: What may be chosen at a step instead of the straight path, and how often.
CHOICES: dict[str, list[dict[str, Any]]] = {
    "approve_response": [{"decision": "return", "reason": "Thiếu"}],
    "approve_reply": [{"decision": "return", "reason": "Thiếu"}],
    "review_response": [{"decision": "supplement", "points": "Số liệu", "supplement_due_on": 9}],
    "draft_reply": [
        {"verdict": "partly_accepted", "reason": "Một phần", "due_on": 30},
        {"verdict": "not_accepted", "reason": "Không có biên chế"},
        {"verdict": "reconsider", "reason": "Sai đối tượng"},
    ],
    "assess_reply": [
        {"verdict": "rejected", "text": "Chưa rõ", "again_on": 10},
        {"verdict": "explanation_satisfied", "text": "Có cơ sở"},
    ],
    "decide_reconsideration": [
        {"decision": "amended", "reason": "Có lý", "new_text": "Nội dung mới"},
        {"decision": "withdrawn", "reason": "Sai đối tượng"},
    ],
    "report_carrying_out": [{"extent": "part"}],
    "verify": [{"outcome": "not_yet"}],
    "draft_recommendations": [{"recommendations": []}],
}


class Walk:
    """One walk: a die, a day that moves on, a count of what was done."""

    def __init__(self, driver: Driver, number: int, day: int) -> None:
        self.driver, self.number, self.day = driver, number, day
        self.die = random.Random(number)
        self.signatures = 0
        self.done: Counter[str] = Counter()

    def step(self) -> None:
        self.day += self.die.choice((0, 0, 1, 1, 2, 9))
        self.driver.case = Case.objects.select_related("lead__superior").get(pk=self.driver.case.pk)
        kind = self.die.choices(("act", "outside", "forbidden", "take"), (70, 14, 10, 6))[0]
        getattr(self, f"_{kind}")()
        agreement.check()

    def _open(self) -> list[WorkItem]:
        items = WorkItem.objects.filter(finished_at__isnull=True).order_by("pk")
        return list(items.select_related("organization", "inquiry", "recommendation", "case"))

    def _act(self) -> None:
        items = [item for item in self._open() if not item.step.startswith("sign_") or self._may_sign()]
        if not items:
            return
        item = self.die.choice(items)
        who = self.die.choice([who_does(item), colleague_of(item)])
        subject = item.inquiry or item.recommendation
        on = self.driver.day(self.day)
        other = self._choice(item.step)
        data = entries(self.driver, item.step, on, subject, **other)
        try:
            act.act(
                actor=actor(who) if isinstance(who, str) else who,
                item=item,
                data=data,
                key=f"walk-{self.number}-{sum(self.done.values())}-{item.pk}",
                at=self.driver.at(self.day),
            )
        except DomainError as refused:
            assert str(getattr(refused, "message", "")) or getattr(refused, "errors", None)
            self.done["refused"] += 1
            return
        self.done[item.step] += 1
        self._let_the_worker_sign()

    def _may_sign(self) -> bool:
        return self.signatures < SIGNATURES

    def _choice(self, step: str) -> dict[str, Any]:
        if step.startswith("sign_"):
            return self.die.choices(({"decision": "sign"}, {"decision": "return", "reason": "Sửa"}), (3, 1))[
                0
            ]
        offered = CHOICES.get(step, [])
        chosen = dict(self.die.choice([{}, *offered, {}]))
        for name, value in chosen.items():
            if isinstance(value, int):
                chosen[name] = self.driver.day(self.day + value)
        return chosen

    def _let_the_worker_sign(self) -> None:
        for document in Document.objects.filter(state=Document.State.SIGNING):
            agreement.check()
            sign_now(document.pk, at=self.driver.at(self.day))
            self.signatures += 1
            assert Document.objects.get(pk=document.pk).state == Document.State.SIGNED

    def _take(self) -> None:
        free = [item for item in self._open() if item.mandate_id is None]
        if not free:
            return
        item = self.die.choice(free)
        who = who_does(item)
        inbox.take(item, actor=actor(who) if isinstance(who, str) else who, at=self.driver.at(self.day))
        self.done["take"] += 1

    def _forbidden(self) -> None:
        """Somebody of the world tries a step that is not theirs."""
        items = self._open()
        if not items:
            return
        item = self.die.choice(items)
        mandates = Mandate.objects.select_related("user", "organization").order_by("pk")
        who = Actor.of(mandates[self.die.randrange(mandates.count())])
        if who.organization == item.organization:
            return
        before = (Event.objects.count(), DoneAct.objects.count())
        with pytest.raises((Hidden, NotAllowed)):
            act.act(actor=who, item=item, data={}, key=f"no-{self.number}", at=self.driver.at(self.day))
        assert (Event.objects.count(), DoneAct.objects.count()) == before
        self.done["forbidden"] += 1

    def _outside(self) -> None:
        case, at = self.driver.case, self.driver.at(self.day)
        head = actor(self.die.choice((CHAIR, DEPUTY)))
        on = self.driver.day(self.day)
        acts: list[tuple[str, Callable[[], None]]] = [
            ("postpone", lambda: outside.postpone_case(actor=head, case=case, reason="Bão", at=at)),
            ("reschedule", lambda: self._reschedule(head, at)),
            ("reschedule", lambda: self._reschedule(head, at)),
        ]
        if self.die.random() < 0.15:
            acts = [("cancel", lambda: outside.cancel_case(actor=head, case=case, reason="Trùng", at=at))]
        inquiries, rows = list(case.inquiries.order_by("pk")), list(case.recommendations.order_by("pk"))
        if inquiries:
            acts += self._about_inquiry(self.die.choice(inquiries), head, on, at)
        if rows:
            acts += self._about_recommendation(self.die.choice(rows), on, at)
        name, call = self.die.choice(acts)
        try:
            call()
            self.done[name] += 1
        except DomainError:
            self.done["refused"] += 1

    def _reschedule(self, head: Actor, at: Any) -> None:
        going = self.driver.case.inquiries.exclude(state__in=[Inquiry.State.DONE, Inquiry.State.WITHDRAWN])
        days = {inquiry.pk: self.driver.day(self.day + self.die.randrange(16, 30)) for inquiry in going}
        outside.reschedule_case(actor=head, case=self.driver.case, days=days, reason="Hẹn lại", at=at)

    def _about_inquiry(self, inquiry: Inquiry, head: Actor, on: Any, at: Any) -> list[Any]:
        more, agency = self.driver.day(self.day + 5), actor(f"{inquiry.agency.code}.dau_moi")
        return [
            (
                "withdraw",
                lambda: outside.withdraw_inquiry(actor=head, inquiry=inquiry, reason="Giải thể", at=at),
            ),
            (
                "extend",
                lambda: outside.grant_extension(
                    actor=actor(OFFICER), subject=inquiry, to_on=more, reason="X", at=at
                ),
            ),
            (
                "ask",
                lambda: outside.request_extension(
                    actor=agency,
                    subject=inquiry,
                    to_on=more,
                    reason="X",
                    at=at,
                ),
            ),
        ]

    def _about_recommendation(self, row: Recommendation, on: Any, at: Any) -> list[Any]:
        officer, more = actor(OFFICER), self.driver.day(self.day + 20)
        to = org("so-nv-24")
        return [
            ("urge", lambda: outside.urge(actor=officer, recommendation=row, text="Đề nghị", at=at)),
            (
                "escalate",
                lambda: outside.escalate(actor=officer, recommendation=row, to=to, text="Đề nghị", at=at),
            ),
            (
                "extend",
                lambda: outside.grant_extension(
                    actor=officer, subject=row, to_on=more, reason="Có lý do", at=at
                ),
            ),
        ]


STARTS = {
    "opened": -33,
    "planned": -27,
    "decided": -24,
    "asked": -19,
    "answered": -9,
    "met": 4,
    "reported": 15,
    "recommended": 22,
}


@pytest.mark.parametrize("first", range(0, WALKS, IN_A_TEST))
def test_walks(stage: Start, first: int) -> None:
    for number in range(first, min(first + IN_A_TEST, WALKS)):
        name = STAGES[number % len(STAGES)].__name__
        walk = Walk(stage(name), number, STARTS[name])
        for index in range(STEPS):
            try:
                walk.step()
            except Exception as error:
                raise AssertionError(f"walk {number} from {name}, step {index}: {walk.done}") from error
