"""Two people at the same instant: one effect, and a plain notice to the other.

Each segment of the flow starts from a copy of its stage; every human step in it is done by two
threads with connections of their own, who meet at a barrier. What one of them did is checked,
then the next step is raced. A worker and the number register are raced the same way. Each is raced
`RACES` times, 20 in `make prove`.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from viewflow.workflow import lock

from supervision.casefiles.models import CaseNumber
from supervision.cases.models import Recommendation
from supervision.demo import script, world
from supervision.demo.driver import Driver, confirmed
from supervision.demo.world import actor
from supervision.documents.models import Document, NumberRegister, Signature
from supervision.documents.services import request_signature
from supervision.documents.tasks import sign_now
from supervision.errors import AlreadyDone, DomainError, NotAllowed, WrongState
from supervision.law.registry import spec_of
from supervision.organizations.actors import Actor
from supervision.publication.models import Publication
from tests.stages import (
    AGENCIES,
    CHAIR,
    DEPUTY,
    FIRST_DAY,
    OFFICER,
    OFFICER_2,
    colleague_of,
    entries,
    go,
    who_does,
)
from tests.together import together
from tests.workflows import agreement
from workflows.acts import act, extensions, steering, urging
from workflows.flows.s2 import DelegationFlow
from workflows.inbox import work_items
from workflows.models import DoneAct, WorkItem

pytestmark = pytest.mark.tier("all")

Start = Callable[[str], Driver]
TRIES = int(os.environ.get("RACES", "5"))
REFUSALS = (AlreadyDone, WrongState, NotAllowed)

#: Stage -> steps raced one after the other, with the day and what is chosen; every human step is here.
SEGMENTS: dict[str, list[tuple[int, str, dict[str, Any]]]] = {
    "opened": [(-30, "draft_plan", {}), (-28, "sign_plan", {})],
    "planned": [(-27, "draft_decision", {}), (-26, "sign_decision", {})],
    "decided": [(-22, "draft_notice", {}), (-20, "sign_notice", {})],
    "asked": [
        (-19, "receive_inquiry", {}),
        (-12, "draft_response", {}),
        (-11, "approve_response", {}),
        (-9, "review_response", {}),
        (0, "draft_minutes", {}),
        (0, "sign_minutes", {}),
    ],
    "met": [
        (4, "survey", {}),
        (4, "survey", {}),
        (4, "survey", {}),
        (13, "draft_result", {}),
        (14, "sign_result", {}),
    ],
    "reported": [
        (17, "examine", {}),
        (19, "draft_recommendations", {}),
        (21, "sign_recommendations", {}),
    ],
    "recommended": [
        (24, "publish", {}),
        (25, "receive_recommendation", {}),
        (26, "draft_reply", {"verdict": "reconsider", "reason": "Vướng"}),
        (27, "approve_reply", {}),
        (28, "hold_dialogue", {}),
        (29, "decide_reconsideration", {}),
        (30, "draft_reply", {}),
        (31, "approve_reply", {}),
        (32, "assess_reply", {}),
        (40, "report_carrying_out", {}),
        (41, "verify", {}),
        (42, "close_recommendation", {}),
    ],
}


def as_actor(who: str | Actor) -> Actor:
    return actor(who) if isinstance(who, str) else who


def item_of(driver: Driver, step: str) -> WorkItem:
    """Return the first open item of a step: of the first agency, the first recommendation."""
    items = WorkItem.objects.filter(case=driver.case, step=step, finished_at__isnull=True)
    return items.order_by("inquiry__number", "recommendation__number").select_related("organization")[0]


def past_the_lock(one: object, item: WorkItem) -> bool:
    """Say whether what came was stopped behind the lock only: by a row or a constraint.

    Whoever waits for the lock reads the item anew, and is told who was first.
    """
    first = WorkItem.objects.select_related("finished_by__user").get(pk=item.pk).finished_by
    assert first is not None
    return isinstance(one, Exception) and first.user.display_name not in str(getattr(one, "message", ""))


def race(driver: Driver, day: int, step: str, other: dict[str, Any], name: str) -> None:
    """Two people do a step at once, each with their own key; exactly one does it."""
    item = item_of(driver, step)
    subject = item.inquiry or item.recommendation
    data = entries(driver, step, driver.day(day), subject, **other)
    at = driver.at(day)
    pair = [as_actor(who_does(item)), as_actor(colleague_of(item))]

    def attempt(index: int) -> Callable[[], DoneAct]:
        key = f"{name}-{item.pk}-{index}"
        earned = confirmed(pair[index], item, data, at)
        return lambda: act.act(
            actor=pair[index], item=item, data=dict(data), key=key, at=at, confirmation=earned
        )

    came = together(attempt(0), attempt(1))
    done = [one for one in came if isinstance(one, DoneAct)]
    refused = [one for one in came if isinstance(one, REFUSALS)]
    assert len(done) == len(refused) == 1, (step, came)
    assert str(refused[0].message), "the other is told in words"
    assert not past_the_lock(refused[0], item), "the lock, not a constraint, is what it waits for"
    assert DoneAct.objects.filter(item=item).count() == 1
    agreement.check()


@pytest.mark.parametrize("stage_name", SEGMENTS)
def test_two_people_at_one_step(stage: Start, stage_name: str) -> None:
    for number in range(TRIES):
        driver = stage(stage_name)
        for day, step, other in SEGMENTS[stage_name]:
            race(driver, day, step, other, f"{stage_name}-{number}")
        check_one_of_each(stage_name, driver)


def check_one_of_each(stage_name: str, driver: Driver) -> None:
    """Each segment ends in one number taken, one paper to sign, one publication."""
    signing = Document.objects.filter(state=Document.State.SIGNING)
    if stage_name == "recommended":
        assert Publication.objects.count() == 1
    else:
        assert signing.count() == 1
    for register in NumberRegister.objects.all():
        taken = Document.objects.filter(
            organization=register.organization, series=register.series, year=register.year
        ).exclude(number=None)
        assert register.last == taken.count() == taken.values("number").distinct().count()


def test_closing_the_case_and_signing_a_letter(stage: Start) -> None:
    for number in range(TRIES):
        driver = stage("recommended")
        Recommendation.objects.filter(number=2).update(state="sent")
        go(driver, 25, "receive_recommendation", driver.recommendation(1))
        urging.urge(actor=actor(OFFICER), subject=driver.recommendation(1), text="Đề nghị", at=driver.at(80))
        race(driver, 81, "sign_letter", {}, f"letter-{number}")


@pytest.fixture
def almost_closed(stage: Start, stages: Any) -> Start:
    """A stage of its own: everything is done but closing the case."""
    if "closing" not in stages.kept:
        driver = stage("reported")
        go(driver, 17, "examine")
        go(driver, 19, "draft_recommendations", recommendations=[])
        go(driver, 21, "sign_recommendations")
        go(driver, 24, "publish")
        stages.keep("closing")
    return stage


def test_closing_the_case(almost_closed: Start) -> None:
    for number in range(TRIES):
        race(almost_closed("closing"), 30, "close_case", {}, f"close-{number}")


def test_the_last_two_branches_meet_at_one_join(stage: Start) -> None:
    for number in range(TRIES):
        driver = stage("met")
        go(driver, 4, "survey", driver.inquiry(AGENCIES[0]))
        at, pair = driver.at(5), [driver.item("survey", driver.inquiry(code)) for code in AGENCIES[1:]]

        def attempt(item: WorkItem, key: str, at: Any = at) -> Callable[[], DoneAct]:
            return lambda: act.act(actor=actor(OFFICER), item=item, data={"needed": "no"}, key=key, at=at)

        came = together(*(attempt(item, f"join-{number}-{item.pk}") for item in pair))
        assert all(isinstance(one, DoneAct) for one in came), came
        assert WorkItem.objects.filter(step="draft_result").count() == 1
        agreement.check()


def test_the_same_key_twice_is_one_act_with_one_receipt(stage: Start) -> None:
    for number in range(TRIES):
        driver = stage("opened")
        item, at = driver.item("draft_plan"), driver.at(-30)
        data = entries(driver, "draft_plan", driver.day(-30))
        again = partial(act.act, actor=actor(OFFICER), item=item, data=data, key=f"double-{number}", at=at)
        came = together(again, again, again)
        assert len({one.pk for one in came}) == 1
        assert driver.case.papers.filter(document__kind="plan").count() == 1
        agreement.check()


def test_two_people_take_the_same_piece_of_work(stage: Start) -> None:
    driver = stage("opened")
    item = driver.item("draft_plan")
    pair = [actor(OFFICER), actor(OFFICER_2)]
    for _number in range(TRIES):
        at = driver.at(-33)
        takes = [
            lambda who=who, at=at: work_items.take(WorkItem.objects.get(pk=item.pk), actor=who, at=at)
            for who in pair
        ]
        came = together(*takes)
        assert sorted(type(one) for one in came if one is not None) == [AlreadyDone], came
        holder = WorkItem.objects.get(pk=item.pk).mandate
        work_items.give_back(
            WorkItem.objects.get(pk=item.pk), actor=Actor.of(holder), reason="Lần sau", at=driver.at(-33)
        )


def test_one_signature_and_one_number_for_one_paper(stage: Start) -> None:
    """The service itself, under whatever calls it: the flow's lock is not its only guard."""
    for _number in range(TRIES):
        driver = stage("opened")
        go(driver, -30, "draft_plan")
        paper, at = driver.item("sign_plan").document, driver.at(-29)
        signers = [actor(CHAIR).mandate, actor(DEPUTY).mandate]
        came = together(
            *(
                lambda signer=signer, paper=paper, at=at: request_signature(
                    paper, signer=signer, capacity="TM", at=at
                )
                for signer in signers
            )
        )
        assert sorted(type(one).__name__ for one in came) == ["AlreadyDone", "Document"], came
        assert NumberRegister.objects.get().last == 1


