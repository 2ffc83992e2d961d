"""Publications as the Front writes them; places and people are invented."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from supervision.law.text import T
from supervision.publication import remarks, services
from supervision.publication.models import FollowUp, Publication, SearchRow, Standing
from supervision.publication.progress import Progress, Row, Voice
from supervision.publication.services import Facts
from supervision.publication.text import Section
from supervision.publication.vocabulary import State

TODAY = dt.date(2026, 11, 19)
CODES = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def moment(day: dt.date, hour: int = 14, minute: int = 5) -> dt.datetime:
    return timezone.make_aware(dt.datetime(day.year, day.month, day.day, hour, minute))


AT = moment(TODAY)


def code_for(text: str) -> str:
    number = int(hashlib.sha256(text.encode()).hexdigest(), 16)
    return "".join(CODES[(number >> (5 * i)) % len(CODES)] for i in range(26))


def facts(**changes: Any) -> Facts:
    """The result notice of a land supervision in Bắc Ninh; `changes` replace single facts."""
    base: dict[str, Any] = {
        "kind": "conclusion_notice",
        "kind_name": T("Thông báo kết luận giám sát", "Notice of supervision conclusion"),
        "form": "doan-giam-sat",
        "form_name": T("Đoàn giám sát", "Supervision delegation"),
        "organization_code": "mttq-24",
        "organization_name": "Ủy ban MTTQ Việt Nam tỉnh Bắc Ninh",
        "issuer": "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Bắc Ninh",
        "level": "province",
        "province_code": "24",
        "province_name": "Tỉnh Bắc Ninh",
        "field": "land",
        "number_text": "07/TB-MTTQ-BTT",
        "title": "Giải quyết thủ tục cấp Giấy chứng nhận quyền sử dụng đất ở cấp xã, tỉnh Bắc Ninh năm 2026",
        "lead": "43 trên 214 hồ sơ được xem xét trả kết quả sau ngày hẹn. Bốn kiến nghị gửi bốn cơ quan.",
        "sections": SECTIONS,
        "signer_label": "Cán bộ mẫu 4, TM. Ban Thường trực, Phó Chủ tịch",
        "issued_on": dt.date(2026, 10, 12),
        "pdf_size": 412_000,
        "pdf_pages": 6,
        "basis": (
            T("Luật Mặt trận Tổ quốc Việt Nam, Điều 27", "Law on the Vietnam Fatherland Front, Article 27"),
            T("Nghị quyết liên tịch 403, Điều 9", "Joint Resolution 403, Article 9"),
        ),
        "case_code": "GS-24-2026-014",
    }
    base.update(changes)
    key = f"{base['organization_code']} {base['number_text']} {base['issued_on']}"
    base.setdefault("code", code_for(key))
    base.setdefault("pdf_sha256", hashlib.sha256(key.encode()).hexdigest())
    return Facts(**base)


SECTIONS = (
    Section(
        "",
        "Thực hiện Kế hoạch số 86/KH-MTTQ-BTT, Đoàn giám sát đã làm việc với bốn cơ quan, xem xét 214 hồ sơ "
        "và gặp 96 hộ dân. Nhiều hộ có khiếu nại đất đai chưa được trả lời.",
    ),
    Section(
        "1. Việc đã làm được",
        "171 trên 214 hồ sơ (79,9%) trả kết quả đúng ngày hẹn.\n\nBa xã, phường đã niêm yết thủ tục.",
    ),
    Section(
        "2. Hạn chế",
        "- 43 hồ sơ (20,1%) trả kết quả sau ngày hẹn\n- 31 hồ sơ bị trả lại từ hai lần trở lên",
    ),
    Section("3. Kiến nghị", "Ban Thường trực gửi bốn kiến nghị, ghi riêng ở phần dưới."),
)

ROWS = (
    Row(
        T("Bắt đầu", "Start"),
        T("cơ quan tiếp nhận ngày 14/10/2026", "received by the agency on 14 October 2026"),
        T("Ngày này không tính", "This day does not count"),
    ),
    Row(
        T("Quy tắc", "Rule"),
        T("30 ngày lịch", "30 calendar days"),
        T(
            "Do Ban Thường trực đặt ra, luật không quy định số ngày",
            "Set by the Standing Board, not regulated by law",
        ),
    ),
    Row(T("Hạn", "Due"), T("thứ Sáu, 13/11/2026", "Friday, 13 November 2026")),
)


def four_recommendations() -> list[Progress]:
    """One verified, one extended, one overdue, one answered and under assessment."""
    due = dt.date(2026, 11, 13)
    return [
        Progress(
            number=1,
            state=State.VERIFIED,
            addressee_code="ubnd-mau-thuong",
            addressee_name="UBND xã Mẫu Thượng",
            text="Thông báo một lần, bằng văn bản, toàn bộ giấy tờ còn thiếu khi trả lại hồ sơ.",
            reply_due_on=due,
            answered_on=dt.date(2026, 11, 10),
            agency=Voice(
                T("Tiếp thu", "Accepted"),
                "Từ ngày 01/11/2026 dùng một mẫu phiếu yêu cầu bổ sung duy nhất.",
                (T("Văn bản 88/UBND-VP, 10/11/2026", "Document 88/UBND-VP, 10 November 2026"),),
            ),
            front=Voice(
                T("Đã xác minh việc thực hiện", "Carrying out verified"),
                "Kiểm tra ngẫu nhiên 20 hồ sơ: cả 20 dùng mẫu phiếu mới.",
                (T("Xác minh 17/11/2026", "Verified 17 November 2026"),),
            ),
        ),
        Progress(
            number=2,
            state=State.WAITING,
            addressee_code="vpdk-mau",
            addressee_name="Chi nhánh Văn phòng đăng ký đất đai khu vực mẫu",
            text="Chuyển đủ dữ liệu địa chính dạng số cho các xã, phường sau sắp xếp đơn vị hành chính.",
            due_on=dt.date(2026, 11, 27),
            first_due_on=due,
            agency=Voice(T("Chưa trả lời", "No reply yet"), "Đã xin gia hạn để đối chiếu 1.940 thửa đất."),
            start_on=dt.date(2026, 10, 14),
            rows=ROWS,
        ),
        Progress(
            number=3,
            state=State.WAITING,
            addressee_code="ubnd-mau-trung",
            addressee_name="UBND phường Mẫu Trung",
            text="Công khai danh sách hồ sơ quá hẹn; gửi thư xin lỗi, hẹn lại ngày trả cho từng hộ.",
            due_on=due,
            start_on=dt.date(2026, 10, 14),
            rows=ROWS,
        ),
        Progress(
            number=4,
            state=State.ANSWERED,
            addressee_code="so-nnmt-24",
            addressee_name="Sở Nông nghiệp và Môi trường tỉnh Bắc Ninh",
            text="Hướng dẫn thống nhất cách tính ngày hẹn khi hồ sơ phải lấy ý kiến nhiều cơ quan.",
            due_on=dt.date(2026, 11, 25),
            reply_due_on=due,
            answered_on=dt.date(2026, 11, 12),
            agency=Voice(T("Tiếp thu một phần", "Partly accepted"), "Sẽ ban hành hướng dẫn trong năm 2026."),
            front=Voice(T("Chưa đánh giá", "Not assessed yet")),
        ),
    ]


def publication(progress: list[Progress] | None = None, **changes: Any) -> Publication:
    """Publish one; with the four recommendations unless `progress` says otherwise."""
    given = facts(**changes)
    return services.publish(
        facts=given,
        progress=four_recommendations() if progress is None else progress,
        at=moment(given.issued_on),
        by_label="Cán bộ mẫu 3, văn thư",
    )


VERDICTS = ("accepted", "partly", "not_accepted", "")


def remark(number: int, **changes: Any) -> remarks.Row:
    """A remark on Article `number` with what was said to it; every fourth is open."""
    verdict = changes.pop("verdict", VERDICTS[number % 4])
    data = {
        "provision": f"Điều {number}",
        "text": f"Ý kiến thứ {number}",
        "whose": "Hội Luật gia mẫu",
        "answer": f"Trả lời thứ {number}" if verdict else "",
        "wording": "",
        **changes,
    }
    return remarks.Row(f"YK-{number:02d}", f"{number:026d}", number, number, verdict, data)


def criticism(count: int, **changes: Any) -> Publication:
    """A published criticism with so many remarks, told against their order."""
    progress = Progress(
        number=1,
        state=State.ANSWERED,
        addressee_code="so-nnmt-24",
        addressee_name="Sở Nông nghiệp và Môi trường mẫu",
        text=f"Nghiên cứu, trả lời {count} ý kiến",
        is_criticism=True,
    )
    page = publication(progress=[progress], **changes)
    remarks.tell(page, [remark(number) for number in range(count, 0, -1)], at=AT)
    return page


PLACES = (
    ("24", "Tỉnh Bắc Ninh"),
    ("01", "Thành phố Hà Nội"),
    ("79", "Thành phố Hồ Chí Minh"),
    ("68", "Tỉnh Lâm Đồng"),
    ("48", "Thành phố Đà Nẵng"),
)
SUBJECTS = (
    ("Công khai khoản đóng góp tự nguyện ở khu dân cư", "budget"),
    ("Tiếp công dân, giải quyết khiếu nại đất đai", "land"),
    ("Cấp nước sạch nông thôn ở thôn Đào", "water"),
    ("Thu gom rác thải tại chợ dân sinh", "land"),
    ("Chi trả trợ cấp cho người có công", "labour"),
    ("Hòa giải ở cơ sở", "other"),
)


def many(count: int, *, start: int = 0) -> None:
    """Publish `count` small publications of all levels, fields, years and states."""
    for n in range(start, start + count):
        place_code, place = PLACES[n % len(PLACES)]
        subject, field = SUBJECTS[n % len(SUBJECTS)]
        level = ("centre", "province", "commune")[n % 3]
        year = 2024 + n % 3
        state = list(State)[n % len(State)]
        day = dt.date(year, 1 + n % 10, 1 + n % 27)
        progress = [
            Progress(
                number=1,
                state=state,
                addressee_code=f"ubnd-{n % 7}",
                addressee_name=f"UBND xã Mẫu {n % 7}",
                text="Khắc phục ngay.",
                due_on=TODAY + dt.timedelta(days=n % 11 - 5) if n % 4 else None,
            )
        ]
        publication(
            progress=progress if n % 5 else [],
            organization_code=f"mttq-{place_code}-{n % 4}-mau",
            organization_name=f"Ủy ban MTTQ {place} {n % 4}",
            level=level,
            province_code="" if level == "centre" else place_code,
            province_name="" if level == "centre" else place,
            field=field,
            form=("doan-giam-sat", "nghien-cuu-van-ban")[n % 2],
            number_text=f"{n + 1:02d}/TB-MTTQ-BTT",
            title=f"{subject}, đợt {n + 1}",
            lead="Ba trên mười hai tổ dân phố chưa niêm yết.",
            sections=(Section("Kết quả", f"{subject}. Đoàn đã làm việc với các hộ dân."),),
            issued_on=day,
        )


def copies(publication: Publication, count: int) -> None:
    """Write `count` copies of a publication with its search row and standings, by the database itself.

    Levels and years of the search rows vary. Statistics are taken anew, as the server does in time.
    """
    number = "CAST(n.i AS VARCHAR(10))"
    counting = f"SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}"
    numbers = f"(WITH RECURSIVE n(i) AS ({counting}) SELECT i FROM n) n"
    own = {
        "public_id": f"'copy' || {number}",
        "code": f"'COPY' || {number}",
        "number_slug": f"{number} || '-ban-sao'",
        "number_key": f"{number} || 'bansao'",
    }
    insert(Publication, own, f"{numbers} WHERE o.id = {publication.pk}")
    made = "publication_publication p WHERE p.code LIKE 'COPY%%'"
    level = " ".join(f"WHEN {rest} THEN '{level}'" for rest, level in enumerate(LEVELS))
    of_row = {
        "publication_id": "p.id",
        "number_key": "p.number_key",
        "level": f"CASE p.id %% {len(LEVELS)} {level} END",
        "year": "2020 + p.id %% 7",
    }
    insert(SearchRow, of_row, f"{made} AND o.publication_id = {publication.pk}")
    insert(FollowUp, {"publication_id": "p.id"}, f"{made} AND o.publication_id = {publication.pk}")
    rows = "publication_searchrow r JOIN publication_followup f ON f.publication_id = r.publication_id"
    kept = f"r.number_key LIKE '%%bansao' AND f.number = o.number AND o.row_id = {publication.search_row.pk}"
    insert(Standing, {"row_id": "r.id", "follow_up_id": "f.id"}, f"{rows} WHERE {kept}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


LEVELS = ("centre", "province", "commune")


def insert(model: type[Model], changed: dict[str, str], beside: str) -> None:
    """Insert into the model's table what its row `o` holds, `changed` aside, for each of `beside`."""
    fields = model._meta.local_concrete_fields
    columns = [one.column for one in fields if not one.primary_key or one.column in changed]
    values = [changed.get(column, f'o."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM "{table}" o, {beside}', []
        )
