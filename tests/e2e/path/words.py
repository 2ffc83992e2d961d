"""What is typed on the path, on which days, and what it leaves behind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from supervision.casefiles.models import Case
from supervision.demo import world
from supervision.publication.models import Publication
from tests.e2e.walk import VIETNAM, Walk
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