def test_numbers_of_two_papers_are_two_numbers(stage: Start) -> None:
    for _number in range(TRIES):
        driver = stage("opened")
        go(driver, -30, "draft_plan")
        first = driver.item("sign_plan").document
        second = Document.objects.create(
            kind=first.kind,
            organization=first.organization,
            subject="Kế hoạch khác",
            context=first.context,
            series=first.series,
            drafted_by=first.drafted_by,
        )
        ask = partial(request_signature, signer=actor(CHAIR).mandate, capacity="TM", at=driver.at(-29))
        came = together(partial(ask, first), partial(ask, second))
        assert sorted(one.number for one in came) == [1, 2]


def test_two_workers_sign_one_paper_once(stage: Start) -> None:
    """Both print and sign; one of them stores, and the flow goes on once."""
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    driver.do(-29, CHAIR, "sign_plan", decision="sign")
    paper, at = Document.objects.get(state=Document.State.SIGNING), driver.at(-29)
    together(*(lambda: sign_now(paper.pk, at=at) for _ in range(2)))
    paper.refresh_from_db()
    assert paper.state == Document.State.SIGNED
    assert Signature.objects.filter(document=paper).count() == 2, "the person's and the body's, each once"
    assert WorkItem.objects.filter(step="draft_decision").count() == 1
    agreement.check()


