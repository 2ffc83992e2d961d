"""The first half of the path: plan, decision, notice, reports, sessions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings

from supervision.casefiles.models import Case
from supervision.cases.models import Inquiry
from tests.e2e.path.detours import act_outside, empty_opening, second_window, step_of, too_late, wrong_sign_in
from tests.e2e.path.words import (
    COMMUNE,
    MINUTES,
    PLAN,
    REPORT,
    TITLE,
    WARD,
    Told,
    day,
    evidence,
)
from tests.e2e.walk import Walk, mandate, organization


def plan(walk: Walk, told: Told) -> None:
    if walk.store:
        walk.see("/dang-nhap/", "/thu-mau/", "/huong-dan/")
    wrong_sign_in(walk)
    walk.sign_in("canbo1")
    walk.keep()
    walk.hands.press(
        walk.page.get_by_label("Danh mục làm việc").get_by_role("link", name="Hồ sơ", exact=True)
    )
    walk.keep()
    walk.hands.press(walk.page.get_by_role("link", name="Mở hồ sơ", exact=True))
    walk.keep()
    walk.hands.press(walk.page.get_by_role("link", name="Đoàn giám sát", exact=True))
    walk.keep()
    empty_opening(walk)
    walk.hands.put_all(
        {"title": TITLE, "field": "land", "grounds": "47 phản ánh của người dân về thời gian giải quyết."}
    )
    walk.hands.press(walk.page.get_by_role("button", name="Mở hồ sơ này"))
    told.case = Case.objects.get()
    case_address = f"/ho-so/{told.case.public_id}/"
    assert walk.at == case_address
    walk.keep()

    walk.hands.press(walk.page.get_by_role("link", name="Mở việc"))
    step = step_of("draft_plan")
    walk.keep()
    walk.mistake(step, {"purpose": ""}, "Điền: Mục đích", "Điền: Điều kiện bảo đảm")
    # A working copy outlives the session.
    walk.hands.put_all({"purpose": PLAN["purpose"]})
    walk.hands.press(walk.page.get_by_role("button", name="Lưu nháp"))
    assert "Đã lưu nháp" in walk.page.inner_text("main")
    walk.keep()
    walk.sign_in("canbo1")
    step = walk.open_work("draft_plan")
    assert walk.page.locator("#id_purpose").input_value() == PLAN["purpose"]
    late = second_window(walk)
    walk.hands.put_all(PLAN)
    walk.send(step)
    too_late(walk, late)

    walk.sign_in("phochutich2", capacity="Phó Chủ tịch")
    step = walk.open_work("sign_plan")
    walk.mistake(step, {"decision": "sign", "password": ""}, "Điền mật khẩu của bạn để xác nhận ký")
    walk.mistake(step, {"decision": "sign", "password": "sai-mat-khau"}, "Mật khẩu không đúng")
    if walk.store:
        walk.mistake(step, {"decision": "return", "reason": ""}, "Điền: Lý do trả lại")
    walk.hands.put_all({"decision": "sign", "password": settings.DEMO_PASSWORD})
    walk.send(step)
    walk.hands.press(walk.page.get_by_role("link", name="Xem tình trạng ký"))
    assert "Đang ký" in walk.page.inner_text("main")
    walk.keep("plan being signed")
    walk.site.run_tasks()
    walk.hands.press(walk.page.get_by_role("link", name="Tải lại trang này"))
    assert "Đã ký" in walk.page.inner_text("main")
    walk.keep()


def decision(walk: Walk, told: Told) -> None:
    walk.clock.set(day(3, 3))
    assert told.case
    walk.sign_in("phunu")
    walk.refused(f"/ho-so/{told.case.public_id}/", 404)  # not yet a member
    walk.sign_in("canbo1")
    step = walk.open_work("draft_decision")
    walk.mistake(step, {}, "Chọn: Trưởng đoàn", "Thêm ít nhất một dòng")
    walk.hands.put_all(
        {
            "head": mandate("truongdoan", "mttq-24").public_id,
            "secretary": mandate("canbo1", "mttq-24").public_id,
            "members": [
                {"mandate": mandate("phunu", "phn-24").public_id, "task": "Hướng dẫn người dân tại quầy"},
                {"mandate": mandate("luatgia", "mttq-24").public_id, "task": "Thành phần hồ sơ, phiếu hẹn"},
            ],
            "articles": "Điều 1. Thành lập Đoàn giám sát.\nĐiều 2. Nhiệm vụ của Đoàn.\nĐiều 3. Thi hành.",
        }
    )
    walk.send(step)
    walk.sign_in("chutich1")
    walk.sign("sign_decision")
    walk.sign_in("phunu")
    walk.see(f"/ho-so/{told.case.public_id}/")  # now a member from another organization


def notice(walk: Walk, told: Told) -> None:
    walk.clock.set(day(3, 4))
    walk.sign_in("canbo1")
    step = walk.open_work("draft_notice")
    walk.mistake(step, {}, "Thêm ít nhất một dòng", "Điền: Đề cương báo cáo")
    if walk.store:
        for hands, _language in walk.both():
            for n, part in enumerate(("31", "02", "2026")):
                hands.fill(hands.page.locator(f"#id_asked_on_{n}"), part)
        walk.mistake(step, {"body": "Đề nghị chuẩn bị báo cáo."}, "31/02/2026 không có trong lịch")
        assert walk.page.locator("#id_asked_on_0").input_value() == "31"
        too_soon = {"agency": organization("ubnd-24-24m01").public_id, "session_on": day(3, 9)}
        walk.mistake(
            step,
            {"agencies": [too_soon], "outline": "I. Tình hình", "asked_on": day(3, 3)},
            "ít nhất 15 ngày",
        )
    walk.hands.put_all(
        {
            "agencies": [
                {"agency": organization("ubnd-24-24m01").public_id, "session_on": day(3, 24)},
                {
                    "agency": organization("ubnd-24-24m05").public_id,
                    "session_on": day(3, 26),
                    "session_time": "08:00",
                    "place": "Trụ sở Ủy ban nhân dân phường",
                },
            ],
            "asked_on": day(3, 13),
            "body": "Đoàn giám sát đề nghị quý cơ quan chuẩn bị báo cáo theo đề cương gửi kèm.",
            "outline": "I. Đặc điểm tình hình\nII. Kết quả tiếp nhận, giải quyết\nIII. Khó khăn, kiến nghị",
        }
    )
    walk.keep("notice with a second agency added")
    walk.send(step)
    walk.clock.set(day(3, 5))
    walk.sign_in("truongdoan")
    walk.sign("sign_notice")


def reports(walk: Walk, told: Told, folder: Path) -> None:
    assert told.case
    inquiries = {row.agency.short_name: row for row in Inquiry.objects.select_related("agency")}
    walk.clock.set(day(3, 6))
    for number, name in (("6", COMMUNE), ("7", WARD)):
        walk.sign_in(f"daumoi{number}")
        own = f"/yeu-cau/{inquiries[name].public_id}/"
        if walk.store:
            walk.see(own)
            other = inquiries[WARD if name == COMMUNE else COMMUNE]
            walk.refused(f"/yeu-cau/{other.public_id}/", 404)
            walk.refused("/ho-so/mo/", 403)
        walk.do("receive_inquiry", contact="Công chức Phòng Kinh tế, 0204 000 000")

    walk.clock.set(day(3, 10))
    walk.sign_in("daumoi6")
    step = walk.open_work("draft_response")
    walk.mistake(step, {}, "Điền: Kết quả, số liệu theo đề cương")
    if walk.store:
        bad = folder / "Phụ lục.exe"
        bad.write_bytes(b"MZ")
        walk.mistake(
            step, {"files": bad, "difficulties": REPORT["difficulties"]}, "không thuộc loại được nhận"
        )
        assert walk.page.locator("#id_difficulties").input_value() == REPORT["difficulties"]
        kept = evidence(folder, "Báo cáo của xã Mẫu Thượng.pdf")
        walk.mistake(step, {"files": kept, "summary": ""}, "Điền: Kết quả, số liệu theo đề cương")
        assert "Báo cáo của xã Mẫu Thượng.pdf" in walk.page.inner_text(
            "main"
        )  # the file outlives the mistake
        walk.hands.put_all(REPORT)
    else:
        walk.hands.put_all({**REPORT, "files": evidence(folder, "Báo cáo của xã Mẫu Thượng.pdf")})
    walk.send(step)
    walk.sign_in("lanhdao6")
    step = walk.open_work("approve_response")
    walk.mistake(step, {"decision": "return", "reason": ""}, "Điền: Lý do trả lại")
    walk.hands.put_all({"decision": "send"})
    walk.send(step)

    # The other agency asks for time, gets it, and reports.
    walk.sign_in("daumoi7")
    act_outside(walk, f"/yeu-cau/{inquiries[WARD].public_id}/", "Xin gia hạn", "Gửi đề nghị gia hạn",
         {"to_on": day(3, 16), "reason": "Đang đối soát số liệu."}, "Điền: Hạn mới")  # fmt: skip
    walk.sign_in("truongdoan")
    step = walk.open_work("decide_extension")
    walk.mistake(step, {"decision": "grant", "reason": ""}, "Điền: Lý do")
    walk.hands.put_all({"decision": "grant", "to_on": day(3, 16), "reason": "Đoàn đồng ý."})
    walk.send(step)
    walk.clock.set(day(3, 12))
    walk.sign_in("daumoi7")
    walk.do("draft_response", **{**REPORT, "number_text": "M64/BC-UBND"})
    walk.sign_in("lanhdao7")
    walk.do("approve_response", decision="send")

    # One report is accepted; the other must be completed, every point in one message.
    walk.sign_in("canbo1")
    step = walk.open_work("review_response", COMMUNE)
    walk.mistake(step, {"decision": "supplement"}, "Điền: Mọi điểm cần bổ sung")
    walk.hands.put_all(
        {
            "decision": "supplement",
            "points": "Số lần yêu cầu bổ sung hồ sơ\nSố thư xin lỗi đã gửi",
            "supplement_due_on": day(3, 18),
        }
    )
    walk.send(step)
    walk.do("review_response", WARD, decision="accept")
    walk.clock.set(day(3, 16))
    walk.sign_in("daumoi6")
    walk.do("draft_response", summary="Đã bổ sung: 31 lần yêu cầu bổ sung; 20 thư xin lỗi.")
    walk.sign_in("lanhdao6")
    walk.do("approve_response", decision="send")
    walk.sign_in("canbo1")
    walk.do("review_response", COMMUNE, decision="accept")
    if walk.store:
        own = f"/ho-so/{told.case.public_id}/"
        walk.see(own, f"{own}?loai=tra-loi", f"/yeu-cau/{inquiries[COMMUNE].public_id}/")


def sessions(walk: Walk, told: Told, folder: Path) -> None:
    survey: dict[str, Any]
    for on, name in ((day(3, 24), COMMUNE), (day(3, 26), WARD)):
        walk.clock.set(on)
        walk.sign_in("canbo1")
        step = walk.open_work("draft_minutes", name)
        walk.mistake(step, {"held_on": on + dt.timedelta(days=1)}, "Điền: Người dự của cơ quan")
        if walk.store:
            values = {**MINUTES, "held_on": on + dt.timedelta(days=1), "ended_on": on + dt.timedelta(days=1)}
            walk.mistake(step, values, "chưa tới")
            walk.mistake(step, {"held_on": on, "ended_on": on, "ended_time": "25:00"}, "Giờ phải có thật")
        walk.hands.put_all({"held_on": on, "ended_on": on, **MINUTES})
        walk.send(step)
        walk.sign_in("truongdoan")
        walk.sign("sign_minutes", name)
        walk.sign_in("canbo1")
        step = walk.open_work("survey", name)
        walk.mistake(step, {"needed": "yes"}, "Điền: Ghi chép khảo sát")
        if name == COMMUNE:
            survey = {
                "needed": "yes",
                "held_on": on,
                "notes": "Hỏi 15 người dân đang chờ: 11 người hài lòng.",
            }
            survey["files"] = evidence(folder, "Ảnh bảng niêm yết.pdf", 1)
        else:
            survey = {"needed": "no"}
        walk.hands.put_all(survey)
        walk.send(step)
