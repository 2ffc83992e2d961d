"""Every kind of public page, by a name; the tests walk them in both languages."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from supervision.law.forms.annual_plan import SPEC as PLAN
from supervision.law.text import T
from supervision.publication import plans, services
from supervision.publication.log import signing
from supervision.publication.models import PlanLine, Publication, PublishedPlan
from tests.publication import factory


def seed() -> dict[str, str]:
    """Publish one of each kind; return the Vietnamese address of every public page."""
    living = factory.publication()
    corrected = factory.publication(number_text="04/TB-MTTQ-BTT", title="Trả kết quả tại xã Mẫu Thượng")
    withdrawn = factory.publication(number_text="02/TB-MTTQ-BTT", title="Niêm yết thủ tục", progress=[])
    factory.many(25)
    at = factory.moment(factory.TODAY)
    services.correct(
        publication=corrected,
        reason="nhầm khi tổng hợp biểu số 3",
        changes=[{"place": "Mục 2, câu thứ nhất", "was": "43 hồ sơ", "now": "34 hồ sơ"}],
        number="05/ĐC-MTTQ-BTT",
        at=at,
        by_label="Cán bộ mẫu 5",
    )
    services.withdraw(
        publication=withdrawn,
        reason="ghi nhầm tên cơ quan chịu sự giám sát ở mục 1",
        number="08/QĐ-MTTQ-BTT",
        replaced_by=living,
        at=at,
        by_label="Cán bộ mẫu 5",
    )
    criticism = factory.criticism(60, number_text="09/PB-MTTQ-BTT", title="Phản biện dự thảo (DỮ LIỆU MẪU)")
    plan = _plan()
    signing.sign_checkpoint(at=timezone.now())
    return {
        **addresses(living, corrected, withdrawn),
        "plan": plan.address,
        "criticism": criticism.address,
        "remarks": f"{criticism.address}y-kien/?ket-qua=khong",
        "no such remark": f"{criticism.address}y-kien/?ma=YK-999",
        "no such receipt": "/du-thao/bien-nhan/?so=ABC",
    }


def _plan() -> PublishedPlan:
    """Publish an annual plan with an item in each state, one of them late, one with a public case."""
    paper = factory.publication(
        number_text="01/KH-MTTQ-BTT", title="Kế hoạch năm 2026", form=PLAN.slug, progress=[]
    )
    lines = [
        plans.Line(
            number=number,
            state=state,
            ends_on=dt.date(2026, 3 * number, 28),
            code=f"KH-{number:02d}",
            title="Thủ tục cấp Giấy chứng nhận lần đầu",
            form=T("Giám sát: tổ chức đoàn", "Supervision: delegation"),
            field=T("Đất đai, môi trường", "Land and environment"),
            period=T(f"Quý {number}", f"Quarter {number}"),
            agency="Sở Nông nghiệp và Môi trường tỉnh Bắc Ninh",
            chair="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Ninh",
            reason="Trùng với Hội đồng nhân dân tỉnh" if state == PlanLine.State.DROPPED else "",
            case_code="GS-MTTQ-24-2026-001" if state == PlanLine.State.DONE else "",
            case_address="/ket-luan/" if state == PlanLine.State.DONE else "",
        )
        for number, state in enumerate(plans.STATE_WORDS, start=1)
    ]
    at = factory.moment(factory.TODAY)
    return plans.publish_plan(publication=paper, year=2026, lines=lines, at=at)


def addresses(living: Publication, corrected: Publication, withdrawn: Publication) -> dict[str, str]:
    return {
        "home": "/",
        "list": "/ket-luan/",
        "found": "/ket-luan/?q=khieu+nai+dat+dai&cap=province",
        "second page": "/ket-luan/?trang=2",
        "nothing found": "/ket-luan/?q=Khong-co-gi&nam=2026",
        "publication": living.address,
        "corrected": corrected.address,
        "withdrawn": withdrawn.address,
        "recommendations": "/kien-nghi/",
        "good practices": "/cach-lam-hay/",
        "overdue": "/kien-nghi/?tinh-trang=qua-han",
        "plans": "/ke-hoach/",
        "verify": "/xac-minh/",
        "wrong code typed": "/xac-minh/?ma=%21%21",
        "code": f"/v/{living.code}/",
        "code of a withdrawn paper": f"/v/{withdrawn.code}/",
        "unknown code": "/v/ABCD2345/",
        "publication log": "/nhat-ky/",
        "accessibility": "/tiep-can/",
        "missing": "/khong-co-trang-nay/",
        "sign in": "/dang-nhap/",
    }


STATUS = {
    "withdrawn": 410,
    "unknown code": 404,
    "missing": 404,
    "wrong code typed": 422,
    "no such receipt": 404,
}
WITH_COOKIE = {"sign in"}  # a POST form of the site: the CSRF cookie
