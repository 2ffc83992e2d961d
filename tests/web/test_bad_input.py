"""Whatever is sent: a clear message, a status below 500, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from supervision.demo.driver import Driver
from supervision.demo.world import actor
from supervision.documents.models import Document
from supervision.documents.tasks import sign_now
from supervision.files.models import Attachment
from supervision.organizations.models import Mandate, Organization, User
from tests.buttons import binding_defaults
from tests.files.samples import MACRO, docx, pdf
from tests.markup import html_of
from tests.stages import AGENCIES, CHAIR, DEPUTY, OFFICER, drafter, entries, go
from workflows.acts import steering
from workflows.inbox import work_items
from workflows.models import DoneAct, WorkingCopy, WorkItem

FIRST = AGENCIES[0]
Start = Callable[[str], Driver]
TOO_SOON = "Thông báo phải gửi trước ngày làm việc ít nhất 15 ngày: chọn từ ngày"
TYPED = "Đã rà soát bốn mươi bảy phản ánh"


class Desk:
    """Someone at their desk: signed in, on a day of the case."""

    def __init__(self, driver: Driver, key: str, day: int) -> None:
        self.driver, self.who = driver, actor(key)
        self.client = Client(raise_request_exception=False)
        self.sign_in()
        self.day = day

    def sign_in(self) -> None:
        self.client.force_login(self.who.user, backend="django.contrib.auth.backends.ModelBackend")
        session = self.client.session
        session["mandate"] = self.who.mandate.public_id
        session.save()

    def __enter__(self) -> Desk:
        self.clock = time_machine.travel(self.driver.at(self.day), tick=True)
        self.clock.start()
        self.sign_in()  # a session has a date of its own
        return self

    def __exit__(self, *error: Any) -> None:
        self.clock.stop()

    def get(self, address: str) -> Any:
        return self._fine(self.client.get(address))

    def post(self, address: str, **data: Any) -> Any:
        return self._fine(self.client.post(address, data))

    @staticmethod
    def _fine(response: Any) -> Any:
        assert response.status_code < 500, html_of(response)[-3000:]
        if not response.streaming and "html" in response.headers.get("Content-Type", ""):
            assert binding_defaults(html_of(response)) == []
        return response


def text_of(response: Any) -> str:
    return html_of(response)


def address(item: WorkItem) -> str:
    return f"/viec-cua-toi/{item.public_id}/"


@pytest.fixture
def reporting(stage: Start) -> Iterator[tuple[Desk, WorkItem]]:
    """A responder of the first agency at the step of drafting its report."""
    driver = stage("asked")
    inquiry = driver.inquiry(FIRST)
    go(driver, -19, "receive_inquiry", inquiry)
    with Desk(driver, drafter(FIRST), -15) as desk:
        yield desk, driver.item("draft_response", inquiry)


@pytest.fixture
def planning(stage: Start) -> Iterator[tuple[Desk, WorkItem]]:
    """An officer at the step of drafting the plan."""
    driver = stage("opened")
    with Desk(driver, OFFICER, -30) as desk:
        yield desk, driver.item("draft_plan")


BAD_FILES = {
    "a program": ("bao-cao.pdf", b"MZ\x90\x00" + b"\x00" * 200),
    "nothing": ("rong.pdf", b""),
    "a macro": ("bieu-mau.docx", docx({"word/vbaProject.bin": b"macro"}, MACRO)),
    "a page": ("trang.html", b"<script>alert(1)</script>"),
    "a name with tricks": ("../../etc/\u202epasswd.exe", b"MZ\x90"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_and_the_text_and_the_good_file_stay(
    reporting: tuple[Desk, WorkItem], kind: str
) -> None:
    desk, item = reporting
    files = [SimpleUploadedFile("so-lieu.pdf", pdf()), SimpleUploadedFile(*BAD_FILES[kind])]
    answer = desk.post(address(item), summary=TYPED, difficulties="Thiếu người", files=files)
    shown = text_of(answer)
    assert answer.status_code == 422
    assert TYPED in shown and "Thiếu người" in shown and "so-lieu.pdf" in shown
    kept = Attachment.objects.get(name="so-lieu.pdf")
    assert kept.public_id in shown
    again = desk.post(address(item), summary=TYPED, **{"files-giu": kept.public_id}, key="k")
    assert again.status_code == 302
    assert list(item.inquiry.responses.get().files.all()) == [kept]


def test_a_file_that_is_too_big_is_named_with_the_limit(
    reporting: tuple[Desk, WorkItem], settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    desk, item = reporting
    answer = desk.post(
        address(item), summary=TYPED, files=[SimpleUploadedFile("to.pdf", pdf() + b"0" * 2000)]
    )
    assert answer.status_code == 422 and "to.pdf" in text_of(answer) and TYPED in text_of(answer)


def test_a_file_of_another_body_cannot_be_borrowed(reporting: tuple[Desk, WorkItem]) -> None:
    desk, item = reporting
    from supervision.files.services import store

    theirs = store(
        SimpleUploadedFile("mat.pdf", pdf()), by=actor(drafter(AGENCIES[1])).mandate, at=desk.driver.at(-16)
    )
    answer = desk.post(address(item), summary=TYPED, **{"files-giu": theirs.public_id})
    assert "mat.pdf" not in text_of(answer)
    response = item.inquiry.responses.first()
    assert response is None or not response.files.exists()


@pytest.mark.parametrize("day", ["31/02/2026", "2026-02-31", "mai", "0/0/0"])
def test_a_day_that_does_not_exist_is_shown_again_as_typed(stage: Start, day: str) -> None:
    driver = stage("met")
    with Desk(driver, OFFICER, 4) as desk:
        item = driver.item("survey", driver.inquiry(FIRST))
        answer = desk.post(address(item), needed="yes", held_on=day, notes=TYPED)
        assert answer.status_code == 422
        assert TYPED in text_of(answer)
        assert all(part in text_of(answer) for part in day.replace("-", "/").split("/"))
        assert WorkItem.objects.get(pk=item.pk).finished_at is None


def test_a_hundred_thousand_letters_are_refused_and_come_back_whole(
    planning: tuple[Desk, WorkItem],
) -> None:
    desk, item = planning
    long = "Đ" * 100_000
    answer = desk.post(address(item), purpose=long, content=TYPED)
    assert answer.status_code == 422
    assert long in text_of(answer) and "20.000" in text_of(answer) and TYPED in text_of(answer)


def test_every_missing_field_is_said_at_once(planning: tuple[Desk, WorkItem]) -> None:
    desk, item = planning
    answer = desk.post(address(item), purpose=TYPED)
    assert answer.status_code == 422 and TYPED in text_of(answer)
    assert text_of(answer).count('href="#id_') >= 8


def test_a_sign_that_would_be_printed_as_a_box_is_named_at_its_field(planning: tuple[Desk, WorkItem]) -> None:
    """Word's own bullets come with what is copied from it; a signed paper had empty boxes for them."""
    desk, item = planning
    plan = entries(desk.driver, "draft_plan", desk.driver.day(-30))
    answer = desk.post(address(item), **{**plan, "purpose": f"{TYPED}\uf0b7 Một"}, key="k")
    assert answer.status_code == 422
    assert "U+F0B7" in text_of(answer) and f"{TYPED}\uf0b7 Một" in text_of(answer)
    assert WorkItem.objects.get(pk=item.pk).finished_at is None
    assert desk.post(address(item), **{**plan, "purpose": f"{TYPED} 😀 ≤ ½"}, key="k").status_code == 302


