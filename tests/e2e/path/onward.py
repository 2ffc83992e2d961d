"""The second half of the path: result, recommendations, publication, answers, the work done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from supervision.cases.models import Recommendation
from supervision.publication.models import Publication
from tests.e2e.path.words import (
    COMMUNE,
    TITLE,
    WARD,
    Told,
    day,
    evidence,
)
from tests.e2e.walk import Walk, organization


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
    step = walk.open_work("assess_reply", COMMUNE)
    walk.mistake(step, {"verdict": "rejected"}, "Điền: Lý do")
    walk.hands.put_all({"verdict": "satisfied", "text": "Rõ việc, rõ người, rõ thời hạn."})
    walk.send(step)
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
