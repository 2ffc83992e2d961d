"""Many pieces of work at once: nothing happens unseen, nothing twice, and each has its own answer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.audit.models import Event
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.errors import AlreadyDone, InvalidInput
from supervision.notices.models import Notice
from supervision.organizations.substitutions import record_absence
from tests.crowd import more_cases
from tests.stages import AGENCIES, CHAIR, DEPUTY, OFFICER, OFFICER_2, drafter, go
from tests.web.test_bad_input import Desk, text_of
from workflows.acts import bulk
from workflows.inbox import work_items
from workflows.models import BulkAct, WorkItem

Start = Callable[[str], Driver]
LIST, PAGE = "/viec-cua-toi/?nhom=don-vi", "/viec-cua-toi/nhieu-viec/"


@pytest.fixture
def many(stage: Start) -> Driver:
    """The driven case among many others, all led by one body."""
    driver = stage("opened")
    more_cases(driver, 26)
    return driver


def open_items(count: int) -> list[WorkItem]:
    own = WorkItem.objects.filter(organization=actor(CHAIR).organization, finished_at__isnull=True)
    return list(own.order_by("pk")[:count])


def ids(items: list[WorkItem]) -> list[str]:
    return [item.public_id for item in items]


def assign(driver: Driver, items: list[WorkItem], key: str = "k", to: str = OFFICER_2) -> BulkAct:
    return bulk.act(
        actor=actor(CHAIR),
        kind=BulkAct.Kind.ASSIGN,
        chosen=ids(items),
        to=actor(to).mandate,
        key=key,
        at=driver.at(-30),
    )


def remind(driver: Driver, items: list[WorkItem], key: str, day: int = -30) -> list[dict[str, str]]:
    facts = {"actor": actor(CHAIR), "kind": BulkAct.Kind.REMIND, "chosen": ids(items)}
    return bulk.act(**facts, key=key, at=driver.at(day)).results


def test_each_is_assigned_or_refused_for_itself_and_once(many: Driver) -> None:
    fits, unfit = open_items(3), many.item("draft_plan")
    WorkItem.objects.filter(pk__in=[item.pk for item in fits]).update(duties="|officer|", mandate=None)
    WorkItem.objects.filter(pk=unfit.pk).update(duties="|clerk|", mandate=None)
    chosen = [*(item for item in fits if item.pk != unfit.pk), unfit]
    done = assign(many, chosen)
    outcomes = {one["item"]: one["outcome"] for one in done.results}
    assert outcomes.pop(unfit.public_id) == "refused"
    assert set(outcomes.values()) == {"done"} and len(done.results) == len(chosen)
    events = Event.objects.filter(action="work.assigned").count()
    assert assign(many, chosen) == done
    assert Event.objects.filter(action="work.assigned").count() == events == len(chosen) - 1
    with pytest.raises(AlreadyDone):
        bulk.act(actor=actor(DEPUTY), kind=BulkAct.Kind.REMIND, chosen=ids(chosen), key="k", at=many.at(-30))


def test_work_of_another_body_is_not_even_named(many: Driver) -> None:
    foreign = open_items(1)[0]
    WorkItem.objects.filter(pk=foreign.pk).update(organization=actor(drafter(AGENCIES[0])).organization)
    with pytest.raises(InvalidInput):
        assign(many, [foreign])
    assert not BulkAct.objects.exists()


def test_a_reminder_goes_to_the_holder_and_who_stands_in_once_a_day(many: Driver) -> None:
    held, mine, free = open_items(3)
    WorkItem.objects.filter(pk=held.pk).update(mandate=actor(OFFICER).mandate)
    WorkItem.objects.filter(pk=mine.pk).update(mandate=actor(CHAIR).mandate)
    WorkItem.objects.filter(pk=free.pk).update(mandate=None)
    record_absence(
        absent=actor(OFFICER).mandate,
        substitute=actor(OFFICER_2).mandate,
        from_on=many.day(-30),
        until_on=many.day(-30),
        by=actor(OFFICER),
        at=many.at(-30),
    )
    results = {one["item"]: one for one in remind(many, [held, mine, free], "a")}
    assert results[held.public_id]["outcome"] == "done"
    assert results[mine.public_id]["words"] == "Bạn đang giữ việc này."
    assert "Chưa ai nhận" in results[free.public_id]["words"]
    told = Notice.objects.filter(kind="task.reminded")
    assert {one.mandate for one in told} == {actor(OFFICER).mandate, actor(OFFICER_2).mandate}
    assert remind(many, [held], "b")[0]["words"] == "Hôm nay đã nhắc việc này."
    assert told.count() == 2
    assert remind(many, [held], "c", day=-29)[0]["outcome"] == "done"
    WorkItem.objects.filter(pk=held.pk).update(mandate=actor(OFFICER_2).mandate)
    assert remind(many, [held], "d", day=-29)[0]["outcome"] == "done", "the new holder was not told yet"


def test_who_stands_in_is_not_reminded_of_what_only_the_absent_one_may_sign(many: Driver) -> None:
    go(many, -30, "draft_plan")
    item = many.item("sign_plan")
    WorkItem.objects.filter(pk=item.pk).update(mandate=actor(OFFICER).mandate)
    record_absence(
        absent=actor(OFFICER).mandate,
        substitute=actor(OFFICER_2).mandate,
        from_on=many.day(-29),
        until_on=many.day(-29),
        by=actor(OFFICER),
        at=many.at(-29),
    )
    assert remind(many, [item], "a", day=-29)[0]["outcome"] == "done"
    assert [one.mandate for one in Notice.objects.filter(kind="task.reminded")] == [actor(OFFICER).mandate]


def test_assigning_to_nobody_does_not_use_up_the_key(many: Driver) -> None:
    chosen = ids(open_items(2))
    with pytest.raises(InvalidInput, match="Chưa chọn người"):
        bulk.act(actor=actor(CHAIR), kind=BulkAct.Kind.ASSIGN, chosen=chosen, key="k", at=many.at(-30))
    assert not BulkAct.objects.exists()


def test_more_than_a_hundred_are_refused_before_anything_is_read(many: Driver) -> None:
    with pytest.raises(InvalidInput, match="nhiều nhất 100"):
        bulk.act(
            actor=actor(CHAIR),
            kind=BulkAct.Kind.REMIND,
            chosen=[str(number) for number in range(101)],
            key="k",
            at=many.at(-30),
        )
    assert not BulkAct.objects.exists()


@pytest.mark.parametrize("kind", list(BulkAct.Kind))
def test_a_preview_takes_as_many_queries_for_twenty_as_for_two(many: Driver, kind: str) -> None:
    counts = []
    for count in (2, 20):
        chosen = ids(open_items(count))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            lines = bulk.preview(
                actor=actor(CHAIR), kind=kind, chosen=chosen, to=actor(OFFICER_2).mandate, on=many.day(-30)
            )
        assert len(lines) == count
        counts.append(len(seen))
    assert counts[0] == counts[1], counts


def test_from_ticked_boxes_over_the_preview_to_the_results(many: Driver) -> None:
    items = open_items(2)
    WorkItem.objects.filter(pk__in=[item.pk for item in items]).update(duties="|officer|", mandate=None)
    to = actor(OFFICER_2).mandate.public_id
    with Desk(many, CHAIR, -30) as desk:
        listed = text_of(desk.get(LIST))
        assert listed.count('name="viec"') == 25 and "Chọn tất cả" in listed
        boxes = "&".join(f"viec={item.public_id}" for item in items)
        page = text_of(desk.get(f"{PAGE}?{boxes}&lam=giao&nguoi={to}"))
        assert "2 trên 2 việc làm được" in page and not BulkAct.objects.exists()
        typed = {"viec": ids(items), "lam": "giao", "reason": "Làm trước thứ Sáu", "xem": "1"}
        other = text_of(
            desk.post(PAGE, **typed, **{"nguoi": to, "nguoi-khac": actor(OFFICER).mandate.public_id})
        )
        assert "Làm trước thứ Sáu" in other and not BulkAct.objects.exists()
        assert f'name="nguoi" value="{actor(OFFICER).mandate.public_id}"' in other
        key = re.search(r'name="key" value="([^"]+)"', page)[1]
        sent = {"viec": ids(items), "lam": "giao", "nguoi": to, "key": key}
        first, second = (desk.post(PAGE, **sent)["Location"] for _ in range(2))
        assert first == second
        assert "2 trên 2 việc đã xong" in text_of(desk.get(first))
        assert desk.post(PAGE, lam="nhac").status_code == 422
        assert text_of(desk.get(f"{PAGE}?tat-ca=1&lam=nhac")).count("<tr>") == 28
    with Desk(many, OFFICER, -30) as desk:
        assert desk.get(PAGE).status_code == 403 and desk.get(first).status_code == 404
        assert "Của đơn vị" not in text_of(desk.get(LIST))
    assert {item.mandate for item in open_items(2)} == {actor(OFFICER_2).mandate}


def test_what_is_taken_meanwhile_is_said_for_that_one(many: Driver) -> None:
    first, second = open_items(2)
    WorkItem.objects.filter(pk__in=[first.pk, second.pk]).update(duties="|officer|", mandate=None)
    lines = bulk.preview(
        actor=actor(CHAIR),
        kind="assign",
        chosen=ids([first, second]),
        to=actor(OFFICER_2).mandate,
        on=many.day(-30),
    )
    assert not any(line.refusal for line in lines)
    work_items.take(WorkItem.objects.get(pk=first.pk), actor=actor(OFFICER_2), at=many.at(-30))
    results = {one["item"]: one["outcome"] for one in assign(many, [first, second]).results}
    assert results == {first.public_id: "refused", second.public_id: "done"}
