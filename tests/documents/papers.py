"""Sample papers: one full context per kind, and the people and bodies they need."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from supervision.documents import services
from supervision.documents.models import Document
from supervision.organizations.models import Duty, Kind, Level, Mandate, Organization, Territory, User

SAMPLES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "samples.json").read_text(encoding="utf-8")
)
VIETNAM = dt.timezone(dt.timedelta(hours=7))
AT = dt.datetime(2026, 8, 5, 14, 5, tzinfo=VIETNAM)
DECISION_NUMBER = "62/QĐ-MTTQ-BTT"
DELEGATION_KINDS = {"notice", "minutes", "result_report"}


def front() -> Organization:
    """A provincial Front committee."""
    country = Territory.objects.filter(level=Level.CENTRE).first() or Territory.objects.create(
        code="00", level=Level.CENTRE, kind="nước", name="Việt Nam", search_text="viet nam"
    )
    province = Territory.objects.filter(code="24").first() or Territory.objects.create(
        code="24",
        level=Level.PROVINCE,
        kind="tỉnh",
        name="Tỉnh Bắc Ninh",
        parent=country,
        search_text="bac ninh",
    )
    return Organization.objects.create(
        code="mttq-giay",
        kind=Kind.FRONT,
        level=Level.PROVINCE,
        territory=province,
        name="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Ninh",
        short_name="Ủy ban MTTQ Việt Nam tỉnh",
        deciding_body="Ban Thường trực",
        symbol="MTTQ-BTT",
        search_text="mttq bac ninh",
        valid_from=dt.date(2025, 7, 1),
        is_sample=True,
    )


def person(organization: Organization, name: str, duty: str, title: str) -> Mandate:
    """A user with one mandate in `organization`."""
    user = User.objects.create_user(username=f"u{User.objects.count()}", display_name=name)
    return Mandate.objects.create(
        user=user,
        organization=organization,
        duty=duty,
        title=title,
        from_on=dt.date(2025, 7, 1),
        decision_number="01/QĐ-MTTQ",
        decision_on=dt.date(2025, 7, 1),
    )


def officer_and_chair(organization: Organization) -> tuple[Mandate, Mandate]:
    """Who drafts and who signs."""
    return (
        person(organization, "Cán bộ mẫu 10", Duty.OFFICER, "Chuyên viên"),
        person(organization, "Cán bộ mẫu 11", Duty.CHAIR, "Phó Chủ tịch"),
    )


def prepared(kind: str, officer: Mandate, **context: Any) -> Document:
    """A prepared paper of `kind` with its sample context."""
    sample = {**SAMPLES[kind], **context}
    return services.prepare(
        kind=kind,
        organization=officer.organization,
        subject=sample["subject"],
        context=sample,
        drafted_by=officer,
        at=AT,
        series_scope=DECISION_NUMBER if kind in DELEGATION_KINDS else "",
    )
