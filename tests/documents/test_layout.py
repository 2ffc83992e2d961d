"""Every kind of paper prints wherever its signature meets the end of a page (`tests.sweep` does it whole)."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import pikepdf
import pytest
from django.template.loader import render_to_string

from supervision.documents import printing
from supervision.documents.kinds import KINDS
from supervision.documents.render import assets_of, paper_html
from supervision.documents.signing.fields import ORGANIZATION, PERSON
from tests.documents.papers import AT
from tests.documents.sweeping import (
    LONG,
    Case,
    faults,
    laid_out,
    page_ends,
    paper,
    printed_html,
    with_words,
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_signature_at_the_end_of_a_page_is_whole_and_never_alone(kind: str) -> None:
    case = Case(kind, "sample", 0)
    for filler in page_ends(case):
        text, assets = printed_html(case._replace(filler=filler))
        assert faults(laid_out(text, assets), text) == [], filler


@pytest.mark.parametrize("kind", ["letter", "minutes", "conference_minutes", "criticism_document"])
def test_rows_longer_than_a_page_and_more_recipients_than_fit_on_one_are_printed_whole(kind: str) -> None:
    text, assets = printed_html(Case(kind, LONG, 2))
    assert faults(laid_out(text, assets), text) == []


def test_a_plan_of_a_hundred_and_twenty_items_is_printed_whole() -> None:
    text, assets = printed_html(Case("annual_plan", "tables", 120))
    assert faults(laid_out(text, assets), text) == []


#: What people type that has no place to break.
UNBROKEN = (
    "bao_cao_tong_hop_ket_qua_thuc_hien_kien_nghi_sau_giam_sat_quy_3_nam_2026_ban_cuoi_cung.docx "
    "phong.hanhchinh.tonghop.uybannhandan.xamauthuong@bacninh.gov.vn "
    "0912345678-0912345679-0912345670-0912345671 "
    "https://dichvucong.gov.vn/p/home/dvc-tthc-chi-tiet.html?ma_thu_tuc=1.000798.000.00.00.H05 " + "." * 300
)


@pytest.mark.parametrize("kind", KINDS)
def test_words_without_a_place_to_break_stay_on_the_page(kind: str) -> None:
    document = paper(Case(kind, "sample", 0))
    document.context = with_words(document.context, UNBROKEN)
    text, assets = paper_html(document, signed_at=AT), assets_of(document)
    assert [fault for fault in faults(laid_out(text, assets), text) if "runs off" in fault] == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_laid_out_is_printed_plainly_with_all_its_words_and_fields(kind: str) -> None:
    text, assets = printed_html(Case(kind, "sample", 0))
    sealed = KINDS[kind].sealed
    labels = {PERSON: "Chữ ký", ORGANIZATION: "Dấu"}
    printed = printing.print_plainly(text, assets, labels, ("van-ban.json", b"{}"))
    with pikepdf.open(io.BytesIO(printed["pdf"])) as pdf:
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == [PERSON, ORGANIZATION][: 1 + sealed]
        assert pdf.Root.Lang == "vi" and list(pdf.attachments) == ["van-ban.json"]
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=printed["pdf"], capture_output=True, check=True
    )
    squeezed = "".join(done.stdout.decode().split())
    body = text.partition("</head>")[2]
    assert [word for word in re.findall(r"\w+", re.sub("<[^>]*>", " ", body)) if word not in squeezed] == []


@pytest.mark.parametrize("length", [1, 12, 40, 120, 300])
def test_a_stamp_is_printed_whatever_the_name(length: int) -> None:
    name = ("Ủy ban Mặt trận Tổ quốc Việt Nam " * 10)[:length].strip()
    for template in ("documents/_stamp.html", "documents/_seal.html"):
        facts = {"name": name, "issuer_label": name, "at": AT, "is_sample": False, "has_image": False}
        assert printing.print_stamp(render_to_string(template, facts), {}).startswith(b"%PDF-")
