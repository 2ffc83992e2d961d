"""A paper that is signed later than it was drafted is right on the day that it bears, or goes back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import transaction

from supervision.cases.models import Recommendation
from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.documents.tasks import sign_now
from supervision.errors import InvalidInput
from supervision.language.dates import long_date
from supervision.organizations.models import Mandate
from tests.owner import guards_off
from tests.stages import CHAIR, HEAD, MEMBER, OFFICER, entries, go
from tests.told import tell
from tests.web.test_bad_input import Desk, find_the_key, lose_the_key, text_of
from tests.workflows.test_unsigned import settle

TOO_LATE = "ít nhất 15 ngày"


@pytest.fixture
def driver(stage: Callable[[str], Driver]) -> Driver:
    """The notice is drafted 22 days before the first of three sessions; 15 are the least."""
    driver = stage("decided")
    go(driver, -22, "draft_notice")
    return driver


def sign(driver: Driver, day: int) -> None:
    driver.do(day, HEAD, "sign_notice", decision="sign")


def test_a_notice_is_signed_until_the_last_day_on_which_it_precedes_its_session_as_the_law_asks(
    driver: Driver,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        sign(driver, -13)
    said = str(refused.value.errors["decision"][0])
    assert said.startswith("Cơ quan 1, Ngày làm việc: Thông báo phải gửi")
    assert TOO_LATE in said and "Trả lại để người soạn sửa" in said
    sign(driver, -15)
    assert Document.objects.get(kind="notice").issued_on == driver.day(-15)


def test_its_signer_reads_on_the_page_why_it_goes_back_and_other_days_are_set(driver: Driver) -> None:
    item = driver.item("sign_notice")
    with Desk(driver, HEAD, -13) as desk:
        work = f"/viec-cua-toi/{item.public_id}/"
        assert TOO_LATE in text_of(desk.get(work)), "before a password is typed in vain"
        refused = desk.post(work, decision="sign", password=settings.DEMO_PASSWORD, key="a")
        assert refused.status_code == 422 and TOO_LATE in text_of(refused)
        returned = desk.post(work, decision="return", reason="Chọn ngày làm việc khác", key="b")
        assert returned.status_code == 302
    go(driver, -9, "draft_notice")
    go(driver, -9, "sign_notice")
    assert Document.objects.get(kind="notice", state=Document.State.SIGNED).issued_on == driver.day(-9)


def test_a_notice_that_got_stuck_is_not_signed_again_on_a_day_that_is_too_late(driver: Driver) -> None:
    sign(driver, -20)
    paper = Document.objects.get(kind="notice")
    lose_the_key(paper)
    sign_now(paper.pk, at=driver.at(-20))
    find_the_key(paper)
    paper.refresh_from_db()
    for way in ("again", "elsewhere"):
        with pytest.raises(InvalidInput, match=TOO_LATE):
            settle(driver, paper, HEAD, -13, decision=way)
    settle(driver, paper, OFFICER, -13, decision="mend", reason="Ngày làm việc quá gần")
    assert driver.item("draft_notice")


def test_what_the_machine_comes_to_days_later_is_confirmed_anew_for_the_day_that_it_bears(
    driver: Driver,
) -> None:
    """The next morning it signs what was confirmed in the evening; after that the signer decides."""
    sign(driver, -16)
    paper = Document.objects.get(kind="notice")
    with transaction.atomic():
        sign_now(paper.pk, at=driver.at(-15))
        assert Document.objects.get(pk=paper.pk).state == Document.State.SIGNED
        transaction.set_rollback(True)
    sign_now(paper.pk, at=driver.at(-13))
    paper.refresh_from_db()
    assert paper.state == Document.State.STUCK and "ngày người ký xác nhận" in paper.trouble
    with pytest.raises(InvalidInput, match=TOO_LATE):
        settle(driver, paper, HEAD, -13, decision="again")


def test_a_member_who_has_left_office_is_not_appointed_by_a_decision_drafted_before(
    stage: Callable[[str], Driver],
) -> None:
    driver = stage("planned")
    go(driver, -27, "draft_decision")
    with guards_off():
        Mandate.objects.filter(pk=actor(MEMBER).mandate.pk).update(until_on=driver.day(-26))
    with pytest.raises(InvalidInput, match=r"^Thành viên 1, Người: Lựa chọn này không có"):
        driver.do(-25, CHAIR, "sign_decision", decision="sign")
    driver.do(-26, CHAIR, "sign_decision", decision="sign")


def test_a_day_that_was_to_come_has_come(stage: Callable[[str], Driver]) -> None:
    driver = stage("reported")
    go(driver, 17, "examine")
    due: dt.date = driver.day(30)
    entered = entries(driver, "draft_recommendations", driver.day(19))
    entered["recommendations"][0]["action_due_on"] = due
    driver.do(19, OFFICER, "draft_recommendations", **entered)
    with pytest.raises(InvalidInput, match="Chọn một ngày sau hôm nay"):
        driver.do(30, CHAIR, "sign_recommendations", decision="sign")
    driver.do(29, CHAIR, "sign_recommendations", decision="sign")


@pytest.mark.django_db
def test_nobody_is_invited_to_a_dialogue_whose_day_has_passed() -> None:
    """It may be signed on the day itself; later it goes back, and a new day is announced as typed."""
    driver = tell("dialogue", dt.date(2026, 7, 7), until=-14)
    commune, chair = "mttq-24-24m01.can_bo", "mttq-24-24m01.chu_tich"
    with pytest.raises(InvalidInput, match="Ngày đối thoại: "):
        driver.do(1, chair, "sign_dialogue_notice", decision="sign")
    driver.do(1, chair, "sign_dialogue_notice", decision="return", reason="Đã qua ngày")
    typed = {"start_time": None, "place": "nhà văn hóa xã", "questions": "Hòm thư."}
    with pytest.raises(InvalidInput):
        driver.do(1, commune, "draft_dialogue_notice", held_on=driver.day(0), **typed)
    driver.do(1, commune, "draft_dialogue_notice", held_on=driver.day(9), **typed)
    driver.do(2, chair, "sign_dialogue_notice", decision="sign")
    paper = Document.objects.filter(kind="dialogue_notice").latest("pk")
    assert long_date(driver.day(9)) in paper.context["sections"][0]["text"]


@pytest.mark.django_db
def test_the_notice_of_a_dialogue_begins_with_what_was_planned() -> None:
    driver = tell("dialogue", dt.date(2026, 7, 7), until=-22)
    item = driver.item("draft_dialogue_notice")
    with Desk(driver, "mttq-24-24m01.can_bo", -14) as desk:
        page = desk.get(f"/viec-cua-toi/{item.public_id}/").content.decode()
    day = driver.day(0)
    boxes = dict(re.findall(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"', page))
    assert [int(boxes[f"held_on_{part}"]) for part in ("ngay", "thang", "nam")] == [
        day.day,
        day.month,
        day.year,
    ]
    assert (boxes["start_time"], boxes["place"]) == ("08:00", "nhà văn hóa xã")


@pytest.mark.django_db
def test_a_time_comes_back_as_it_was_typed_and_is_taken_again() -> None:
    driver = tell("dialogue", dt.date(2026, 7, 7), until=-14)
    driver.do(-13, "mttq-24-24m01.chu_tich", "sign_dialogue_notice", decision="return", reason="Thêm hòm thư")
    item = driver.item("draft_dialogue_notice")
    with Desk(driver, "mttq-24-24m01.can_bo", -13) as desk:
        address = f"/viec-cua-toi/{item.public_id}/"
        page = desk.get(address).content.decode()
        boxes = dict(re.findall(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"', page))
        assert boxes["start_time"] == "08:00"
        sent = desk.post(address, **boxes, questions="Hòm thư tại trụ sở.")
        assert sent.status_code == 302 and driver.item("sign_dialogue_notice")


@pytest.mark.django_db
def test_what_was_promised_is_signed_as_it_was_promised_also_past_its_day() -> None:
    """The third promise was for day 35; the document of promises waits for its signature until day 36."""
    driver = tell("dialogue", dt.date(2026, 7, 7), until=5)
    driver.do(36, "mttq-24-24m01.chu_tich", "sign_recommendations", decision="sign")
    assert Recommendation.objects.get(number=3).action_asked_on == driver.day(35)
