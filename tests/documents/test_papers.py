"""Every kind of paper prints: archival, tagged, its own font, every word readable again."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import unicodedata
from html.parser import HTMLParser
from typing import Any

import pikepdf
import pytest

from supervision.documents import services
from supervision.documents.kinds import KINDS
from supervision.documents.models import Document
from supervision.documents.render import paper_html, render_document
from supervision.documents.signing.fields import ORGANIZATION, PERSON
from supervision.organizations.models import Mandate
from tests.documents.papers import AT, prepared


def requested(kind: str, officer: Mandate, chair: Mandate, **context: Any) -> Document:
    document = prepared(kind, officer, **context)
    return services.request_signature(document, signer=chair, capacity="TM_KT", at=AT)


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skip = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._skip = tag in ("title", "style")

    def handle_endtag(self, tag: str) -> None:
        self._skip = False

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.found += re.findall(r"\w+", data)


def words_of(html: str) -> list[str]:
    parser = Words()
    parser.feed(html)
    return parser.found


def elements(node: Any) -> Any:
    kids = node.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.mark.parametrize("kind", KINDS)
def test_paper_is_archival_and_tagged(kind: str, officer: Mandate, chair: Mandate) -> None:
    printed = render_document(requested(kind, officer, chair))
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert b"<pdfaid:part>3" in packet or b'pdfaid:part="3"' in packet
        assert b"<pdfuaid:part>1" in packet and packet.count(b"<rdf:RDF") == 1
        assert pdf.Root.Lang == "vi" and bool(pdf.Root.MarkInfo.Marked)
        assert "/OutputIntents" in pdf.Root
        tags = list(elements(pdf.Root.StructTreeRoot))
        assert all("/Alt" in tag for tag in tags if tag.S == "/Figure")
        assert sum(tag.S == "/H1" for tag in tags) == 1
        assert all(any(kid.S == "/LBody" for kid in elements(tag)) for tag in tags if tag.S == "/LI")
        forms = [tag.K.Obj.objgen for tag in tags if tag.S == "/Form"]
        fields = list(pdf.Root.AcroForm.Fields)
        assert [field.T for field in fields] == [PERSON, ORGANIZATION][: 1 + KINDS[kind].sealed]
        assert [field.objgen for field in fields] == forms and "Cán bộ mẫu 11" in str(fields[0].TU)
        assert all(str(field.TU).startswith("Dấu của Ủy ban") for field in fields[1:])
        fonts = {str(f.BaseFont) for page in pdf.pages for f in page.resources.get("/Font", {}).values()}
        assert fonts and all("Tinos" in font for font in fonts)
        assert "/JavaScript" not in pdf.Root.Names and list(pdf.attachments) == ["van-ban.json"]
        (attached,) = pdf.Root.AF
        assert attached.AFRelationship == "/Alternative" and attached.EF.F.Subtype == "/application/json"
        assert "/OpenAction" not in pdf.Root


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize("kind", KINDS)
def test_every_word_comes_back(kind: str, officer: Mandate, chair: Mandate) -> None:
    document = requested(kind, officer, chair)
    printed = render_document(document)
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=printed.pdf, capture_output=True, check=True)
    text = done.stdout.decode()
    assert text == unicodedata.normalize("NFC", text)
    squeezed = "".join(text.split())
    assert [word for word in words_of(paper_html(document)) if word not in squeezed] == []


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_file_is_sound(officer: Mandate, chair: Mandate, tmp_path: Any) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(render_document(requested("plan", officer, chair)).pdf)
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, text=True).returncode == 0


def test_number_date_code_and_end_mark_are_printed(officer: Mandate, chair: Mandate) -> None:
    document = requested("plan", officer, chair)
    html = re.sub(r"[ \n]+", " ", paper_html(document).replace("\u2060", ""))
    assert "Số: 01/KH-MTTQ-BTT" in html
    assert "Bắc Ninh, ngày 05 tháng 8 năm 2026" in html
    assert document.code and document.code[:13] in html and 'src="paper:qr.svg"' in html
    assert html.count("./.") == 1


def test_preview_has_no_number_and_no_code(officer: Mandate) -> None:
    document = prepared("plan", officer)
    html = paper_html(document)
    assert "Số: ……/KH-MTTQ-BTT" in html and "qr.svg" not in html
    assert services.preview_pdf(document).startswith(b"%PDF-")


def test_sample_data_says_so_on_every_page(officer: Mandate) -> None:
    document = prepared("letter", officer)
    assert "sample.css" in paper_html(document) and "Dữ liệu mẫu" in paper_html(document)
    document.context["is_sample"] = False
    assert "sample.css" not in paper_html(document)


def test_text_from_people_is_printed_as_text(officer: Mandate) -> None:
    hostile = '<img src="file:///etc/passwd"><style>@page{size:1px}</style>&amp; <b>đậm</b>'
    html = paper_html(prepared("letter", officer, body=hostile, subject=hostile, to=[hostile]))
    assert "<img src=" not in html.replace('<img src="paper:', "") and "<b>đậm" not in html
    assert "&lt;img src=&quot;file:///etc/passwd&quot;&gt;" in html


def test_page_text_has_no_print_joins_and_starts_at_h2(officer: Mandate, chair: Mandate) -> None:
    html = services.article_html(requested("plan", officer, chair))
    assert "\u2060" not in html and "\u00a0" not in html and "<h1" not in html and "style=" not in html
    assert "<h2" in html and "<caption>" in html


def test_a_chart_says_its_figures_in_words(officer: Mandate) -> None:
    document = prepared("result_report", officer)
    said = "Xã Mẫu 2 80,0%; Phường Mẫu 3 96,7%"
    assert said in paper_html(document) and said in services.article_html(document)
    assert "<img" in paper_html(document) and "<img" not in services.article_html(document)


def test_urgency_is_stamped_where_asked(officer: Mandate) -> None:
    assert "HỎA TỐC" in paper_html(prepared("letter", officer, urgency="HỎA TỐC"))


def test_lines_in_the_cells_of_tables_stay_lines(officer: Mandate) -> None:
    row = {"code": "KN-01", "text": "Hai việc:\na) Một\nb) Hai <i>", "addressee": "Sở"}
    html = paper_html(prepared("recommendation_document", officer, recommendations=[row]))
    assert "<td>Hai việc:<br>a) Một<br>b) Hai &lt;i&gt;</td>" in html
    table = {"caption": "Bảng", "columns": ["Đơn vị", "Số"], "rows": [["Xã\nMẫu 2", "1\n2"]]}
    html = paper_html(prepared("notice", officer, tables=[table]))
    assert '<th scope="row">Xã<br>Mẫu\u00a02</th>' in html and "1<br>2</td>" in html


@pytest.mark.parametrize("kind", KINDS)
def test_the_twin_says_what_the_paper_says(kind: str, officer: Mandate, chair: Mandate) -> None:
    document = requested(kind, officer, chair)
    with pikepdf.open(io.BytesIO(render_document(document).pdf)) as pdf:
        twin = json.loads(pdf.attachments["van-ban.json"].get_file().read_bytes())
    assert (twin["number"], twin["kind"], twin["code"]) == (document.number_text, kind, document.code)
    printed = [field.name for field in KINDS[kind].fields if field.name in document.context]
    assert list(twin["content"]) == printed and printed
    assert all(twin["content"][name] == document.context[name] for name in printed)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_each_annex_bears_number_and_time_of_signing_and_nothing_else_does(
    officer: Mandate, chair: Mandate
) -> None:
    """At the top right of its first page, with date, hour and zone (Decree 30 Annex I)."""
    document = requested("notice", officer, chair)
    pdf = render_document(document, signed_at=AT).pdf
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")
    mark = f"{document.number_text}; 2026-08-05T14:05:00+07:00"
    begins = ["(Kèm theo" in page for page in pages]
    assert [mark in page for page in pages] == begins and sum(begins) == 2
