"""One walk through the cases of a form: whoever does whatever may be done, at random, and what may not."""

from __future__ import annotations

import copy
import datetime as dt
import functools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import pytest
from django.utils import timezone

from supervision.access import policy
from supervision.audit.models import Event
from supervision.casefiles.models import Case
from supervision.cases.models import Criticism, Inquiry
from supervision.cases.services import extensions, opening
from supervision.demo.driver import confirmed
from supervision.demo.world import actor
from supervision.documents import services as documents
from supervision.documents.models import Document
from supervision.errors import AlreadyDone, DomainError, InvalidInput, NotAllowed
from supervision.law.registry import spec_of
from supervision.organizations.actors import Actor
from supervision.organizations.models import Duty, Mandate
from tests.filling import Filling
from tests.stages import OFFICER, a_second, org
from tests.worker import complete_unprinted, get_stuck
from workflows.acts import act, confirming, pauses, steering, urging
from workflows.acts import extensions as extension_acts
from workflows.inbox import work_items
from workflows.models import DoneAct, WorkItem

State = Document.State
BEGINS = dt.datetime(2026, 3, 2, 8, 0, tzinfo=timezone.get_default_timezone())
#: What random days and bodies hardly ever satisfy together: `{step: entries on a day}`. May stay empty.
FITTING: dict[str, Callable[[dt.date], dict[str, Any]]] = {
    "draft_notice": lambda on: {
        "agencies": [{"agency": org("so-nnmt-24"), "session_on": on + dt.timedelta(days=20)}],
        "asked_on": on + dt.timedelta(days=9),
    },
}
#: How often a refused entry is mended before somebody else turns to other work.
TRIES = 3


