"""The same work open twice: nobody saves or hands in over a draft that they have not seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from supervision.demo.driver import Driver
from tests.stages import AGENCIES, OFFICER, OFFICER_2, drafter, go, leader
from tests.web.test_bad_input import Desk, address, text_of
from workflows.acts import working_copies
from workflows.models import WorkingCopy, WorkItem

FIRST = AGENCIES[0]
Start = Callable[[str], Driver]
HERE, THERE = "Viết ở cửa sổ này", "Viết ở cửa sổ kia"


@pytest.fixture
def reporting(stage: Start) -> Iterator[tuple[Desk, WorkItem]]:
    """A responder of an agency at its report."""
    driver = stage("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    with Desk(driver, drafter(FIRST), -15) as desk:
        yield desk, driver.item("draft_response", inquiry)


def edition(response: Any) -> str:
    """Return what the form carries of the draft it shows."""
    found = re.search(r'name="edition" value="([^"]*)"', text_of(response))
    assert found is not None
    return found[1]


def saved(item: WorkItem) -> str:
    return str(WorkingCopy.objects.get(item=item).data["summary"])


def test_a_draft_saved_in_another_window_is_not_saved_over(reporting: tuple[Desk, WorkItem]) -> None:
    desk, item = reporting
    seen = edition(desk.get(address(item)))
    assert desk.post(address(item), summary=THERE, edition=seen, luu="1").status_code == 302
    answer = desk.post(address(item), summary=HERE, difficulties="Thiếu người", edition=seen, luu="1")
    assert answer.status_code == 409 and saved(item) == THERE
    page = text_of(answer)
    assert "Bạn đã lưu một bản nháp khác của việc này" in page
    assert THERE in page and "Thiếu người</textarea>" in page and f"{HERE}</textarea>" in page
    again = desk.post(address(item), summary=f"{HERE}. {THERE}", edition=edition(answer), luu="1")
    assert again.status_code == 302 and saved(item) == f"{HERE}. {THERE}"


def test_saving_the_same_twice_is_no_conflict(reporting: tuple[Desk, WorkItem]) -> None:
    desk, item = reporting
    for _press in range(2):
        assert desk.post(address(item), summary=HERE, edition="", luu="1").status_code == 302
    more = desk.post(address(item), summary=THERE, edition=edition(desk.get(address(item))), luu="1")
    assert more.status_code == 302 and saved(item) == THERE


def test_handing_in_drops_no_draft_that_was_not_seen(reporting: tuple[Desk, WorkItem]) -> None:
    desk, item = reporting
    desk.post(address(item), summary=THERE, edition="", luu="1")
    answer = desk.post(address(item), summary=HERE, edition="", key="k")
    assert answer.status_code == 409 and THERE in text_of(answer)
    assert WorkItem.objects.get(pk=item.pk).finished_at is None
    done = desk.post(address(item), summary=HERE, edition=edition(answer), key="k")
    assert done.status_code == 302 and WorkItem.objects.get(pk=item.pk).finished_at


def test_a_mistake_or_another_row_does_not_count_as_having_seen_it(stage: Start) -> None:
    driver = stage("planned")
    item = driver.item("draft_decision")
    with Desk(driver, OFFICER, -27) as desk:
        desk.post(address(item), articles=THERE, edition="", luu="1")
        for sent in ({"them": "members"}, {"key": "k"}):
            answer = desk.post(address(item), articles=HERE, edition="", **sent)
            assert edition(answer) == "", sent


def test_what_was_never_checked_is_read_back_as_it_was_typed(stage: Start) -> None:
    driver = stage("planned")
    item = driver.item("draft_decision")
    wrong = {"members-total": "1", "members-0-mandate": "khong-co", "members-0-task": "Ghi chép"}
    with Desk(driver, OFFICER, -27) as desk:
        desk.post(address(item), articles=THERE, edition="", luu="1", **wrong)
        answer = desk.post(address(item), articles=HERE, edition="", luu="1")
    assert answer.status_code == 409 and THERE in text_of(answer) and "Ghi chép" in text_of(answer)


def test_going_on_with_a_colleagues_draft_does_not_erase_ones_own(stage: Start) -> None:
    driver = stage("opened")
    item, at = driver.item("draft_plan"), driver.at(-33)
    with Desk(driver, OFFICER_2, -33) as desk:
        desk.post(address(item), purpose=THERE, edition="", luu="1")
    with Desk(driver, OFFICER, -33) as desk:
        own = working_copies.save_working_copy(actor=desk.who, item=item, data={"purpose": HERE}, at=at)
        other = WorkingCopy.objects.exclude(pk=own.pk).get()
        page = desk.get(f"{address(item)}?ban-nhap={other.pk}")
        assert THERE in text_of(page)
        answer = desk.post(address(item), purpose=THERE, edition=edition(page), luu="1")
        own.refresh_from_db()
        assert answer.status_code == 409 and HERE in text_of(answer) and own.data["purpose"] == HERE


def test_what_is_sent_from_the_check_page_is_what_it_showed(reporting: tuple[Desk, WorkItem]) -> None:
    driver, inquiry = reporting[0].driver, reporting[1].inquiry
    go(driver, -15, "draft_response", inquiry)
    item = driver.item("approve_response", inquiry)
    with Desk(driver, leader(FIRST), -15) as desk:
        desk.post(address(item), decision="send", edition="")
        shown = edition(desk.get(f"{address(item)}kiem-tra/"))
        changed = {"decision": "return", "reason": THERE, "edition": edition(desk.get(address(item)))}
        assert desk.post(address(item), **changed).status_code == 302
        answer = desk.post(f"{address(item)}kiem-tra/", key="k", edition=shown)
        assert answer["Location"].endswith("kiem-tra/")
        assert WorkItem.objects.get(pk=item.pk).finished_at is None
        page = desk.get(answer["Location"])
        assert THERE in text_of(page) and "Xem lại rồi gửi" in text_of(page)
        done = desk.post(f"{address(item)}kiem-tra/", key="k", edition=edition(page))
        assert done["Location"].endswith("bien-nhan/")