def test_two_officers_open_a_case_and_get_two_numbers(stage: Start) -> None:
    driver = stage("opened")
    facts = {"title": "Hồ sơ", "field": "land", "grounds": "Phản ánh"}
    for _number in range(TRIES):
        at = driver.at(-30)
        came = together(
            *(
                lambda who=who, at=at: act.open_case(
                    actor=actor(who), form="doan-giam-sat", data=dict(facts), at=at
                )
                for who in (OFFICER, OFFICER_2)
            )
        )
        assert len({case.code for case in came}) == 2, came
    assert CaseNumber.objects.get().last == 1 + 2 * TRIES


@pytest.mark.parametrize("name", ["urge", "cancel_case", "postpone_case", "withdraw_inquiry", "ask"])
def test_two_people_outside_a_step(stage: Start, name: str) -> None:
    """The same act beside the flow, twice at once: once."""
    for _number in range(TRIES):
        driver = stage("recommended" if name == "urge" else "asked")
        if name == "urge":
            go(driver, 25, "receive_recommendation", driver.recommendation(1))
        came = together(*_outside(driver, name))
        refused = [one for one in came if isinstance(one, DomainError)]
        assert [type(one) for one in came].count(type(None)) == len(refused) == 1, came
        letters = WorkItem.objects.filter(step="sign_letter", finished_at__isnull=True)
        assert letters.count() == (0 if name in ("withdraw_inquiry", "ask") else 1)
        agreement.check()