class Walk:
    """The cases of one form, a moment that moves on, and a count of what was done."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.at = BEGINS
        self.count = 0
        self.done: Counter[str] = Counter()
        self.opened_by: list[Actor] = []

    def copied(self) -> Walk:
        """Return a walk that goes on from here by itself."""
        other = copy.copy(self)
        other.done = self.done.copy()
        return other

    @property
    def on(self) -> dt.date:
        return timezone.localdate(self.at)

    def step(self, kind: str, die: random.Random) -> None:
        """Let time go by and do one act of a kind, allowed or not."""
        days = die.choice((0, 0, 0, 1, 1, 2, 9))
        self.at += dt.timedelta(days=days, minutes=1)
        self.count += 1
        getattr(self, kind)(die)

    def _case(self) -> Case:
        return Case.objects.select_related("lead__territory", "lead__superior").order_by("-pk")[0]

    def has_ended(self) -> bool:
        """Whether the newest case is closed or cancelled."""
        return self._case().ended_at is not None

    def _open_items(self) -> list[WorkItem]:
        items = WorkItem.objects.filter(finished_at__isnull=True).order_by("pk")
        return list(
            items.select_related("organization", "case", "inquiry", "recommendation", "mandate__user")
        )

    def _may(self, call: Callable[[], Any], name: str) -> DomainError | None:
        """Do an act and return its refusal; one in plain words is an answer, anything else is a fault."""
        try:
            call()
        except DomainError as refused:
            hidden = isinstance(refused, policy.Hidden)
            assert not (hidden and name in spec_of(self.form).by_name), f"{name} is hidden from its people"
            assert all(_sentences(refused)), f"{name} was refused without words"
            self.done["refused"] += 1
            return refused
        self.done[name] += 1
        return None

    # -- work -----------------------------------------------------------------------------

    def work(self, die: random.Random) -> None:
        """Somebody does a step that is offered to them; nothing open and nothing to sign: a new case."""
        items = self._open_items()
        if not items:
            if not self.worker(die):
                self.open(die)
        elif items[0].case.state == Case.State.POSTPONED and die.random() < 0.7:
            self.steer(die)
        else:
            self.do(die.choice(items), die)

    def do(self, item: WorkItem, die: random.Random) -> None:
        """Do one step, mending what is refused some times."""
        who = die.choice(self._people(item))
        step = work_items.step_of(item)
        for _try in range(TRIES):
            filling = Filling(die, item.case, who, self.at, self.on)
            data = filling.fill(step.fields)
            if step.name in FITTING and die.random() < 0.9:
                data |= FITTING[step.name](self.on)
            self.count += 1
            sent = {"actor": who, "item": item, "data": data, "key": f"walk-{self.count}", "at": self.at}
            if confirming.is_asked(step, data):
                self._refuse_unconfirmed(sent)
                sent["confirmation"] = confirmed(who, item, data, self.at)
            refused = self._may(functools.partial(act.act, **sent), step.name)
            if refused and not isinstance(refused, InvalidInput) and item.mandate_id and not item.named:
                work_items.give_back(item, actor=who, reason="Không tự duyệt việc mình soạn", at=self.at)
            if not isinstance(refused, InvalidInput):
                return

    def open(self, die: random.Random) -> None:
        """Open a case of the form, as whoever opened the last one, else as the first of the world who may."""
        spec, tried = spec_of(self.form), Counter[str]()
        for who in chain(self.opened_by, self._openers()):
            data = Filling(die, None, who, self.at, self.on, spec).fill(spec.opening)
            try:
                act.open_case(actor=who, form=self.form, data=data, at=self.at)
            except DomainError as refused:
                tried[str(_sentences(refused))] += 1
            else:
                self.done["open"] += 1
                self.opened_by = [who]
                return
        raise AssertionError(f"nobody can open a case of {self.form}: {tried}")

    def _openers(self) -> Iterator[Actor]:
        first = actor(OFFICER)
        yield from (first, first, first)
        for pk in _who_may_open():
            yield Actor.of(Mandate.objects.select_related("user", "organization").get(pk=pk))

    def _people(self, item: WorkItem) -> list[Actor]:
        """Return two people who may do a step: its own, or holders of the duties it is offered to."""
        if item.mandate_id:
            return [Actor.of(Mandate.objects.select_related("user", "organization").get(pk=item.mandate_id))]
        duties = [duty for duty in item.duties.split("|") if duty]
        holders = Mandate.objects.in_force(self.on).filter(organization=item.organization, duty__in=duties)
        found = [Actor.of(one) for one in holders.select_related("user", "organization").order_by("pk")[:3]]
        if len(found) < 2:
            found.append(a_second(item.organization.code, duties[-1]))
        return found

    def worker(self, die: random.Random) -> bool:
        """The worker signs what waits; once in a while a paper gets stuck and is tried again."""
        waiting = list(Document.objects.filter(state__in=[State.SIGNING, State.STUCK]).order_by("pk"))
        for document in waiting:
            if document.state == State.STUCK:
                documents.retry_signature(document, at=self.at, confirmed_by=document.signer)
            elif die.random() < 0.1:
                get_stuck(document, at=self.at)
                self.done["stuck"] += 1
            else:
                complete_unprinted(document.pk, at=self.at)
                assert Document.objects.get(pk=document.pk).state == State.SIGNED
                self.done["signed"] += 1
        return bool(waiting)

    # -- who holds what ---------------------------------------------------------------------

    def hand_over(self, die: random.Random) -> None:
        """Take a step, give it back, or let a chair give it to a colleague."""
        items = self._open_items()
        if not items:
            return
        item = die.choice(items)
        who, chair = die.choice(self._people(item)), a_second(item.organization.code, Duty.CHAIR)
        others = Mandate.objects.in_force(self.on).filter(organization=item.organization)
        to = die.choice(list(others.select_related("user", "organization").order_by("pk")))
        name, call = die.choice(
            [
                ("take", lambda: work_items.take(item, actor=who, at=self.at)),
                ("give_back", lambda: work_items.give_back(item, actor=who, reason="Bận", at=self.at)),
                ("assign", lambda: work_items.assign(item, to=to, actor=chair, reason="Bận", at=self.at)),
            ]
        )
        self._may(call, name)

    # -- what is not allowed ------------------------------------------------------------------

    def overreach(self, die: random.Random) -> None:
        """A stranger tries a step; a finished one is tried again; the same key is sent twice."""
        name = die.choice(("_as_a_stranger", "_too_late", "_twice"))
        before = (Event.objects.count(), DoneAct.objects.count())
        getattr(self, name)(die)
        assert (Event.objects.count(), DoneAct.objects.count()) == before

    def _refuse_unconfirmed(self, sent: dict[str, Any]) -> None:
        with pytest.raises(DomainError):
            act.act(**sent)
        assert not DoneAct.objects.filter(key=sent["key"]).exists()
        self.done["unconfirmed"] += 1

    def _as_a_stranger(self, die: random.Random) -> None:
        items = self._open_items()
        if not items:
            return
        item = die.choice(items)
        others = Mandate.objects.exclude(organization=item.organization).exclude(pk=item.mandate_id)
        who = Actor.of(die.choice(list(others.select_related("user", "organization").order_by("pk"))))
        with pytest.raises((policy.Hidden, NotAllowed)):
            act.act(actor=who, item=item, data={}, key=f"stranger-{self.count}", at=self.at)
        self.done["stranger"] += 1

    def _too_late(self, die: random.Random) -> None:
        item = WorkItem.objects.exclude(finished_at=None).order_by("-finished_at", "-pk").first()
        if item is None:
            return
        with pytest.raises(AlreadyDone):
            act.act(actor=self._people(item)[0], item=item, data={}, key=f"late-{self.count}", at=self.at)
        self.done["too_late"] += 1

    def _twice(self, die: random.Random) -> None:
        receipt = DoneAct.objects.select_related("item__case", "mandate__user").order_by("-pk").first()
        if receipt is None:
            return
        who = Actor.of(Mandate.objects.select_related("user", "organization").get(pk=receipt.mandate_id))
        again = act.act(actor=who, item=receipt.item, data=receipt.data, key=receipt.key, at=self.at)
        assert again == receipt
        self.done["twice"] += 1

    # -- acts outside the steps ---------------------------------------------------------------

    def steer(self, die: random.Random) -> None:
        """Cancel, postpone, reschedule, withdraw, wait no longer, letters, more time; none after the end."""
        case = self._case()
        heads = Mandate.objects.in_force(self.on).filter(
            organization=case.lead, duty__in=[Duty.CHAIR, Duty.SIGNER, Duty.OFFICER]
        )
        who = Actor.of(die.choice(list(heads.select_related("user", "organization").order_by("pk"))))
        acts = [*self._about_case(case, who, die), *self._about_subjects(case, who, die)]
        name, call = die.choice(acts)
        refused = self._may(call, name)
        assert refused or not (case.ended_at and name in ENDED), f"{name} after the end of the case"

    def _about_case(self, case: Case, who: Actor, die: random.Random) -> list[Any]:
        going = opening.to_come(case)
        days = {one.pk: self.on + dt.timedelta(days=die.randint(10, 40)) for one in going}
        acts = [
            ("postpone", lambda: steering.postpone_case(actor=who, case=case, reason="Bão", at=self.at)),
            (
                "reschedule",
                lambda: steering.reschedule_case(actor=who, case=case, days=days, reason="Hẹn", at=self.at),
            ),
            ("stop_waiting", lambda: steering.stop_waiting(actor=who, case=case, at=self.at)),
        ]
        if case.state == Case.State.POSTPONED:
            acts = acts[1:2] * 3 + acts
        if die.random() < 0.1:
            acts = [
                ("cancel", lambda: steering.cancel_case(actor=who, case=case, reason="Trùng", at=self.at))
            ]
        return acts

    def _about_subjects(self, case: Case, who: Actor, die: random.Random) -> Iterator[Any]:
        subjects: list[Any] = [*case.inquiries.select_related("case", "agency").order_by("pk")]
        subjects += case.recommendations.select_related("case", "addressee").order_by("pk")
        subjects += Criticism.objects.filter(case=case).select_related("case", "addressee")
        if not subjects:
            return
        subject = die.choice(subjects)
        to_on = self.on + dt.timedelta(days=die.randint(1, 30))
        more: dict[str, Any] = {"subject": subject, "to_on": to_on, "reason": "Cần thêm", "at": self.at}
        code = (subject.agency if isinstance(subject, Inquiry) else subject.addressee).code
        agency = a_second(code, Duty.RESPONDER)
        yield "ask_extension", lambda: extension_acts.request_extension(actor=agency, **more)
        yield "grant_extension", lambda: extension_acts.grant_extension(actor=who, **more)
        clock = extensions.extendable_clock(subject)
        if clock is not None:
            stop: dict[str, Any] = {"actor": who, "deadline": clock, "at": self.at}
            yield "pause_clock", lambda: pauses.pause_clock(reason="Chờ Tòa án", **stop)
            yield "resume_clock", lambda: pauses.resume_clock(**stop)
        if isinstance(subject, Inquiry):
            yield (
                "withdraw",
                lambda: steering.withdraw_inquiry(actor=who, inquiry=subject, reason="Đã rõ", at=self.at),
            )
            return
        letter: dict[str, Any] = {"actor": who, "subject": subject, "text": "Đề nghị", "at": self.at}
        yield "urge", lambda: urging.urge(**letter)
        yield "escalate", lambda: urging.escalate(to=org("so-nv-24"), **letter)
        if isinstance(subject, Criticism):
            moved = {name: value for name, value in more.items() if name != "subject"}
            yield (
                "move_submission",
                lambda: steering.move_submission(actor=who, criticism=subject, **moved),
            )


@functools.cache
def _who_may_open() -> list[int]:
    """Return the mandates of the world that may open a case; asked once, for no walk changes them."""
    on = timezone.localdate(BEGINS)
    mandates = Mandate.objects.in_force(on).select_related("user", "organization").order_by("pk")
    return [one.pk for one in mandates if policy.can(Actor.of(one), "open_case", one.organization, on=on)]


#: What nobody may do to a case that has ended.
ENDED = ("postpone", "reschedule", "stop_waiting", "cancel", "withdraw", "move_submission")


def _sentences(refused: DomainError) -> list[str]:
    if isinstance(refused, InvalidInput):
        return [str(one) for messages in refused.errors.values() for one in messages] or [""]
    return [str(refused.message)]