def test_characters_that_no_database_takes(planning: tuple[Desk, WorkItem]) -> None:
    desk, item = planning
    plan = entries(desk.driver, "draft_plan", desk.driver.day(-30))
    answer = desk.post(address(item), **{**plan, "purpose": f"{TYPED}\x00\ud7ff"}, key="k")
    assert answer.status_code in (302, 422)
    for found in ("/ho-so/?q=%00", "/ho-so/?tinh-trang=%00&trang=%00", "/viec-cua-toi/?nhom=%00&han=%00"):
        assert desk.get(found).status_code in (200, 400)
    for missing in ("ho-so", "viec-cua-toi", "yeu-cau", "kien-nghi", "van-ban", "tep"):
        assert desk.get(f"/{missing}/a%00b/").status_code in (400, 404)
    assert desk.post(address(item), key="\x00" * 70, **plan).status_code < 500
    assert desk.post(f"{address(item)}giao/", mandate="\x00").status_code < 500


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("sign_plan", {"decision": "burn", "reason": TYPED}),
        ("sign_plan", {"decision": "sign", "reason": TYPED, "password": "sai"}),
        ("sign_plan", {"decision": "sign", "reason": TYPED}),
        ("sign_plan", {"decision": "return", "reason": " "}),
    ],
)
def test_a_choice_that_was_not_offered_and_a_wrong_password(
    stage: Start, step: str, data: dict[str, str]
) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    with Desk(driver, CHAIR, -29) as desk:
        answer = desk.post(address(driver.item(step)), **data)
        assert answer.status_code == 422
        assert (TYPED in text_of(answer)) == (TYPED in data["reason"])
        assert 'value="sai"' not in text_of(answer), "a password is never sent back"
        assert Document.objects.get().state == Document.State.PREPARED


