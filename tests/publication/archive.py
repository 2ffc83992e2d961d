"""An archive of any size, for measuring: papers as long as real ones, topics as skewed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import islice

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model

from supervision.law.fields import FIELDS
from supervision.publication import facets, index, tokens
from supervision.publication.models import Entry, FollowUp, Publication, SearchRow, Standing
from supervision.publication.vocabulary import State
from tests.publication import factory

TOPICS = (
    "đất đai|nước sạch|trường học|trạm y tế|bảo hiểm y tế|đường liên xã|chợ dân sinh|nhà văn hóa|rác thải|"
    "người có công|hộ nghèo|giao thông nông thôn|cải cách hành chính|một cửa|đầu tư công|thủy lợi|điện lưới|"
    "an toàn thực phẩm|môi trường|bạo lực gia đình|việc làm|vay vốn|nông thôn mới|chuyển đổi số|học phí|"
    "vắc xin|tái định cư|giải phóng mặt bằng|khoáng sản|cát sỏi|rừng phòng hộ|thủy điện Đa Nhim|"
    "cao tốc Dầu Giây|cảng cá|nuôi tôm|dịch tả lợn|hạn mặn|sạt lở|đê điều|thiên tai|nghĩa trang|hộ tịch"
).split("|")
#: Of these any paper is made: every one of their words is in nearly all of them.
SENTENCES = (
    "Thực hiện kế hoạch của Ban Thường trực Ủy ban MTTQ Việt Nam, Đoàn giám sát đã làm việc với các cơ quan.",
    "Qua kiểm tra hồ sơ, việc tiếp nhận và trả kết quả cơ bản đúng quy định của pháp luật.",
    "Còn một số hồ sơ trả kết quả sau ngày hẹn mà không có văn bản xin lỗi người dân.",
    "Việc công khai thủ tục, mức thu và thời hạn giải quyết ở nơi tiếp công dân chưa đầy đủ.",
    "Nhân dân phản ánh nhiều lần nhưng chưa nhận được văn bản trả lời của cơ quan có thẩm quyền.",
    "Đề nghị Ủy ban nhân dân chỉ đạo kiểm điểm trách nhiệm của tập thể, cá nhân có liên quan.",
    "Nguyên nhân chủ quan là sự phối hợp giữa các phòng chuyên môn còn thiếu chặt chẽ, kịp thời.",
    "Ban Thường trực sẽ theo dõi, đôn đốc và thông báo kết quả thực hiện kiến nghị đến nhân dân.",
    "Tại các thôn, tổ dân phố được khảo sát, phần lớn hộ gia đình đồng tình với chủ trương chung.",
    "Kinh phí được bố trí từ ngân sách địa phương và nguồn đóng góp tự nguyện của nhân dân.",
    "Số liệu trong báo cáo của đơn vị chưa thống nhất với sổ theo dõi tại bộ phận một cửa.",
    "Đoàn ghi nhận sự cố gắng của cán bộ, công chức trong điều kiện khối lượng công việc tăng.",
)
SYLLABLES = [
    a + b
    for a in "b c d đ g h kh l m ng nh ph qu r s t th tr v x".split()
    for b in "ai ân ươi iêu oa".split()
]
PROVINCES = [(f"{n:02d}", f"Tỉnh Mẫu {n}") for n in range(1, 35)]
BATCH, MADE = 500, 4_000
FIRST = dt.date(2016, 1, 4)


def fill(count: int, *, made: int = MADE, apart: int = 0, seed: int = 1) -> None:
    """Write `count` publications with their rows into an empty archive, past the services.

    Days run over ten years, bodies are some hundreds, one paper in ten is still open. Beyond those `made` the
    database copies what was made; each row has a word of its own, "ma" and its publication's id. Ids of
    copies are at least so far `apart`, as in an older archive.
    """
    _count_from_one()
    chance = random.Random(seed)
    some = _publications(min(count, made), chance)
    while batch := list(islice(some, BATCH)):
        _write(batch, chance)
    _copy(count, apart)
    facets.recount(index.listed())


def _count_from_one() -> None:
    """Let ids begin with one: what other tests took of PostgreSQL's sequences did not go with their rows."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(
            no_style(), [Publication, FollowUp, SearchRow, Standing]
        ):
            cursor.execute(sql)


