"""When those who do a body's work have left, no work falls to anybody whose duty its step does not name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from supervision.access import policy
from supervision.access.rights import ADMINISTRATOR, DUTIES, EXPERT, WORKERS
from supervision.casefiles.models import Case
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.law.registry import specs
from supervision.law.specs import Step
from supervision.notices.models import Notice
from supervision.notices.services import notices_of
from supervision.organizations.models import Mandate, Organization
from supervision.web.management.commands import doctor
from tests.access.test_every_duty import newcomer
from tests.owner import guards_off
from tests.stages import CHAIR, go
from tests.web.test_bad_input import Desk, address
from workflows.engine.registry import flows_by_slug
from workflows.inbox import offers, substitutes, work_items
from workflows.models import WorkItem

Start = Callable[[str], Driver]
HEADS = {"signer", "chair"}, {"agency_leader"}


def leave(body: Organization, day: dt.date, *duties: str) -> None:
    """The mandates of those duties in a body end."""
    with guards_off():
        Mandate.objects.filter(organization=body, duty__in=duties).update(until_on=day)


def bodies() -> list[Organization]:
    return list(Organization.objects.filter(code__in=("mttq-24", "so-nnmt-24")).order_by("code"))


def steps() -> list[tuple[str, Step]]:
    return [(form, step) for form in flows_by_slug() for step in specs()[form].steps]


def one_of_each(case: Case, of: WorkItem) -> dict[tuple[str, str, str], WorkItem]:
    """Return open work of every step of every form, held in a Front and in an agency."""
    from viewflow.workflow.models import Task

    made = {}
    for body in bodies():
        holder = Mandate.objects.filter(organization=body, duty__in=WORKERS).first()
        for form, step in steps():
            task = Task.objects.get(pk=of.task_id)
            task.pk = None
            task.save()
            made[body.code, form, step.name] = WorkItem.objects.create(
                task=task, process_id=of.process_id, form=form, step=step.name, case=case,
                organization=body, duties=offers.written(step.duties) if step.duties else "",
                named=not step.duties, mandate=holder, created_at=of.created_at,
            )  # fmt: skip
    return made


@pytest.fixture
def work(stage: Start) -> dict[tuple[str, str, str], WorkItem]:
    driver = stage("opened")
    return one_of_each(driver.case, driver.item("draft_plan"))


def test_no_step_of_any_form_falls_to_a_duty_that_it_does_not_name(
    work: dict[tuple[str, str, str], WorkItem],
) -> None:
    """Whoever leaves, one duty after another: work is for its own duties, then the heads, then nobody."""
    at, wrong, asked = timezone.now(), [], 0
    today = timezone.localdate(at)
    for body in bodies():
        newcomers = [newcomer(body, duty) for duty in DUTIES if duty in (ADMINISTRATOR, EXPERT)]
        left: list[str] = []
        for duty in ("", *sorted(WORKERS)):  # the empty one: nobody has left yet
            left.append(duty)
            leave(body, today - dt.timedelta(days=1), duty)
            work_items.release_lapsed(on=today, at=at)
            items = WorkItem.objects.filter(finished_at=None, organization=body)
            for who in newcomers:
                asked += items.count()
                for action in ("view", "act"):
                    if policy.visible(who, items, action, on=today).exists():
                        wrong.append((body.code, tuple(left), who.duty, action))
                wrong += [
                    (item.step, who.duty, "assign")
                    for item in items.select_related("consultation")[:40]
                    if work_items.why_not_assign(item, who.mandate, today) is None
                ]
            for item in items:
                own = set(specs()[item.form].step(item.step).duties)
                if extra := set(item.duties.strip("|").split("|")) - own - HEADS[body.side == "agency"]:
                    if not item.mandate_id:
                        wrong.append((item.step, tuple(left), extra))
    assert asked > 5_000
    assert not wrong


def test_heads_are_offered_what_nobody_else_may_do_and_only_while_that_is_so(stage: Start) -> None:
    driver = stage("opened")
    lead, on = driver.case.lead, driver.day(-33)
    assert driver.item("draft_plan").duties == "|officer|"
    leave(lead, driver.day(-34), "officer")
    work_items.release_lapsed(on=on, at=driver.at(-33))
    item = driver.item("draft_plan")
    assert item.duties == "|officer|signer|chair|" and policy.can(actor(CHAIR), "act", item, on=on)
    assert Notice.objects.filter(kind="task.released", organization=lead).count() == 1
    new = newcomer(lead, "officer")
    work_items.release_lapsed(on=on, at=driver.at(-33))
    assert driver.item("draft_plan").duties == "|officer|"
    assert policy.can(new, "act", driver.item("draft_plan"), on=on)


def test_work_without_any_holder_is_said_to_its_body_and_says_nothing_of_the_case(stage: Start) -> None:
    driver = stage("opened")
    lead, on = driver.case.lead, driver.day(-33)
    leave(lead, driver.day(-34), *WORKERS)
    for _tick in range(3):
        work_items.release_lapsed(on=on, at=driver.at(-33))
    (notice,) = Notice.objects.filter(kind="task.without_holder")
    assert notice.organization == lead and driver.case.code not in notice.title
    assert notice in notices_of(actor("mttq-24.quan_tri").mandate)
    assert notice not in notices_of(actor("mttq-24.chuyen_gia_1").mandate)
    assert offers.without_holder(on) == {"mttq-24": 1}
    clerk = newcomer(lead, "clerk")
    assert substitutes.why_not(clerk, driver.item("draft_plan"), on) == substitutes.NOBODY
    with time_machine.travel(driver.at(-33)):
        assert doctor.work_without_holder() == (False, "1 bodies: mttq-24: 1")


def test_an_expert_who_was_offered_work_before_has_it_no_more(stage: Start) -> None:
    """What an earlier version gave to an expert is taken from its holder, and its offer too."""
    driver = stage("opened")
    expert = actor("mttq-24.chuyen_gia_1")
    held = driver.item("draft_plan")
    WorkItem.objects.filter(pk=held.pk).update(mandate=expert.mandate, duties="|expert|")
    assert work_items.release_lapsed(on=driver.day(-33), at=driver.at(-33)) == 1
    assert driver.item("draft_plan").duties == "|officer|"
    WorkItem.objects.filter(pk=held.pk).update(duties="|expert|")
    work_items.release_lapsed(on=driver.day(-33), at=driver.at(-33))
    assert not policy.visible(expert, WorkItem.objects.all(), on=driver.day(-33)).exists()


def test_an_expert_neither_reads_nor_returns_the_paper_of_heads_who_left(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    item = driver.item("sign_plan")
    work_items.take(item, actor=actor(CHAIR), at=driver.at(-30))
    leave(driver.case.lead, driver.day(-29), *WORKERS)
    work_items.release_lapsed(on=driver.day(-20), at=driver.at(-20))
    with Desk(driver, "mttq-24.chuyen_gia_1", -20) as desk:
        assert desk.get(address(item)).status_code == 404
        answer = desk.post(address(item), decision="return", reason="Không thích", key="k")
        assert answer.status_code == 404
    item.refresh_from_db()
    assert item.finished_at is None and item.document.state == "prepared"


def test_the_offers_are_looked_through_by_as_many_queries_however_much_work_there_is(
    work: Any, django_assert_max_num_queries: Any
) -> None:
    at = timezone.now()
    WorkItem.objects.update(mandate=None, named=False)
    offers.renew(on=timezone.localdate(at), at=at)
    with django_assert_max_num_queries(4):
        assert offers.renew(on=timezone.localdate(at), at=at) == 0
