"""The whole path of a supervision delegation (S2), told once: from the plan to the closed case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from supervision.cases.models import Case, Inquiry, Recommendation
from supervision.publication.models import Publication
from supervision.web.demo import world
from tests.e2e.walk import VIETNAM, Walk, mandate, organization
from tests.files import samples

YEAR = 2026
TITLE = "Giám sát việc giải quyết thủ tục cấp Giấy chứng nhận quyền sử dụng đất lần đầu"
COMMUNE, WARD = "UBND xã Mẫu Thượng", "UBND phường Mẫu Trung"
PLAN = {
    "purpose": "Nắm tình hình tiếp nhận, giải quyết hồ sơ cấp Giấy chứng nhận lần đầu.",
    "requirements": "Khách quan, công khai, không ảnh hưởng đến việc tiếp dân.",
    "objects": "Ủy ban nhân dân xã Mẫu Thượng; Ủy ban nhân dân phường Mẫu Trung.",
    "content": "1. Việc công khai thành phần hồ sơ.\n2. Việc trả kết quả và xin lỗi khi trễ hẹn.",
    "scope": "Hồ sơ nộp từ ngày 01/7/2025.",
    "composition": "Trưởng đoàn là Phó Chủ tịch Thường trực; thành viên của Hội Liên hiệp Phụ nữ.",
    "time_place": "Tại trụ sở từng cơ quan, mỗi nơi một buổi.",
    "assignment": "Mỗi thành viên phụ trách một nhóm nội dung.",
    "conditions": "Kinh phí giám sát năm 2026 của cơ quan.",
}
REPORT = {
    "number_text": "M71/BC-UBND",
    "summary": "Tiếp nhận 388 hồ sơ, đúng hạn 305, trễ hạn 52, đang trong hạn 31.",
    "difficulties": "Công chức kiêm nhiệm nhiều việc.",
}
MINUTES = {
    "started_time": "08:00",
    "ended_time": "10 giờ 30",
    "place": "Phòng họp của cơ quan",
    "delegation_attendance": "Trưởng đoàn\nCác thành viên",
    "attendance": "Lãnh đạo cơ quan\nCông chức phụ trách",
    "opening": "Trưởng đoàn công bố kế hoạch, quyết định và nêu chương trình làm việc.",
    "questions": "Bảng niêm yết đã có mức phí mới chưa?",
    "explanations": "Sẽ cập nhật trong tháng.",
    "conclusion": "Đề nghị cập nhật niêm yết ngay trong tháng.",
}


def day(month: int, number: int) -> dt.date:
    return dt.date(YEAR, month, number)


@dataclass
class Told:
    """What the path leaves behind for whoever looks at its end."""

    case: Case | None = None
    publication: Publication | None = None
    seen: list[str] = field(default_factory=list)


def prepare(walk: Walk) -> None:
    """The sample people and keys, in the morning of the first day."""
    walk.clock.set(day(3, 2))
    world.build(at=dt.datetime(YEAR, 3, 2, 8, tzinfo=VIETNAM))


def evidence(folder: Path, name: str, pages: int = 2) -> Path:
    """A small PDF with a Vietnamese name."""
    file = folder / name
    file.write_bytes(samples.pdf(pages))
    return file


def whole_path(walk: Walk, folder: Path) -> Told:
    """Walk the path from the first to the last step."""
    prepare(walk)
    told = Told()
    plan(walk, told)
    decision(walk, told)
    notice(walk, told)
    reports(walk, told, folder)
    sessions(walk, told, folder)
    result(walk, told)
    recommend(walk, told)
    publish(walk, told, folder)
    answer(walk, told)
    carry_out(walk, told, folder)
    return told


def plan(walk: Walk, told: Told) -> None:
    if walk.store:
        walk.see("/dang-nhap/", "/thu-mau/", "/huong-dan/")
    _wrong_sign_in(walk)
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
    _empty_opening(walk)
    walk.hands.put_all(
        {"title": TITLE, "field": "land", "grounds": "47 phản ánh của người dân về thời gian giải quyết."}
    )
    walk.hands.press(walk.page.get_by_role("button", name="Mở hồ sơ này"))
    told.case = Case.objects.get()
    case_address = f"/ho-so/{told.case.public_id}/"
    assert walk.at == case_address
    walk.keep()

    walk.hands.press(walk.page.get_by_role("link", name="Mở việc"))
    step = _step("draft_plan")
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
    late = _second_window(walk)
    walk.hands.put_all(PLAN)
    walk.send(step)
    _too_late(walk, late)

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
            walk.hands.go("/viec-cua-toi/")
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
    _act(walk, f"/yeu-cau/{inquiries[WARD].public_id}/", "Xin gia hạn", "Gửi đề nghị gia hạn",
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
    walk.hands.go("/viec-cua-toi/")
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


def result(walk: Walk, told: Told) -> None:
    walk.clock.set(day(4, 2))
    walk.sign_in("canbo1")
    step = walk.open_work("draft_result")
    walk.mistake(step, {}, "Thêm ít nhất một dòng", "Điền: Nguyên nhân")
    walk.hands.put_all(
        {
            "strengths": "Các cơ quan duy trì việc tiếp nhận thông suốt.",
            "findings": [
                {
                    "about": organization("ubnd-24-24m01").public_id,
                    "kind": "shortcoming",
                    "title": "Niêm yết thủ tục chưa kịp thời",
                    "text": "Bảng niêm yết cập nhật từ quý trước.",
                    "evidence": "Ghi chép khảo sát.",
                },
                {
                    "about": organization("ubnd-24-24m05").public_id,
                    "kind": "good_practice",
                    "title": "Tổ lưu động nhận hồ sơ",
                    "text": "Chiều thứ Năm hằng tuần.",
                    "evidence": "Biên bản làm việc.",
                },
            ],
            "causes": "Thiếu danh mục hướng dẫn dùng chung.",
            "proposals": "Ban hành hai kiến nghị.",
        }
    )
    walk.send(step)
    walk.clock.set(day(4, 3))
    walk.sign_in("truongdoan")
    walk.sign("sign_result")
    walk.clock.set(day(4, 6))
    walk.sign_in("chutich1")
    step = walk.open_work("examine")
    walk.mistake(step, {"conference": "yes"}, "Điền: Ngày hội nghị", "Điền: Ý kiến xem xét")
    walk.hands.put_all({"conference": "yes", "held_on": day(4, 6), "notes": "Thống nhất hai kiến nghị."})
    walk.send(step)


def recommend(walk: Walk, told: Told) -> None:
    walk.clock.set(day(4, 8))
    walk.sign_in("canbo1")
    step = walk.open_work("draft_recommendations")
    walk.mistake(step, {}, "Điền: Kết luận")
    walk.hands.put_all(
        {
            "conclusion": "Thủ tục cơ bản thông suốt, song người dân còn phải đi lại nhiều lần.",
            "recommendations": [
                {
                    "addressee": organization("ubnd-24-24m01").public_id,
                    "title": "Cập nhật bảng niêm yết",
                    "text": "Cập nhật bảng niêm yết thủ tục, đặt ở nơi dễ thấy.",
                    "action_due_on": day(5, 29),
                },
                {
                    "addressee": organization("ubnd-24-24m05").public_id,
                    "title": "Bố trí thêm một công chức",
                    "text": "Bố trí thêm một công chức tại Bộ phận Một cửa.",
                },
            ],
        }
    )
    walk.send(step)
    walk.clock.set(day(4, 9))
    walk.sign_in("chutich1")
    walk.sign("sign_recommendations")


def publish(walk: Walk, told: Told, folder: Path) -> None:
    walk.clock.set(day(4, 10))
    walk.sign_in("vanthu1")
    step = walk.open_work("publish")
    walk.mistake(step, {}, "Điền: Tóm tắt cho người đọc")
    lead = "Người dân còn phải đi lại nhiều lần; hai kiến nghị đã được gửi."
    walk.hands.put_all({"lead": lead, "checked": True})
    walk.send(step)
    told.publication = Publication.objects.get()
    walk.page.context.clear_cookies()
    walk.hands.go("/")
    walk.hands.press(walk.page.locator("main").get_by_role("link", name=TITLE))
    assert TITLE in walk.page.inner_text("h1")
    assert "Cập nhật bảng niêm yết thủ tục, đặt ở nơi dễ thấy." in walk.page.inner_text("main")
    assert lead in walk.page.inner_text("main")
    if walk.store:
        walk.see("/", "/ket-luan/", "/kien-nghi/", told.publication.address, "/xac-minh/")
    _check_the_file(walk, told.publication, folder)
    walk.hands.go(told.publication.address)
    code = walk.page.locator(f"a[href='/v/{told.publication.code}/']")
    walk.hands.press(code)
    assert told.publication.number_text in walk.page.inner_text("h1")
    walk.keep()


def _check_the_file(walk: Walk, publication: Publication, folder: Path) -> None:
    """Whoever has the file from the page learns that it is the original; one changed byte is noticed."""
    walk.hands.go(publication.address)
    link = walk.page.get_by_role("link", name="Tải bản PDF có ký số").first
    signed = walk.page.context.request.get(link.get_attribute("href")).body()
    assert signed.startswith(b"%PDF-")
    middle = len(signed) // 2
    changed = signed[:middle] + bytes([signed[middle] ^ 1]) + signed[middle + 1 :]
    for name, content, said in (
        ("Ban goc.pdf", signed, ("Đúng bản gốc, chữ ký hợp lệ", "The original, with a valid signature")),
        ("Ban sua.pdf", changed, ("Tệp đã bị sửa sau khi ký", "The file was changed after signing")),
    ):
        file = folder / name
        file.write_bytes(content)
        for hands, language in walk.both():
            hands.go("/xac-minh/" if language == "vi" else "/en/xac-minh/")
            hands.put("tep", file)
            hands.press(hands.page.locator("form[method=post] button"))
            assert hands.page.inner_text("h1") == said[language == "en"]
            walk.keep_as(hands, language, f"verdict on {name}")


def answer(walk: Walk, told: Told) -> None:
    for number in ("6", "7"):
        walk.clock.set(day(4, 13))
        walk.sign_in(f"daumoi{number}")
        walk.do("receive_recommendation", unit="Phòng Kinh tế")
        walk.clock.set(day(4, 15))
        walk.sign_in(f"daumoi{number}")
        step = walk.open_work("draft_reply")
        if number == "6":
            walk.mistake(
                step, {"verdict": "accepted"}, "Điền: Nội dung trả lời", "Điền: Hoàn thành trước ngày"
            )
            reply: dict[str, Any] = {
                "verdict": "accepted",
                "text": "Xã thay bảng niêm yết trước ngày 29/5/2026.",
                "owner": "Công chức Bộ phận Một cửa",
                "due_on": day(5, 29),
            }
        else:
            walk.mistake(step, {"verdict": "not_accepted"}, "Điền: Giải trình phần không tiếp thu")
            reply = {
                "verdict": "not_accepted",
                "text": "Phường chưa bố trí thêm được người.",
                "reason": "Biên chế được giao đã sử dụng hết; phường đã bố trí người kiêm nhiệm.",
            }
        walk.hands.put_all(reply)
        walk.send(step)
        walk.clock.set(day(4, 16))
        walk.sign_in(f"lanhdao{number}")
        walk.do("approve_reply", decision="send")
    walk.clock.set(day(4, 20))
    walk.sign_in("canbo1")
    if walk.store:
        walk.see(*(f"/kien-nghi/{row.public_id}/" for row in Recommendation.objects.all()))
        walk.hands.go("/viec-cua-toi/")
    step = walk.open_work("assess_reply", COMMUNE)
    walk.mistake(step, {"verdict": "rejected"}, "Điền: Lý do")
    walk.hands.put_all({"verdict": "satisfied", "text": "Rõ việc, rõ người, rõ thời hạn."})
    walk.send(step)
    walk.hands.go("/viec-cua-toi/")
    walk.do("assess_reply", WARD, verdict="explanation_satisfied", text="Giải trình có cơ sở.")


def carry_out(walk: Walk, told: Told, folder: Path) -> None:
    assert told.case and told.publication
    walk.clock.set(day(5, 20))
    walk.sign_in("daumoi6")
    step = walk.open_work("report_carrying_out")
    walk.mistake(step, {}, "Chọn: Đã thực hiện đến đâu?")
    proof = evidence(folder, "Ảnh bảng niêm yết mới.pdf", 1)
    walk.hands.put_all({"extent": "full", "text": "Đã thay bảng niêm yết, đặt trước cửa.", "files": proof})
    walk.send(step)
    walk.clock.set(day(5, 25))
    walk.sign_in("canbo1")
    step = walk.open_work("verify")
    walk.mistake(step, {}, "Chọn: Kết quả xác minh")
    walk.hands.put_all({"outcome": "verified", "text": "Đã đến xem tại chỗ, bảng mới đủ mức phí."})
    walk.send(step)
    walk.clock.set(day(5, 26))
    walk.sign_in("chutich1")
    step = walk.open_work("close_recommendation", COMMUNE)
    walk.mistake(step, {}, "Điền: Lý do kết thúc")
    walk.hands.put_all({"reason": "Đã xác minh tại chỗ."})
    walk.send(step)
    walk.hands.go("/viec-cua-toi/")
    walk.do("close_recommendation", WARD, reason="Giải trình có cơ sở.")
    step = walk.open_work("close_case")
    walk.mistake(step, {}, "Điền: Tóm tắt kết quả cuối cùng")
    walk.hands.put_all({"summary": "Một kiến nghị đã thực hiện, một kiến nghị được giải trình."})
    walk.send(step)
    told.case.refresh_from_db()
    assert told.case.ended_at
    walk.see(f"/ho-so/{told.case.public_id}/")
    walk.page.context.clear_cookies()
    walk.hands.go(told.publication.address)
    followed = walk.page.inner_text("main")
    assert "Đã xác minh việc thực hiện" in followed and "Giải trình có cơ sở" in followed
    walk.keep()


# -- detours -----------------------------------------------------------------------------


def _step(name: str) -> Any:
    from supervision.law.forms.s2 import SPEC

    return SPEC.step(name)


def _wrong_sign_in(walk: Walk) -> None:
    if walk.store is None:
        return
    for hands, language in walk.both():
        hands.go("/dang-nhap/" if language == "vi" else "/en/dang-nhap/")
        hands.put_all({"login": "canbo1", "password": "sai"})
        hands.press(hands.page.locator("main form button").first)
        walk.keep_as(hands, language, "wrong sign-in")
        assert hands.page.title().startswith(("Lỗi: ", "Error: "))


def _empty_opening(walk: Walk) -> None:
    if walk.store is None:
        return
    for hands, language in walk.both():
        hands.put_all({"title": "Giám sát"})
        hands.press(hands.page.locator("form.gs-form button"))
        assert hands.page.title().startswith(("Lỗi: ", "Error: "))
        assert hands.page.locator("#id_title").input_value() == "Giám sát"
        walk.keep_as(hands, language, "opening with mistakes")


def _second_window(walk: Walk) -> Any:
    """The same work open in another window of the same person."""
    if walk.store is None:
        return None
    window = walk.page.context.new_page()
    window.goto(walk.page.url)
    return window


def _too_late(walk: Walk, window: Any) -> None:
    """What was sent from one window is refused from the other, in words and without harm."""
    if window is None:
        return
    with window.expect_response(lambda response: response.request.method == "POST") as sent:
        window.get_by_role("button", name="Trình ký kế hoạch").click()
    assert sent.value.status == 409
    assert "Việc này đã thay đổi" in window.inner_text("h1")
    own, walk.hands.page = walk.hands.page, window
    walk.keep("409: a step already done", twin=False)
    walk.hands.page = own
    window.close()


def _act(walk: Walk, page: str, link: str, button: str, values: dict[str, Any], said: str) -> None:
    """Do an act outside a task from the page of its subject."""
    walk.hands.go(page)
    walk.keep()
    walk.hands.press(walk.page.get_by_role("link", name=link, exact=True))
    walk.keep()
    if walk.store is not None:
        for hands, language in walk.both():
            hands.press(hands.page.locator("form.gs-form button"))
            walk.keep_as(hands, language, f"{link} with mistakes")
        assert said in walk.page.inner_text("#loi")
    walk.hands.put_all(values)
    walk.hands.press(walk.page.get_by_role("button", name=button, exact=True))
    assert not walk.page.title().startswith("Lỗi"), walk.page.inner_text("main")
    walk.keep()