def _copy(count: int, apart: int) -> None:
    """Copy all rows as often as it takes; ids go on, numbers and codes stay different."""
    counted = (Publication, FollowUp, SearchRow)
    shift = {model: model._default_manager.aggregate(most=Max("pk"))["most"] for model in counted}
    if (more := count // shift[Publication] - 1) < 1:
        return
    last = shift[Publication] = max(apart, shift[Publication])
    numbers = f"SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {more}"
    copies = f"(WITH RECURSIVE n(k) AS ({numbers}) SELECT k FROM n) n"
    of_publication = f"o.publication_id + n.k * {last}"
    moved = "replace(o.tokens, ' ma' || o.publication_id || ' ', ' ')"
    for sign, width in (("_b", tokens.BLOCK), ("_s", tokens.SECTION)):
        old, new = (f"'{sign}' || ({one}) / {width} || ' '" for one in ("o.publication_id", of_publication))
        moved = f"replace({moved}, {old}, {new})"
    changes: dict[type[Model], dict[str, str]] = {
        Publication: {
            "public_id": "substr(o.public_id, 1, 20) || n.k",
            "code": "o.code || 'K' || n.k",
            "number_slug": "n.k || '-' || o.number_slug",
        },
        FollowUp: {"publication_id": of_publication},
        SearchRow: {
            "publication_id": of_publication,
            "tokens": f"{moved} || ' ma' || ({of_publication})",
        },
        Standing: {
            "row_id": f"o.row_id + n.k * {shift[SearchRow]}",
            "follow_up_id": f"o.follow_up_id + n.k * {shift[FollowUp]}",
        },
    }
    for model, changed in changes.items():
        factory.insert(model, {"id": f"o.id + n.k * {shift.get(model, last)}", **changed}, copies)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(changes)):
            cursor.execute(sql)


def _publications(count: int, chance: random.Random) -> Iterator[Publication]:
    for n in range(count):
        day = FIRST + dt.timedelta(days=n * 3_650 // count)
        topic = TOPICS[int(len(TOPICS) * chance.random() ** 2.2)]
        province, place = chance.choice(PROVINCES)
        body = f"{chance.choice(SYLLABLES)} {chance.choice(SYLLABLES)}"
        commune = f"xã {body.title()}"
        sentences = chance.choices(SENTENCES, k=24)
        details = [
            f"Về {topic} tại {commune}, thôn {chance.choice(SYLLABLES)} {chance.choice(SYLLABLES)}."
        ] * 2
        yield Publication(
            kind="conclusion_notice",
            kind_name_vi="Thông báo kết luận giám sát",
            kind_name_en="Notice of supervision conclusion",
            form=("doan-giam-sat", "nghien-cuu-van-ban")[n % 2],
            form_name_vi=("Đoàn giám sát", "Nghiên cứu văn bản")[n % 2],
            form_name_en=("Supervision delegation", "Study of documents")[n % 2],
            year=day.year,
            organization_code=f"mttq-{province}-{n % 17}",
            organization_name=f"Ủy ban MTTQ Việt Nam {commune}",
            level=("centre", "province", "commune", "commune")[n % 4],
            province_code=province,
            province_name=place,
            field=list(FIELDS)[n % len(FIELDS)],
            number_text=f"{n + 1}/TB-MTTQ-BTT",
            number_slug=f"{n + 1}-tb-mttq-btt",
            number_key=f"{n + 1}tbmttqbtt",
            title=f"Việc giải quyết {topic} tại {commune}, {place}",
            lead=f"Đoàn giám sát kiến nghị bốn việc về {topic}.",
            html="<p>…</p>",
            plain_text=" ".join([*sentences, *details, f"ma{n + 1}"]),
            signer_label="Cán bộ mẫu",
            issued_on=day,
            published_at=factory.moment(day, 8 + n % 9),
            published_by_label="Cán bộ mẫu",
            code=f"ARCHIVE{n:010d}",
            pdf_sha256=f"{n:064x}",
            pdf_size=400_000 + n % 90_000,
            pdf_pages=6,
            pdf_name="a.pdf",
        )


def _write(batch: list[Publication], chance: random.Random) -> None:
    Publication.objects.bulk_create(batch)
    entries = [Entry(publication=one, what="publish", at=one.published_at) for one in batch]
    Entry.objects.bulk_create(entries)
    follow_ups = FollowUp.objects.bulk_create(_follow_up(one, chance) for one in batch)
    rows = SearchRow.objects.bulk_create(
        SearchRow(publication=one, **index.columns(one, [follow_up], {"publish"}))
        for one, follow_up in zip(batch, follow_ups, strict=True)
    )
    Standing.objects.bulk_create(
        Standing(row=row, **index.standing(follow_up, row))
        for row, follow_up in zip(rows, follow_ups, strict=True)
    )


def _follow_up(one: Publication, chance: random.Random) -> FollowUp:
    is_open = chance.random() < 0.1
    state = chance.choice([State.WAITING, State.ANSWERED]) if is_open else State.VERIFIED
    due = factory.TODAY + dt.timedelta(days=chance.randrange(-60, 30)) if is_open else one.issued_on
    agency = chance.randrange(500)
    return FollowUp(
        publication=one,
        number=1,
        at=one.published_at,
        state=state,
        addressee_code=f"ubnd-{agency}",
        addressee_name=f"UBND xã Mẫu {agency}",
        text="Khắc phục ngay các hồ sơ quá hẹn.",
        due_on=due,
        first_due_on=due,
        data={"agency": {}, "front": {}, "rows": [], "decisions": [], "is_criticism": False},
    )
