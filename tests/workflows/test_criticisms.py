"""Social criticism in its three forms: every remark gets an answer, or the case does not end."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from supervision.access import policy
from supervision.casefiles.models import Case
from supervision.cases.models import Consultation, Criticism
from supervision.cases.services import opening
from supervision.deadlines.models import Deadline
from supervision.demo import script, world
from supervision.demo.driver import Driver
from supervision.documents.models import Document
from supervision.drafts.services import open_remarks
from supervision.drafts.table import matrix
from supervision.errors import InvalidInput, WrongState
from supervision.files.models import Attachment
from supervision.language.codes import new_public_id
from supervision.language.dates import VIETNAM
from supervision.publication import remarks
from supervision.publication.models import FollowUp, Publication
from tests.markup import html_of
from tests.told import tell
from tests.web.test_limits import client_of, queries
from tests.workflows import agreement
from tests.workflows.test_stories import kinds
from workflows.acts import extensions, steering

pytestmark = pytest.mark.django_db

C1, C2, C3 = dt.date(2026, 5, 19), dt.date(2026, 10, 6), dt.date(2026, 10, 13)
OFFICER, CHAIR = "mttq-24.can_bo_1", "mttq-24.chu_tich"
DRAFTER, LEADER = "so-nnmt-24.dau_moi", "so-nnmt-24.lanh_dao"


def criticism_of(driver: Driver) -> Criticism:
    return Criticism.objects.select_related("case__lead", "draft", "addressee").get(case=driver.case)


def answers(driver: Driver, numbers: set[int] | None = None, **other: Any) -> dict[str, Any]:
    """Return what the agency enters: an answer to each open remark, or to those with these numbers."""
    rows = [
        {"row": remark, "verdict": "accepted", "text": f"Tiếp thu {remark.code}"}
        for remark in open_remarks(criticism_of(driver).draft)
        if numbers is None or remark.number in numbers
    ]
    return {"answers": rows, **other}


def refusal(
    driver: Driver, offset: int, who: str, step: str, subject: Any = None, **data: Any
) -> dict[str, Any]:
    """Return what is said about each field of an entry that is refused."""
    with pytest.raises(InvalidInput) as caught:
        driver.do(offset, who, step, subject, **data)
    return {key: " ".join(str(one) for one in said) for key, said in caught.value.errors.items()}


def test_a_conference_ends_when_every_remark_has_its_answer() -> None:
    """C1: the first answer leaves two remarks out, so the case goes back; all is on the public page."""
    case = tell("c1", C1).case
    assert case.state == Case.State.CLOSED
    assert kinds(case) == ["criticism_plan", "invitation", "conference_minutes", "criticism_document"]
    table = matrix.lines(case.criticism.draft)
    assert len(table) == 12
    assert matrix.standing_counts(case.criticism.draft) == {
        "accepted": 8,
        "partly": 2,
        "not_accepted": 2,
        "open": 0,
    }
    assert [round_.answers.count() for round_ in case.criticism.draft.rounds.order_by("number")] == [10, 2]
    page = Publication.objects.get()
    told = FollowUp.objects.filter(publication=page).order_by("pk")
    assert list(told.values_list("state", flat=True)) == [
        "waiting",
        "answered",
        "returned",
        "answered",
        "closed",
    ]
    assert remarks.tally(page) == {"accepted": 8, "partly": 2, "not_accepted": 2}
    public = [html_of(Client().get(address)) for address in (page.address, "/kien-nghi/", "/ket-luan/")]
    assert "Đã trả lời đủ" in public[0] and "theo quyết định" not in public[0]
    assert "Phản biện 1" in public[1] and "Kiến nghị 1" not in public[1]
    assert "Phản biện: 1 đã kết thúc" in public[2]
    pill = html_of(Client().get("/kien-nghi/?tinh-trang=ket-thuc"))
    assert "Đã trả lời đủ, kết thúc khác <b>1</b>" in pill
    assert "Giữ ý kiến" in told.last().data["front"]["text"]


def test_a_late_answer_to_a_criticism_is_called_so_in_the_lists() -> None:
    driver = tell("c1", C1, until=9)
    late = criticism_of(driver).reply_deadline.due_on + dt.timedelta(days=2)
    with time_machine.travel(dt.datetime.combine(late, dt.time(9), VIETNAM), tick=True):
        listed = html_of(Client().get("/ket-luan/"))
        front_door = " ".join(html_of(Client().get("/")).split())
    assert "Phản biện 1, văn bản" in front_door and "Kiến nghị 1, văn bản" not in front_door
    assert "Có phản biện quá hạn trả lời" in listed and "Có kiến nghị quá hạn trả lời" not in listed


def test_an_answer_in_part_must_say_so_and_cannot_end_the_criticism() -> None:
    driver = tell("c1", C1, until=9)
    said = refusal(driver, 20, DRAFTER, "draft_answers", criticism_of(driver), **answers(driver, {1, 2, 3}))
    assert "YK-04" in said["answers"] and "YK-03" not in said["answers"]
    driver.do(20, DRAFTER, "draft_answers", criticism_of(driver), **answers(driver, {1, 2, 3}, in_part=True))
    driver.do(21, LEADER, "approve_answers", criticism_of(driver), decision="send")
    said = refusal(driver, 22, OFFICER, "assess_answers", verdict="accepted", text="Đủ")
    assert "YK-04" in said["verdict"]
    with pytest.raises(WrongState):
        opening.close_case(
            actor=world.actor(CHAIR), case=driver.case, subject=None, data={"summary": "X"}, at=driver.at(22)
        )
    agreement.check()


def test_the_chairing_body_may_ask_for_another_answer_and_both_stay_on_record() -> None:
    driver = tell("c1", C1, until=9)
    driver.do(20, DRAFTER, "draft_answers", criticism_of(driver), **answers(driver))
    driver.do(
        21, LEADER, "approve_answers", criticism_of(driver), decision="return", reason="Ghi rõ điều khoản"
    )
    driver.do(22, DRAFTER, "draft_answers", criticism_of(driver), **answers(driver))
    driver.do(22, LEADER, "approve_answers", criticism_of(driver), decision="send")
    draft = criticism_of(driver).draft
    assert not open_remarks(draft)
    asked = {"verdict": "returned", "text": "Chưa rõ", "again_on": driver.day(40)}
    assert "again" in refusal(driver, 23, OFFICER, "assess_answers", **asked)
    fifth = draft.remarks.get(number=5)
    driver.do(23, OFFICER, "assess_answers", **asked, again=[fifth])
    assert list(open_remarks(draft)) == [fifth]
    assert criticism_of(driver).reply_deadline.rule == "C_REPLY_AGAIN"
    driver.do(24, DRAFTER, "draft_answers", criticism_of(driver), **answers(driver))
    driver.do(25, LEADER, "approve_answers", criticism_of(driver), decision="send")
    driver.do(26, OFFICER, "assess_answers", verdict="accepted", text="Đủ")
    assert fifth.answers.count() == 2
    driver.do(27, CHAIR, "close_case", summary="Xong")
    agreement.check()


def test_a_late_draft_is_taken_and_a_later_day_of_submission_puts_it_right() -> None:
    """C2: 403 Art 16-17; the silent are recorded, the drafter explains, the unions chair."""
    case = tell("c2", C2).case
    late, moved = Deadline.objects.filter(rule="C_DRAFT_IN").order_by("pk")
    assert late.met_on > late.due_on and moved.met_on <= moved.due_on
    assert case.criticism.draft_deadline == moved and case.state == Case.State.CLOSED
    assert list(case.criticism.draft.remarks.order_by("number").values_list("node", flat=True)) == [
        "de-muc-3-khoan-4", "de-muc-3-khoan-2", "de-muc-3-khoan-1-diem-b", "de-muc-2-khoan-3",
        "de-muc-4-khoan-1", "de-muc-3-khoan-3", "de-muc-3-khoan-2", "de-muc-5-khoan-1",
    ]  # fmt: skip
    assert kinds(case) == ["opinion_request", "criticism_document"]
    states = case.consultations.order_by("number").values_list("state", flat=True)
    assert sorted(states) == ["given"] * 4 + ["silent"] * 2
    assert case.records.get(step="explain").data["number_text"] == "M561/SXD-VT"
    assert case.criticism.explain_deadline.met_on
    paper = Document.objects.get(case_link__case=case, kind="criticism_document")
    assert "Ủy ban MTTQ Việt Nam tỉnh Bắc Ninh (để báo cáo)" in paper.context["recipients"]  # 403 Art 22(2)


def test_an_explanation_that_does_not_come_holds_nothing_up() -> None:
    driver = tell("c2", C2, until=6)
    assert driver.item("explain", criticism_of(driver)).organization.code == "so-xd-24"
    steering.stop_waiting(actor=world.actor("cd-24.can_bo"), case=driver.case, at=driver.at(12))
    agreement.check()
    assert driver.item("draft_criticism")
    assert not Deadline.objects.filter(rule="C_EXPLAIN", met_on=None, dropped_at=None).exists()


def test_after_a_dialogue_the_issuing_authority_gets_the_document_and_the_drafter_answers() -> None:
    """C3: 403 Art 19(7)."""
    driver = tell("c3", C3, until=8)
    paper = Document.objects.get(case_link__case=driver.case, kind="criticism_document")
    assert paper.context["to"] == ["Ủy ban nhân dân xã Mẫu Đông", "Hội đồng nhân dân xã Mẫu Đông"]
    codes = paper.case_link.addressees.values_list("code", flat=True)
    assert {"ubnd-24-24m04", "hdnd-24-24m04"} <= set(codes)
    assert driver.item("draft_answers", criticism_of(driver)).organization.code == "ubnd-24-24m04"


def test_who_reads_the_draft_and_the_criticism() -> None:
    """The drafter once it is written to, whoever is asked for an opinion the draft alone, nobody else."""
    driver = tell("c1", C1, until=3)
    row, other = criticism_of(driver), "so-yt-24.dau_moi"
    file = row.draft.versions.get().files.get()

    def sees(who: str, rows: Any) -> bool:
        return policy.visible(world.actor(who), rows).exists()

    criticisms, files = Criticism.objects.all(), Attachment.objects.filter(pk=file.pk)
    assert sees(OFFICER, criticisms) and sees(OFFICER, files)
    assert not sees(DRAFTER, criticisms) and not sees(DRAFTER, files)
    driver = tell("c2", C2, until=-18)
    files = Attachment.objects.filter(pk=criticism_of(driver).draft.versions.get().files.get().pk)
    assert sees("mttq-24.chuyen_gia_1", files) and sees("hnd-24.can_bo", files)
    assert not sees("mttq-24.luat_gia", files) and not sees(other, files)
    asked = Consultation.objects.filter(case=driver.case)
    assert asked.count() == 6


def test_the_page_of_a_criticism_shows_both_sides_and_does_not_grow_with_its_remarks() -> None:
    driver = tell("c1", C1, until=28)
    row = criticism_of(driver)
    address = f"/phan-bien/{row.public_id}/"
    with time_machine.travel(driver.at(28), tick=True):
        for who in (OFFICER, DRAFTER):
            page = html_of(client_of(who).get(address))
            assert "YK-12" in page and "Hồ sơ chưa thể kết thúc" in page
        assert client_of("so-yt-24.dau_moi").get(address).status_code == 404
        queries(client_of(OFFICER), f"/ho-so/{driver.case.public_id}/")
        before = cost(client_of(DRAFTER), address)
        first = row.draft.remarks.get(number=1)
        for number in range(13, 51):  # as many as are shown there
            first.pk, first.public_id, first.number = None, new_public_id(), number
            first.save(force_insert=True)
        assert cost(client_of(DRAFTER), address) == before


def cost(client: Client, address: str) -> int:
    """Return how many queries a page takes."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen.captured_queries)


