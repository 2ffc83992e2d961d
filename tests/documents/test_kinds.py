"""Numbers and symbols as Decree 30 writes them, and contexts that cannot drift from their templates."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template.loader import get_template

from supervision.documents.kinds import KINDS, register
from supervision.documents.letterhead import signature_block
from supervision.organizations.models import Mandate
from tests.documents.papers import SAMPLES


@pytest.mark.parametrize(
    ("kind", "number", "scope", "text"),
    [
        ("plan", 45, "", "45/KH-MTTQ-BTT"),
        ("decision", 6, "", "06/QĐ-MTTQ-BTT"),
        ("recommendation_document", 412, "", "412/MTTQ-BTT"),
        ("urging_letter", 9, "", "09/MTTQ-BTT"),
        ("notice", 1, "62/QĐ-MTTQ-BTT", "01/TB-ĐGS"),
        ("minutes", 2, "62/QĐ-MTTQ-BTT", "02/BB-ĐGS"),
        ("result_report", 1, "62/QĐ-MTTQ-BTT", "01/BC-ĐGS"),
    ],
)
def test_number_as_printed(kind: str, number: int, scope: str, text: str) -> None:
    assert KINDS[kind].number_text(number, "MTTQ-BTT", scope) == text


def test_two_delegations_count_apart_and_letters_share_one_series() -> None:
    assert KINDS["notice"].series("MTTQ-BTT", "62/QĐ") != KINDS["notice"].series("MTTQ-BTT", "63/QĐ")
    assert KINDS["letter"].series("MTTQ-BTT") == KINDS["urging_letter"].series("MTTQ-BTT")


def test_every_kind_has_a_template_and_a_sample() -> None:
    for kind in KINDS.values():
        get_template(kind.template)
    assert set(SAMPLES) == set(KINDS)


def test_a_context_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown"):
        KINDS["letter"].check({"to": ["A"], "body": "B", "bdy": "C"})
    with pytest.raises(ValueError, match="needs 'to'"):
        KINDS["letter"].check({"body": "B"})
    with pytest.raises(ValueError, match="must be lines"):
        KINDS["plan"].check({"grounds": "Căn cứ Luật"})


def test_a_code_belongs_to_one_kind() -> None:
    register(KINDS["plan"])
    with pytest.raises(ValueError, match="twice"):
        register(KINDS["plan"].__class__(**{**KINDS["letter"].__dict__, "code": "plan"}))


@pytest.mark.parametrize(
    ("capacity", "lines"),
    [
        ("TM", ["TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"]),
        ("TM_KT", ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("TL", ["TL. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("HEAD", ["TM. ĐOÀN GIÁM SÁT", "TRƯỞNG ĐOÀN"]),
    ],
)
def test_form_of_signing(chair: Mandate, capacity: str, lines: list[str]) -> None:
    block = signature_block(signer=chair, capacity=capacity, organization=chair.organization)  # type: ignore[arg-type]
    assert block["lines"] == lines
    assert block["name"] == "Cán bộ mẫu 11"
    assert block["other_post"] == (
        ["PHÓ CHỦ TỊCH", "ỦY BAN MTTQ VIỆT NAM TỈNH"] if capacity == "HEAD" else []
    )


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Phó Chủ tịch", ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("Phó Chủ tịch Thường trực", ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"]),
        ("Ủy viên Thường trực", ["TM. BAN THƯỜNG TRỰC", "ỦY VIÊN THƯỜNG TRỰC"]),
        ("Phó Trưởng ban", ["TM. BAN THƯỜNG TRỰC", "PHÓ TRƯỞNG BAN"]),
        (
            "Phó Chủ tịch Ủy ban MTTQ Việt Nam tỉnh",
            ["TM. BAN THƯỜNG TRỰC", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
    ],
)
def test_a_signer_prints_the_post_held(chair: Mandate, title: str, lines: list[str]) -> None:
    chair.title = title
    block = signature_block(signer=chair, capacity="TM_KT", organization=chair.organization)
    assert block["lines"] == lines


def test_the_head_of_the_body_prints_the_title_held(chair: Mandate) -> None:
    chair.title = "Quyền Chủ tịch"
    block = signature_block(signer=chair, capacity="TM", organization=chair.organization)
    assert block["lines"] == ["TM. BAN THƯỜNG TRỰC", "QUYỀN CHỦ TỊCH"]


def test_dates_on_papers() -> None:
    from supervision.documents.templatetags.paper import long_day, moment, short_day

    assert long_day("2026-01-05") == "ngày 05 tháng 01 năm 2026"
    assert (short_day("2026-02-05"), short_day("2026-08-05"), short_day("")) == (
        "05/02/2026",
        "05/8/2026",
        "",
    )
    utc = dt.datetime(2026, 9, 9, 1, 0, tzinfo=dt.UTC)
    assert moment(utc.isoformat()) == "08 giờ 00, ngày 09 tháng 9 năm 2026"