def _outside(driver: Driver, name: str) -> list[Callable[[], None]]:
    heads, officers = (CHAIR, DEPUTY), (OFFICER, OFFICER_2)
    at = driver.at(80 if name == "urge" else -15)
    inquiry = driver.inquiry(AGENCIES[0])
    calls: dict[str, tuple[tuple[str, ...], Callable[[Actor], None]]] = {
        "urge": (
            officers,
            lambda who: urging.urge(actor=who, subject=driver.recommendation(1), text="Đề nghị", at=at),
        ),
        "cancel_case": (
            heads,
            lambda who: steering.cancel_case(actor=who, case=driver.case, reason="Trùng", at=at),
        ),
        "postpone_case": (
            heads,
            lambda who: steering.postpone_case(actor=who, case=driver.case, reason="Mưa lũ", at=at),
        ),
        "withdraw_inquiry": (
            heads,
            lambda who: steering.withdraw_inquiry(actor=who, inquiry=inquiry, reason="Giải thể", at=at),
        ),
        "ask": (
            (f"{AGENCIES[0]}.dau_moi", f"{AGENCIES[0]}.lanh_dao"),
            lambda who: extensions.request_extension(
                actor=who, subject=inquiry, to_on=driver.day(-7), reason="Bận", at=at
            ),
        ),
    }
    people, call = calls[name]
    return [lambda who=who: call(actor(who)) for who in people]


def test_two_people_decide_on_one_request_for_more_time(stage: Start) -> None:
    """One grants, the other refuses: one is heard, and the clock says what the request says."""
    for number in range(TRIES):
        driver = stage("recommended")
        go(driver, 25, "receive_recommendation", driver.recommendation(1))
        row, at = driver.recommendation(1), driver.at(31)
        due, to_on = row.reply_deadline.due_on, row.reply_deadline.due_on + dt.timedelta(days=10)
        extensions.request_extension(
            actor=actor(f"{AGENCIES[0]}.dau_moi"), subject=row, to_on=to_on, reason="Bão", at=driver.at(30)
        )
        item, why = driver.item("decide_extension", row), {"reason": "Đã xét"}
        grant, refuse = {"decision": "grant", "to_on": to_on, **why}, {"decision": "refuse", **why}
        came = together(
            partial(act.act, actor=actor(OFFICER), item=item, data=grant, key=f"g-{number}", at=at),
            partial(act.act, actor=actor(CHAIR), item=item, data=refuse, key=f"r-{number}", at=at),
        )
        assert [type(one) for one in came].count(DoneAct) == 1, came
        asked = row.extension_requests.get()
        row.reply_deadline.refresh_from_db()
        assert (asked.outcome == "granted") == (row.reply_deadline.due_on == to_on)
        assert row.reply_deadline.due_on in (due, to_on) and row.reply_deadline.extension_requested_at is None
        agreement.check()


