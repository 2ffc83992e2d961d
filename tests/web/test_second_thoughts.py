"""What a person tries next: publish without having looked, ask for yesterday, sign what is put off."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.publication.models import Publication
from tests.files.samples import pdf
from tests.stages import AGENCIES, CHAIR, CLERK, OFFICER, drafter, go, leader
from tests.web.test_bad_input import Desk, address, text_of
from workflows.acts import steering, urging
from workflows.models import DoneAct, WorkingCopy, WorkItem

Start = Callable[[str], Driver]
FIRST = AGENCIES[0]


def test_publishing_unchecked_is_refused_at_the_form_and_at_the_check_page(stage: Start) -> None:
    driver = stage("recommended")
    item = driver.item("publish")
    with Desk(driver, CLERK, 24) as desk:
        answer = desk.post(address(item), lead="Tóm tắt cho người đọc.")
        assert answer.status_code == 422 and "Đánh dấu: Tôi đã kiểm tra" in text_of(answer)
        assert "Tóm tắt cho người đọc." in text_of(answer)
        WorkingCopy.objects.create(
            item=item, mandate=desk.who.mandate, data={"lead": "L", "checked": False}, saved_at=driver.at(24)
        )
        answer = desk.post(f"{address(item)}kiem-tra/", key="k")
        assert answer.status_code == 422 and "Đánh dấu: Tôi đã kiểm tra" in text_of(answer)
        assert not DoneAct.objects.filter(item=item).exists()


def test_more_time_is_asked_for_until_a_day_to_come_and_work_leads_there(stage: Start) -> None:
    driver = stage("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    with Desk(driver, drafter(FIRST), -15) as desk:
        page = desk.get(address(driver.item("draft_response", inquiry)))
        assert f'href="/yeu-cau/{inquiry.public_id}/"' in text_of(page)
        assert "xin-gia-han/" in text_of(desk.get(f"/yeu-cau/{inquiry.public_id}/"))
        gone = driver.day(-16)
        answer = desk.post(
            f"/yeu-cau/{inquiry.public_id}/xin-gia-han/",
            to_on=f"{gone:%d/%m/%Y}",
            reason="Chờ số liệu quý.",
        )
        assert answer.status_code == 422
        assert "phải sau hôm nay và sau hạn đang chạy" in text_of(answer) and "Chờ số liệu quý." in text_of(
            answer
        )


def test_nothing_is_signed_while_the_case_is_put_off(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    item = driver.item("sign_plan")
    with Desk(driver, CHAIR, -29) as desk:
        steering.postpone_case(actor=desk.who, case=driver.case, reason="Mưa lũ", at=driver.at(-29))
        answer = desk.post(address(item), decision="sign", password=settings.DEMO_PASSWORD, key="k")
        assert answer.status_code == 409 and "Hồ sơ đang hoãn" in text_of(answer)
        assert WorkItem.objects.get(pk=item.pk).finished_at is None


def test_saving_a_draft_says_which_file_was_refused(stage: Start) -> None:
    driver = stage("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    item = driver.item("draft_response", inquiry)
    with Desk(driver, drafter(FIRST), -15) as desk:
        fake = SimpleUploadedFile("so-lieu.pdf", b"MZ\x90\x00 not a pdf")
        answer = desk.post(address(item), summary="Số liệu", files=fake, luu="1")
        assert answer.status_code == 422 and "so-lieu.pdf" in text_of(answer)
        assert WorkingCopy.objects.get(item=item).data["summary"] == "Số liệu"


def test_the_leader_sees_who_does_it_by_when_and_the_number(stage: Start) -> None:
    driver = stage("recommended")
    row = driver.recommendation(1)
    go(driver, 25, "receive_recommendation", row)
    go(driver, 28, "draft_reply", row, owner="Phòng Kinh tế", number_text="M402/UBND")
    with Desk(driver, leader(row.addressee.code), 29) as desk:
        page = text_of(desk.get(address(driver.item("approve_reply", row))))
    assert "Phòng Kinh tế" in page and "M402/UBND" in page and "Hoàn thành" in page


def test_a_receipt_names_a_letter_in_the_making_to_those_who_write_it_alone(stage: Start) -> None:
    driver = stage("recommended")
    row = driver.recommendation(1)
    go(driver, 25, "receive_recommendation", row)
    late = 25 + 40
    urging.urge(actor=actor(OFFICER), subject=row, text="Đề nghị trả lời.", at=driver.at(late))
    agency = row.addressee.code
    receipts = {}
    for who, step in (
        (drafter(agency), "draft_reply"),
        (leader(agency), "approve_reply"),
        (OFFICER, "assess_reply"),
    ):
        item = driver.item(step, row)
        go(driver, late, step, row)
        with Desk(driver, who, late) as desk:
            receipts[step] = text_of(desk.get(f"{address(item)}bien-nhan/"))
    assert "Ký công văn" not in receipts["draft_reply"] and "Ký công văn" not in receipts["approve_reply"]
    assert "Ký công văn" in receipts["assess_reply"]


def test_the_leaders_receipt_names_the_files_that_went_out(stage: Start) -> None:
    driver = stage("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    with Desk(driver, drafter(FIRST), -15) as desk:
        sent = SimpleUploadedFile("Phụ lục số liệu.pdf", pdf())
        desk.post(address(driver.item("draft_response", inquiry)), summary="Đã rà soát.", files=sent)
    item = driver.item("approve_response", inquiry)
    with Desk(driver, leader(FIRST), -14) as desk:
        desk.post(address(item), decision="send")
        assert desk.post(f"{address(item)}kiem-tra/", key="k").status_code == 302
        page = text_of(desk.get(f"{address(item)}bien-nhan/"))
    assert "Đã xong: Duyệt và gửi báo cáo" in page and "<strong>Duyệt và gửi</strong>" in page
    assert "Phụ lục số liệu.pdf" in page and "SHA-256" in page


def test_the_receipt_of_publishing_leads_to_the_page(stage: Start) -> None:
    driver = stage("recommended")
    item = driver.item("publish")
    go(driver, 24, "publish")
    with Desk(driver, CLERK, 24) as desk:
        page = text_of(desk.get(f"{address(item)}bien-nhan/"))
    assert f'href="{Publication.objects.get().address}"' in page


def test_the_inbox_says_what_was_saved_and_not_sent(stage: Start) -> None:
    driver = stage("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    with Desk(driver, drafter(FIRST), -15) as desk:
        desk.post(address(driver.item("draft_response", inquiry)), summary="Mới viết", luu="1")
        assert "Bạn có bản nháp chưa gửi" in text_of(desk.get("/viec-cua-toi/?nhom=chua-nhan"))
