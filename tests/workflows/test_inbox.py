"""Work is offered, taken, given back, assigned and released; two mandates of one person stay two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings

from supervision.access import policy
from supervision.audit.models import Event
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.errors import AlreadyDone, AlreadySent, DomainError, NotAllowed
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate, User
from tests.stages import (
    AGENCIES,
    CHAIR,
    CLERK,
    DEPUTY,
    HEAD,
    OFFICER,
    OFFICER_2,
    a_second,
    drafter,
    go,
    leader,
)
from tests.workflows import agreement
from workflows.acts import act, confirming, working_copies
from workflows.inbox import work_items
from workflows.models import DoneAct, WorkingCopy, WorkItem

Start = Callable[[str], Driver]
FIRST = AGENCIES[0]


def test_what_is_taken_is_offered_to_nobody_else(stage: Start) -> None:
    driver = stage("opened")
    item = driver.item("draft_plan")
    work_items.take(item, actor=actor(OFFICER), at=driver.at(-33))
    with pytest.raises(AlreadyDone):
        work_items.take(driver.item("draft_plan"), actor=actor(OFFICER_2), at=driver.at(-33))
    with pytest.raises(NotAllowed):
        go_as(driver, OFFICER_2, "draft_plan")
    work_items.give_back(
        driver.item("draft_plan"), actor=actor(OFFICER), reason="Đi công tác", at=driver.at(-32)
    )
    go_as(driver, OFFICER_2, "draft_plan")
    assert [event.action for event in Event.objects.filter(action__startswith="work.").order_by("pk")] == [
        "work.taken",
        "work.given_back",
    ]


def go_as(driver: Driver, who: str, step: str) -> None:
    from tests.stages import entries

    driver.do(-30, who, step, **entries(driver, step, driver.day(-30)))


def test_a_head_assigns_work_to_someone_who_fits(stage: Start) -> None:
    driver = stage("opened")
    item = driver.item("draft_plan")
    chair, officer = actor(CHAIR), actor(OFFICER_2)
    work_items.assign(item, to=officer.mandate, actor=chair, reason="Phụ trách lĩnh vực", at=driver.at(-33))
    assert driver.item("draft_plan").mandate == officer.mandate
    for unfit in (actor("mttq-24.van_thu"), actor("phn-24.can_bo")):
        with pytest.raises(DomainError):
            work_items.assign(
                driver.item("draft_plan"), to=unfit.mandate, actor=chair, reason="", at=driver.at(-33)
            )
    stale = driver.item("draft_plan")
    go_as(driver, OFFICER_2, "draft_plan")
    with pytest.raises(AlreadyDone):
        work_items.assign(stale, to=actor(OFFICER).mandate, actor=chair, reason="", at=driver.at(-29))
    with pytest.raises(AlreadyDone):
        work_items.give_back(stale, actor=officer, reason="Muộn", at=driver.at(-29))


def test_work_of_a_lapsed_mandate_goes_back_on_offer(stage: Start) -> None:
    driver = stage("asked")
    work_items.take(
        driver.item("receive_inquiry", driver.inquiry(FIRST)),
        actor=actor(drafter(FIRST)),
        at=driver.at(-19),
    )
    Mandate.objects.filter(pk=actor(drafter(FIRST)).mandate.pk).update(until_on=driver.day(-18))
    assert work_items.release_lapsed(on=driver.day(-18), at=driver.at(-18)) == 0
    assert work_items.release_lapsed(on=driver.day(-17), at=driver.at(-17)) == 1
    item = driver.item("receive_inquiry", driver.inquiry(FIRST))
    assert item.mandate is None
    assert policy.can(actor(leader(FIRST)), "act", item, on=driver.day(-17))
    assert Event.objects.filter(action="work.released").count() == 1
    agreement.check()


def test_the_work_of_a_head_who_left_falls_to_the_signers(stage: Start) -> None:
    driver = stage("decided")
    go(driver, -22, "draft_notice")
    User.objects.filter(pk=actor(HEAD).user.pk).update(is_active=False)
    assert work_items.release_lapsed(on=driver.day(-21), at=driver.at(-21)) == 1
    item = driver.item("sign_notice")
    assert policy.can(actor(DEPUTY), "act", item, on=driver.day(-21))
    assert not policy.can(actor(OFFICER), "act", item, on=driver.day(-21))


def test_work_of_heads_who_left_waits_for_new_ones_and_falls_to_nobody_else(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    work_items.take(driver.item("sign_plan"), actor=actor(CHAIR), at=driver.at(-29))
    heads = Mandate.objects.filter(organization=driver.case.lead, duty__in=("chair", "signer"))
    heads.update(until_on=driver.day(-29))
    assert work_items.release_lapsed(on=driver.day(-28), at=driver.at(-28)) == 1
    item, on = driver.item("sign_plan"), driver.day(-28)
    assert set(item.duties.strip("|").split("|")) == {"signer", "chair"}
    assert not policy.can(actor(OFFICER), "act", item, on=on) and not policy.can(
        actor(CLERK), "act", item, on=on
    )
    admin = Mandate.objects.in_force(on).get(organization=driver.case.lead, duty="administrator")
    for action in ("view", "act"):
        assert not policy.can(Actor.of(admin), action, item, on=on)
    item.named = True
    assert work_items.why_not_assign(item, admin, on) is not None


def test_two_mandates_of_one_person_each_have_their_own_work(stage: Start) -> None:
    """The deputy chair of the Front also chairs the Farmers' Association of the province."""
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    item, on = driver.item("sign_plan"), driver.day(-29)
    front, farmers = actor(DEPUTY), actor("hnd-24.chu_tich")
    assert front.user == farmers.user
    assert policy.can(front, "act", item, on=on) and not policy.can(farmers, "view", item, on=on)
    with pytest.raises(policy.Hidden):
        driver.do(-29, farmers, "sign_plan", decision="sign")
    work_items.take(item, actor=front, at=driver.at(-29))
    assert not policy.can(farmers, "act", driver.item("sign_plan"), on=on)