def test_someone_elses_choice_in_a_list_is_refused(stage: Start) -> None:
    driver = stage("planned")
    with Desk(driver, OFFICER, -27) as desk:
        stranger = actor(drafter(FIRST)).mandate.public_id
        answer = desk.post(
            address(driver.item("draft_decision")),
            head=stranger,
            secretary="khong-co",
            articles=TYPED,
            **{"members-total": "1", "members-0-mandate": stranger, "members-0-task": "Đọc báo cáo"},
        )
        assert answer.status_code == 422
        assert TYPED in text_of(answer) and "Đọc báo cáo" in text_of(answer)


@pytest.mark.parametrize("total", ["", "-1", "1000000", "ba", "2"])
def test_rows_are_counted_with_care(stage: Start, total: str) -> None:
    driver = stage("planned")
    with Desk(driver, OFFICER, -27) as desk:
        answer = desk.post(
            address(driver.item("draft_decision")),
            articles=TYPED,
            **{"members-total": total, "members-1-task": "Việc của người thứ hai"},
        )
        assert answer.status_code == 422 and TYPED in text_of(answer)
        if total == "2":
            assert "Việc của người thứ hai" in text_of(answer)


def test_a_double_click_is_one_act_and_one_receipt(reporting: tuple[Desk, WorkItem]) -> None:
    desk, item = reporting
    first = desk.post(address(item), summary=TYPED, key="once")
    second = desk.post(address(item), summary=TYPED, key="once")
    assert first.status_code == 302 and first["Location"].endswith("/bien-nhan/")
    assert second.status_code in (302, 409)
    assert item.inquiry.responses.count() == DoneAct.objects.filter(key="once").count() == 1


def test_the_second_of_two_people_reads_what_they_typed(reporting: tuple[Desk, WorkItem]) -> None:
    desk, item = reporting
    other = Client(raise_request_exception=False)
    other.force_login(actor(f"{FIRST}.lanh_dao").user, backend="django.contrib.auth.backends.ModelBackend")
    assert desk.post(address(item), summary="Bản một", key="a").status_code == 302
    late = other.post(address(item), {"summary": TYPED, "key": "b"})
    assert late.status_code == 409
    assert TYPED in text_of(late) and "Đầu mối mẫu 1" in text_of(late)


def test_a_case_put_off_meanwhile_keeps_the_text_as_a_working_copy(
    planning: tuple[Desk, WorkItem],
) -> None:
    desk, item = planning
    steering.postpone_case(actor=actor(CHAIR), case=desk.driver.case, reason="Bão", at=desk.driver.at(-30))
    plan = entries(desk.driver, "draft_plan", desk.driver.day(-30), purpose=TYPED)
    answer = desk.post(address(item), **plan, key="k")
    assert answer.status_code == 409
    assert TYPED in text_of(answer) and "đang hoãn" in text_of(answer)
    assert WorkingCopy.objects.get().data["purpose"] == TYPED


def test_a_case_cancelled_meanwhile_says_so_and_shows_the_text(planning: tuple[Desk, WorkItem]) -> None:
    desk, item = planning
    steering.cancel_case(actor=actor(CHAIR), case=desk.driver.case, reason="Trùng", at=desk.driver.at(-30))
    answer = desk.post(address(item), purpose=TYPED, key="k")
    assert answer.status_code == 409 and TYPED in text_of(answer) and "hủy" in text_of(answer)


def test_a_mandate_that_lapsed_while_the_form_was_open(reporting: tuple[Desk, WorkItem]) -> None:
    desk, item = reporting
    Mandate.objects.filter(pk=desk.who.mandate.pk).update(until_on=desk.driver.day(-16))
    answer = desk.post(address(item), summary=TYPED, key="k")
    assert answer.status_code == 403
    assert TYPED in text_of(answer) and "không còn hiệu lực" in text_of(answer)
    page = desk.client.get(address(item), follow=True)
    assert page.status_code == 200 and "không giữ nhiệm vụ nào" in text_of(page)
    assert item.inquiry.responses.count() == 0


