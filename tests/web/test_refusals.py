"""What could not be taken: the way back, all that was typed under its labels, and nothing unseen kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from supervision.demo.driver import Driver
from supervision.demo.world import actor
from tests.stages import AGENCIES, CHAIR, OFFICER, drafter, entries, go, leader
from tests.web.test_bad_input import TYPED, Desk, address, text_of
from tests.web.test_limits import client_of
from workflows.acts import steering
from workflows.models import WorkingCopy, WorkItem

FIRST = AGENCIES[0]
Start = Callable[[str], Driver]
BACK = "Mở lại trang vừa làm"


@pytest.fixture
def planning(stage: Start) -> Iterator[tuple[Desk, WorkItem]]:
    """An officer at the step of drafting the plan."""
    driver = stage("opened")
    with Desk(driver, OFFICER, -30) as desk:
        yield desk, driver.item("draft_plan")


def cancel(desk: Desk, day: int = -30) -> None:
    steering.cancel_case(actor=actor(CHAIR), case=desk.driver.case, reason="Trùng", at=desk.driver.at(day))


def test_a_refusal_leads_back_to_the_page_it_came_from(planning: tuple[Desk, WorkItem]) -> None:
    desk, item = planning
    cancel(desk)
    here = address(item)
    sent = desk.client.post(here, {"purpose": TYPED}, headers={"referer": f"http://testserver{here}?hang=2"})
    assert sent.status_code == 409
    assert f'<a href="{here}?hang=2">{BACK}</a>' in text_of(sent)
    assert f'<a href="{here}">{BACK}</a>' in text_of(desk.post(here, purpose=TYPED))


@pytest.mark.parametrize(
    "referer", ["http://la.example/viec-cua-toi/", "//la.example/", "http://[", "javascript:alert(1)", "x"]
)
def test_no_refusal_leads_to_another_site(planning: tuple[Desk, WorkItem], referer: str) -> None:
    desk, item = planning
    cancel(desk)
    sent = desk.client.post(address(item), {"purpose": TYPED}, headers={"referer": referer})
    assert f'<a href="{address(item)}">{BACK}</a>' in text_of(sent)
    assert BACK not in text_of(desk.client.get("/viec-cua-toi/khong-co/", headers={"referer": referer}))


def test_what_was_typed_stands_under_its_labels_and_days_stay(stage: Start) -> None:
    driver = stage("planned")
    item = driver.item("draft_decision")
    with Desk(driver, OFFICER, -27) as desk:
        cancel(desk, -27)
        names = {"members-total": "2", "members-1-task": "Ghi biên bản", "key": "khoa", "edition": "abc"}
        typed = text_of(desk.post(address(item), articles=TYPED, **names)).split('id="da-nhap"')[1]
    assert "<strong>Thành viên 2: Nhiệm vụ</strong>" in typed and "Ghi biên bản" in typed
    assert TYPED in typed and "khoa" not in typed and "abc" not in typed and ">2<" not in typed


def test_a_day_in_three_boxes_and_a_choice_are_read_back_in_words(stage: Start) -> None:
    driver = stage("recommended")
    row = driver.recommendation(1)
    go(driver, 25, "receive_recommendation", row)
    item = driver.item("draft_reply", row)
    go(driver, 26, "draft_reply", row)
    with Desk(driver, drafter(row.addressee.code), 26) as desk:
        day = {"due_on_ngay": "5", "due_on_thang": "3", "due_on_nam": "2027"}
        page = text_of(desk.post(address(item), verdict="accepted", text=TYPED, **day))
    typed = page.split('id="da-nhap"')[1]
    assert "5/3/2027" in typed and "accepted" not in typed and "Tiếp thu" in typed and TYPED in typed


def test_of_a_form_that_is_not_known_codes_are_left_out(planning: tuple[Desk, WorkItem]) -> None:
    desk, _item = planning
    address_ = f"/yeu-cau/{'a' * 26}/gia-han/"
    sent = {"edition": "2", "issued": "yes", "la": "phai", "about": "b" * 26, "lines": TYPED}
    typed = text_of(desk.post(address_, **sent)).split('id="da-nhap"')[1].split("</section>")[0]
    assert TYPED in typed and typed.count("<p") == 1


def by_button() -> list[str]:
    """Return an address for each pattern of the workspace, with something in the place of every key."""
    found = []
    for pattern in get_resolver("supervision.web.urls").url_patterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        for converter, value in (("str", "khong-co"), ("int", "21"), ("slug", "khong-co")):
            while f"<{converter}:" in route:
                before, _mark, after = route.partition(f"<{converter}:")
                route = f"{before}{value}{after.partition('>')[2]}"
        found.append(f"/{route}")
    return found


def test_an_address_of_a_button_opened_anew_leads_to_where_the_button_is(stage: Start) -> None:
    stage("opened")
    client = client_of(OFFICER)
    buttons = {}
    for prefix in ("", "/en"):
        for one in by_button():
            answer = client.get(f"{prefix}{one}")
            if answer.status_code == 405:
                buttons[f"{prefix}{one}"] = text_of(answer)
                assert "POST" in answer["Allow"]
    assert len(buttons) >= 24
    assert (
        "/phan-bien/khong-co/lay-y-kien/thoi/" in buttons and "/phan-bien/khong-co/nhom/khong-co/" in buttons
    )
    for one, html in buttons.items():
        words = "Open the page with the button" if one.startswith("/en") else "Mở trang có nút đó"
        back = html.split(f'">{words}</a>')[0].rpartition('"')[2]
        assert one.startswith(back) and len(back) > len("/en/"), (one, back)
        assert client.get(back).status_code in (200, 302, 403, 404), (one, back)
    assert "/viec-cua-toi/khong-co/" in buttons["/viec-cua-toi/khong-co/nhan/"]


TURNED = "Đồng ý \u202eiạl\u2066 \u200bvới\x07 điểm\ufeff a"


def test_signs_that_nobody_sees_are_left_out_of_what_is_posted(planning: tuple[Desk, WorkItem]) -> None:
    desk, item = planning
    plan = entries(desk.driver, "draft_plan", desk.driver.day(-30), purpose=TURNED)
    assert desk.post(address(item), **plan, luu="1").status_code == 302
    assert WorkingCopy.objects.get(item=item).data["purpose"] == "Đồng ý iạl với điểm a"


def test_a_password_is_taken_as_it_is(stage: Start) -> None:
    driver = stage("opened")
    with Desk(driver, leader(FIRST), -30) as desk:
        desk.who.user.set_password("mật\u200bkhẩu-riêng")
        desk.who.user.save()
        client = Client()
        sent = {"login": desk.who.user.username, "password": "mật\u200bkhẩu-riêng"}
        assert client.post("/dang-nhap/", sent).status_code == 302