def test_an_act_on_the_day_after_a_mandate_ended_is_refused(stage: Start) -> None:
    driver = stage("opened")
    item, who = driver.item("draft_plan"), actor(OFFICER)
    Mandate.objects.filter(pk=who.mandate.pk).update(until_on=driver.day(-31))
    with pytest.raises(policy.Hidden):
        go_as(driver, OFFICER, "draft_plan")
    assert WorkItem.objects.get(pk=item.pk).finished_at is None


def test_the_same_key_is_the_same_act_and_works_nowhere_else(stage: Start) -> None:
    driver = stage("asked")
    who = a_second(FIRST, "agency_responder")
    items = [driver.item("receive_inquiry", driver.inquiry(code)) for code in AGENCIES[:2]]
    first, other = items
    at = driver.at(-19)
    done = act.act(actor=who, item=first, data={"contact": "A"}, key="k", at=at)
    assert act.act(actor=who, item=first, data={"contact": "A"}, key="k", at=at) == done
    with pytest.raises(AlreadySent):
        act.act(actor=who, item=first, data={"contact": "B"}, key="k", at=at)
    with pytest.raises(AlreadyDone):
        act.act(actor=actor(drafter(FIRST)), item=first, data={}, key="k", at=at)
    with pytest.raises(AlreadyDone):
        act.act(actor=actor(drafter(AGENCIES[1])), item=other, data={}, key="k", at=at)
    assert DoneAct.objects.filter(key="k").count() == 1 and done.data == {"contact": "A"}


def test_a_working_copy_is_its_writers_alone_and_goes_with_the_act(stage: Start) -> None:
    driver = stage("opened")
    item, at = driver.item("draft_plan"), driver.at(-33)
    working_copies.save_working_copy(actor=actor(OFFICER), item=item, data={"purpose": "Nháp"}, at=at)
    working_copies.save_working_copy(actor=actor(OFFICER), item=item, data={"purpose": "Nháp hai"}, at=at)
    working_copies.save_working_copy(actor=actor(OFFICER_2), item=item, data={"purpose": "Khác"}, at=at)
    assert WorkingCopy.objects.get(mandate=actor(OFFICER).mandate).data == {"purpose": "Nháp hai"}
    with pytest.raises(NotAllowed):
        working_copies.save_working_copy(actor=actor(CHAIR), item=item, data={}, at=at)
    stale = driver.item("draft_plan")
    go_as(driver, OFFICER, "draft_plan")
    assert not WorkingCopy.objects.exists()
    with pytest.raises(AlreadyDone):
        working_copies.save_working_copy(
            actor=actor(OFFICER), item=WorkItem.objects.get(pk=stale.pk), data={}, at=at + dt.timedelta(1)
        )


def test_a_password_is_kept_nowhere(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    item = driver.item("sign_plan")
    data = {"decision": "sign", "password": "bi-mat-cua-toi"}
    working_copies.save_working_copy(actor=actor(CHAIR), item=item, data=data, at=driver.at(-29))
    at = driver.at(-29)
    earned = confirming.by_password(
        actor=actor(CHAIR), password=settings.DEMO_PASSWORD, acts=[(item, data)], at=at
    )
    done = act.act(actor=actor(CHAIR), item=item, data=data, key="p", at=at, confirmation=earned)
    assert "password" not in done.data and "bi-mat" not in str(done.receipt)
    assert not Event.objects.filter(words__data__icontains="bi-mat").exists()