def test_nobody_is_moved_to_another_capacity_without_saying_so(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    with Desk(driver, DEPUTY, -29) as desk:
        item = driver.item("sign_plan")
        Mandate.objects.filter(pk=desk.who.mandate.pk).update(until_on=driver.day(-30))
        answer = desk.post(address(item), decision="return", reason=TYPED)
        assert answer.status_code == 403 and TYPED in text_of(answer)
        assert desk.get(address(item))["Location"].startswith("/tu-cach/")
        assert WorkItem.objects.get(pk=item.pk).finished_at is None


def test_a_deactivated_person_is_out_at_once(reporting: tuple[Desk, WorkItem]) -> None:
    desk, item = reporting
    User.objects.filter(pk=desk.who.user.pk).update(is_active=False)
    answer = desk.post(address(item), summary=TYPED, key="k")
    assert answer.status_code == 403 and TYPED in text_of(answer)
    assert desk.get("/viec-cua-toi/")["Location"].startswith("/dang-nhap/")
    assert item.inquiry.responses.count() == 0


def test_a_lost_session_loses_neither_the_saved_copy_nor_the_text(
    reporting: tuple[Desk, WorkItem],
) -> None:
    desk, item = reporting
    saved = desk.post(address(item), summary=TYPED, files=[SimpleUploadedFile("a.pdf", pdf())], luu="1")
    assert saved.status_code == 302
    desk.client.logout()
    answer = desk.post(address(item), summary="Viết tiếp sau khi hết phiên", key="k")
    assert answer.status_code == 403 and "Viết tiếp sau khi hết phiên" in text_of(answer)
    desk.sign_in()
    page = text_of(desk.get(address(item)))
    assert TYPED in page and "a.pdf" in page


def test_while_the_worker_is_away_the_paper_says_so_and_can_be_asked_for_again(stage: Start) -> None:
    driver = stage("opened")
    go(driver, -30, "draft_plan")
    with Desk(driver, CHAIR, -29) as desk:
        item = driver.item("sign_plan")
        done = desk.post(address(item), decision="sign", password=demo_password(), key="k")
        assert done.status_code == 302
        paper = Document.objects.get()
        place = f"/van-ban/{paper.public_id}/"
        assert paper.state == Document.State.SIGNING and paper.number == 1
        assert "đang được ký" in text_of(desk.get(done["Location"]))
        shown = text_of(desk.get(place))
        assert "đang ký" in shown.lower() and f'href="/ho-so/{driver.case.public_id}/"' in shown
        assert desk.post(f"{place}ky-lai/").status_code == 409, "it is not stuck yet"
        lose_the_key(paper)
        sign_now(paper.pk, at=driver.at(-29))
        paper.refresh_from_db()
        assert paper.state == Document.State.STUCK and paper.trouble in text_of(desk.get(place))
        find_the_key(paper)
        assert desk.post(f"{place}ky-lai/").status_code == 302
        sign_now(paper.pk, at=driver.at(-29))
        paper.refresh_from_db()
        assert (paper.state, paper.number) == (Document.State.SIGNED, 1)
        assert WorkItem.objects.filter(step="draft_decision", finished_at=None).exists()


def demo_password() -> str:
    from django.conf import settings

    return settings.DEMO_PASSWORD


def _key(paper: Document) -> Any:
    from pathlib import Path

    from django.conf import settings

    return next(Path(settings.KEY_ROOT).rglob(f"*{paper.signer.public_id}*.p12*"))


def lose_the_key(paper: Document) -> None:
    key = _key(paper)
    key.rename(key.with_name(f"{key.name}.away"))


def find_the_key(paper: Document) -> None:
    key = _key(paper)
    key.rename(key.with_name(key.name.removesuffix(".away")))


def test_the_acts_beside_the_flow_keep_what_was_typed(stage: Start) -> None:
    driver = stage("asked")
    inquiry = driver.inquiry(FIRST)
    with Desk(driver, CHAIR, -15) as desk:
        place = f"/yeu-cau/{inquiry.public_id}/gia-han/"
        answer = desk.post(place, to_on=driver.day(-1).isoformat(), reason=TYPED)
        assert answer.status_code == 422 and TYPED in text_of(answer)
        answer = desk.post(place, to_on="31/02/2026", reason=TYPED)
        assert answer.status_code == 422 and TYPED in text_of(answer)
        moved = f"/ho-so/{driver.case.public_id}/hen-lai/"
        answer = desk.post(moved, reason=TYPED, **{f"day_{inquiry.pk}": "2020-01-01"})
        assert answer.status_code == 422 and TYPED in text_of(answer)
        empty = desk.post(f"/ho-so/{driver.case.public_id}/huy/", reason=" ")
        assert empty.status_code == 422


def test_opening_twice_with_one_form_opens_one_case(stage: Start) -> None:
    driver = stage("opened")
    with Desk(driver, OFFICER, -29) as desk:
        opening = "/ho-so/mo/?hinh-thuc=doan-giam-sat"
        bad = desk.post(opening, title=TYPED, field="khong-co", key="o")
        assert bad.status_code == 422 and TYPED in text_of(bad)
        facts = {"title": "Giám sát mới", "field": "land", "grounds": TYPED, "key": "o"}
        first, second = (
            desk.post("/ho-so/mo/?hinh-thuc=doan-giam-sat", **facts),
            desk.post("/ho-so/mo/?hinh-thuc=doan-giam-sat", **facts),
        )
        assert first.status_code == second.status_code == 302
        assert first["Location"] == second["Location"]


def test_work_taken_by_another_cannot_be_done(stage: Start) -> None:
    driver = stage("opened")
    item = driver.item("draft_plan")
    work_items.take(item, actor=actor("mttq-24.can_bo_2"), at=driver.at(-31))
    with Desk(driver, OFFICER, -30) as desk:
        answer = desk.post(address(item), purpose=TYPED)
        assert answer.status_code < 500 and TYPED in text_of(answer)
        assert desk.post(f"{address(item)}nhan/").status_code in (403, 409)
        assert desk.post(f"{address(item)}tra/", reason="X").status_code == 403


def test_dates_rows_and_rules_are_all_judged_at_the_first_look(stage: Start) -> None:
    """What cannot be read, what is missing and what the law forbids come back together (F5)."""
    driver = stage("decided")
    agency = Organization.objects.get(code=FIRST).public_id
    with Desk(driver, OFFICER, -22) as desk:
        answer = desk.post(
            address(driver.item("draft_notice")),
            body="",
            outline=TYPED,
            asked_on="31/02/2026",
            **{
                "agencies-total": "4",  # the first row is left empty
                "agencies-1-agency": agency,
                "agencies-1-session_on": f"{driver.day(-20):%d/%m/%Y}",
                "agencies-2-agency": agency,
                "agencies-2-session_on_ngay": "mai",
                "agencies-3-session_time": "25:00",
            },
        )
    page = text_of(answer)
    summary = page[page.index('id="loi"') : page.index("</ul>", page.index('id="loi"'))]
    said = [unescape(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r"<a.*?</a>", summary)]
    assert answer.status_code == 422 and TYPED in page
    assert said == [
        f"Cơ quan 2: Ngày làm việc: {TOO_SOON} {driver.day(-7):%d/%m/%Y} trở đi.",
        "Cơ quan 3: Cơ quan: Đã ghi ở dòng 1; mỗi cơ quan chỉ ghi một dòng.",
        "Cơ quan 3: Ngày làm việc: Điền đủ ngày, tháng và năm",
        "Cơ quan 4: Chọn: Cơ quan",
        "Cơ quan 4: Điền: Ngày làm việc",
        "Cơ quan 4: Giờ làm việc: Giờ phải có thật, viết như 08:00.",
        "Đề nghị gửi báo cáo trước ngày: Ngày 31/02/2026 không có trong lịch",
        "Điền: Nội dung thông báo",
    ]


def test_a_line_longer_than_its_column_is_refused_at_its_field(reporting: tuple[Desk, WorkItem]) -> None:
    """SQLite would take it; PostgreSQL answers with an error of its own."""
    desk, item = reporting
    answer = desk.post(address(item), summary=TYPED, number_text="M" * 81)
    assert answer.status_code == 422 and "Dài quá 80 ký tự." in text_of(answer)
    assert TYPED in text_of(answer) and "M" * 81 in text_of(answer)
