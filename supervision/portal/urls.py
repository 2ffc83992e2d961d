"""Public addresses; each has its English twin under /en/."""

from __future__ import annotations

from django.urls import path, register_converter

from supervision.portal.caching import kept_a_minute
from supervision.portal.views import (
    drafts,
    findings,
    good_practices,
    home,
    log,
    plans,
    publication,
    recommendations,
    remarks,
    statement,
    verify,
)


class Number:
    """A document number in an address, with a letter where it has one: 02a-tb-mttq-btt."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Year(Number):
    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(Number, "number")
register_converter(Year, "year4")

app_name = "portal"
PUBLISHED = "ket-luan/<year4:year>/<slug:organization>/<slug:number>/"

urlpatterns = [
    path("", kept_a_minute(home.home), name="home"),
    path("ket-luan/", kept_a_minute(findings.findings), name="findings"),
    path("ket-luan/<number:number>/", findings.by_number, name="by_number"),
    path(PUBLISHED, kept_a_minute(publication.publication), name="publication"),
    path(f"{PUBLISHED}y-kien/", kept_a_minute(remarks.remark_pages), name="remarks"),
    path(f"{PUBLISHED}goi.zip", log.bundle, name="bundle"),
    path(f"{PUBLISHED}<str:name>", publication.pdf, name="pdf"),
    path("kien-nghi/", kept_a_minute(recommendations.recommendations), name="recommendations"),
    path("cach-lam-hay/", kept_a_minute(good_practices.good_practices), name="good_practices"),
    path("ke-hoach/", kept_a_minute(plans.plans), name="plans"),
    path("ke-hoach/<year4:year>/<slug:organization>/", kept_a_minute(plans.plan), name="plan_public"),
    path("du-thao/", drafts.drafts, name="drafts"),
    path("du-thao/bien-nhan/", drafts.find_receipt, name="find_receipt"),
    path("du-thao/bien-nhan/<str:receipt>/", drafts.receipt, name="contribution_receipt"),
    path("du-thao/<str:public_id>/", drafts.draft, name="draft"),
    path("du-thao/<str:public_id>/gop-y/", drafts.contribute, name="contribute"),
    path("xac-minh/", verify.verify_page, name="verify"),
    path("v/<str:code>/", kept_a_minute(verify.code_page), name="code"),
    path("nhat-ky/", kept_a_minute(log.log_page), name="log"),
    path("nhat-ky/checkpoint", log.checkpoint, name="log_checkpoint"),
    path("nhat-ky/khoa.txt", log.keys, name="log_keys"),
    path("nhat-ky/kiem_chung.py", log.program, {"name": "kiem_chung.py"}, name="log_verifier"),
    path("nhat-ky/nhan_chung.py", log.program, {"name": "nhan_chung.py"}, name="log_witness"),
    path("nhat-ky/tile/entries/<path:path>", log.entries, name="log_entries"),
    path("nhat-ky/tile/<int:level>/<path:path>", log.tile, name="log_tile"),
    path("tiep-can/", kept_a_minute(statement.accessibility), name="accessibility"),
]