def test_more_time_is_asked_for_and_given_and_a_sent_criticism_is_not_cancelled() -> None:
    driver = tell("c1", C1, until=9)
    row = criticism_of(driver)
    before = row.reply_deadline.due_on
    later = before + dt.timedelta(days=10)
    extensions.request_extension(
        actor=world.actor(DRAFTER), subject=row, to_on=later, reason="Chờ Sở Tư pháp", at=driver.at(12)
    )
    driver.do(13, OFFICER, "decide_extension", row, decision="grant", to_on=later, reason="Đồng ý")
    assert criticism_of(driver).reply_deadline.due_on == later
    with pytest.raises(WrongState):
        steering.cancel_case(actor=world.actor(CHAIR), case=driver.case, reason="Thôi", at=driver.at(14))
    agreement.check()


def test_chair_and_secretary_are_chosen_from_inside_or_typed_from_outside_never_both() -> None:
    """Printed alike: name and post."""
    driver = tell("c1", C1, until=0)
    told = next(told for told in script.read("c1") if told.act == "record_conference")
    entered = script.values(driver, told)
    wrong = {**entered, "chaired_by": "Người khác, Chủ tịch", "written_by": ""}
    said = refusal(driver, 1, OFFICER, "record_conference", **wrong)
    assert set(said) == {"chaired_by", "secretary"}
    secretary = world.actor("mttq-24.can_bo_2").mandate
    driver.do(1, OFFICER, "record_conference", **entered | {"written_by": "", "secretary": secretary})
    minutes = driver.item("sign_conference").document.context
    assert minutes["chair"] == "Chủ tịch mẫu 1, Chủ tịch"
    assert minutes["secretary"] == f"{secretary.user.display_name}, {secretary.title}"