def test_a_step_against_the_withdrawal_of_its_agency(stage: Start) -> None:
    """Whichever is first, the other hears of it and nothing is left half done."""
    for number in range(TRIES):
        driver = stage("asked")
        inquiry, at = driver.inquiry(AGENCIES[0]), driver.at(-19)
        item = driver.item("receive_inquiry", inquiry)
        responder, chair = actor(f"{AGENCIES[0]}.dau_moi"), actor(CHAIR)
        came = together(
            partial(act.act, actor=responder, item=item, data={}, key=f"w-{number}", at=at),
            partial(steering.withdraw_inquiry, actor=chair, inquiry=inquiry, reason="Giải thể", at=at),
        )
        assert not isinstance(came[1], Exception), came
        assert isinstance(came[0], DoneAct | AlreadyDone), came
        agreement.check()


def test_without_the_lock_it_goes_wrong(stage: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Viewflow's default is no lock, SQLite's a transaction that reads before it asks to write."""
    monkeypatch.setattr(DelegationFlow, "lock_impl", lock.NoLock())
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "transaction_mode", "DEFERRED")
    pair, wrong = [actor_of(stage, OFFICER), actor(OFFICER_2)], 0
    for number in range(TRIES):
        driver = stage("opened")
        item, at = driver.item("draft_plan"), driver.at(-30)
        data = entries(driver, "draft_plan", driver.day(-30))

        def attempt(who: Actor, item: Any = item, at: Any = at, data: Any = data, n: int = number) -> Any:
            return act.act(actor=who, item=item, data=dict(data), key=f"no-{n}-{who.mandate.pk}", at=at)

        came = together(*(partial(attempt, who) for who in pair))
        failed = any(past_the_lock(one, item) for one in came)
        wrong += failed or DoneAct.objects.filter(item=item).count() != 1
    assert wrong >= TRIES // 2, f"wrong in {wrong} of {TRIES} tries"


def actor_of(stage: Start, key: str) -> Actor:
    """Return an actor of the world, which exists once a stage has been entered."""
    stage("opened")
    return actor(key)


@pytest.mark.parametrize(
    "name",
    ["c1", *(pytest.param(one, marks=pytest.mark.tier("prove")) for one in ("s1", "s4", "plan", "s3a"))],
)
def test_two_people_at_every_step_of_a_told_story(fresh_db: None, name: str) -> None:
    """The steps that only one form has are raced where its story comes to them."""
    world.build(at=timezone.now())
    driver = Driver(FIRST_DAY, seed=name)
    raced = set()
    for told in sorted(script.read(name), key=lambda one: one.day):
        if told.act == "open" or told.act in script.OUTSIDE:
            script.perform(driver, told)
            continue
        item = driver.item(told.act, script._subject(driver, told))
        data = script.values(driver, told) or {"decision": "sign" if told.act.startswith("sign_") else "send"}
        _raced_once(driver, item, actor(told.by), told.day, data)
        raced.add(told.act)
        if told.act.startswith("sign_"):
            sign_now(item.document_id, at=driver.at(told.day))
    own = {step.name for step in spec_of(driver.case.form).steps}
    assert own - raced <= {"hold_dialogue", "decide_reconsideration"}, "raced in the delegation's segments"


def _raced_once(driver: Driver, item: WorkItem, who: Actor, day: int, data: dict[str, Any]) -> None:
    at = driver.at(day)
    pair = [who, as_actor(colleague_of(item))]
    earned = [confirmed(one, item, dict(data), at) for one in pair]
    came = together(
        *(
            partial(
                act.act, actor=one, item=item, data=dict(data), key=f"{item.pk}-{n}", at=at,
                confirmation=earned[n],
            )
            for n, one in enumerate(pair)
        )
    )  # fmt: skip
    assert [type(one) for one in came].count(DoneAct) == 1, (item.step, came)
    assert sum(isinstance(one, REFUSALS) for one in came) == 1, (item.step, came)
    assert not any(past_the_lock(one, item) for one in came), (item.step, came)
    agreement.check()
