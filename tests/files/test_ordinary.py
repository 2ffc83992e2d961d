"""What offices send every day is accepted: papers of ours, Word and Excel files with all that they hold."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
from pikepdf import Array, Dictionary, Name, String

from supervision.documents.signing.demo_authority import DemoAuthority
from supervision.files import inspection
from supervision.web.demo import papers
from tests.documents.papers import front, officer_and_chair
from tests.documents.test_verification import signed
from tests.files import hostile, samples
from tests.files.hostile import W, action, field, pdf_with, related, word


def _workbook() -> bytes:
    """A sheet with formulas, names, links, notes, a picture, a chart, choices, colours and a button."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Ý kiến | góp ý")
    sheet.write_row(0, 0, ["TT", "Ý kiến", "Ghi | chú"])
    sheet.write_formula(1, 0, '=IF(A1="x|y",SUM(A2:A9),1)')
    sheet.write_formula(2, 0, '=\'Ý kiến | góp ý\'!A1&"("&LEFT(B1,2)&")"')
    sheet.write_url(3, 0, "https://mattran.org.vn/")
    sheet.write_url(4, 0, "internal:'Ý kiến | góp ý'!A1")
    sheet.write_comment(1, 1, "Đã trao đổi với Sở")
    sheet.insert_image(6, 1, "a.png", {"image_data": io.BytesIO(samples.png())})
    sheet.insert_button(8, 1, {"caption": "Xem"})
    sheet.data_validation(1, 2, 9, 2, {"validate": "list", "source": ["có", "không"]})
    sheet.conditional_format(1, 0, 9, 0, {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format({"bold": True})})  # fmt: skip
    book.define_name("Vung", "='Ý kiến | góp ý'!$A$1:$B$9")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Ý kiến | góp ý'!$A$2:$A$9"})
    sheet.insert_chart(12, 1, chart)
    book.close()
    return out.getvalue()


def _kept_by_openpyxl() -> bytes:
    out = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(_workbook()))
    book.save(out)
    return out.getvalue()


WORD_FILES: dict[str, Callable[[], bytes]] = {
    "a long letter": lambda: papers.docx("Kính gửi: Sở Nội vụ\n" + "Điều 1. Phạm vi\n" * 500),
    "page numbers and contents": lambda: word(field(" PAGE ") + field(' TOC \\o "1-3" \\h \\z \\u ')),
    "a link as a field": lambda: word(field(' HYPERLINK "https://vanban.chinhphu.vn/?a=DDE" ')),
    "a reference, a date, a sum": lambda: word(field("REF Muc1 \\h") + field('DATE \\@ "dd/MM/yyyy"') + field("=SUM(ABOVE)")),
    "a condition over a page number": lambda: word(field("IF ", field("PAGE"), ' = 1 "" ', field("PAGE"))),
    "a link": lambda: related("hyperlink", "https://mattran.org.vn/"),
    "a link by mail": lambda: related("hyperlink", "mailto:vanthu@example.vn"),
    "a link within": lambda: related("hyperlink", "#Muc1"),
    "a picture inside": lambda: samples.docx({"word/media/image1.png": samples.png()}),
    "a photo inside": lambda: samples.docx({"word/media/image1.jpeg": samples.jpg()}),
    "a drawing of Windows": lambda: samples.docx({"word/media/image1.emf": b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(20)}),
    "a font inside": lambda: hostile.typed(
        "application/vnd.openxmlformats-officedocument.obfuscatedFont", samples.hidden_font(), "word/fonts/font1.odttf"
    ),
    "settings of a printer": lambda: hostile.typed(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.printerSettings", b"H\0P\0 \0", "word/p.bin"
    ),
    "words about DDE": lambda: word("<w:r><w:t>Trường DDEAUTO và javascript: trong tệp Word</w:t></w:r>"),
    "a box of text said twice": lambda: samples.docx({"word/a.xml": f"<mc:AlternateContent {W}><w:p/></mc:AlternateContent>"}),
    "folders of their own": lambda: samples.docx({"word/media/": b""}),
}  # fmt: skip


@pytest.mark.parametrize("name", WORD_FILES)
def test_an_ordinary_word_file_is_accepted(name: str) -> None:
    inspection.inspect(WORD_FILES[name](), "docx")


@pytest.mark.parametrize("make", [_workbook, _kept_by_openpyxl])
def test_an_ordinary_spreadsheet_is_accepted(make: Callable[[], bytes]) -> None:
    inspection.inspect(make(), "xlsx")


PDF_FILES = {
    "a link": pdf_with(hostile.linked(action("URI", URI=String("https://mattran.org.vn/a?b=javascript:")))),
    "a link without a scheme": pdf_with(hostile.linked(action("URI", URI=String("phu-luc-1")))),
    "a link within": pdf_with(hostile.linked(action("GoTo", D=Array([0, Name.Fit])))),
    "opened at a page": pdf_with(hostile.on_open(Array([0, Name.Fit]))),
    "opened by an action": pdf_with(hostile.on_open(action("GoTo", D=Array([0, Name.Fit])))),
    "a twin in JSON": pdf_with(hostile.attaching(b'{"so": "07/KH"}', "van-ban.json")),
    "an invoice in XML": pdf_with(hostile.attaching(b"<?xml version='1.0'?><CrossIndustryInvoice/>", "factur-x.xml")),
    "words about scripts": pdf_with(
        lambda document: setattr(document.Root, "Info", Dictionary(Title=String("/JavaScript (và /Launch)")))
    ),
    "an index in streams": pdf_with(lambda document: None, object_stream_mode=hostile.pikepdf.ObjectStreamMode.generate),
}  # fmt: skip


@pytest.mark.parametrize("name", PDF_FILES)
def test_an_ordinary_pdf_is_accepted(name: str) -> None:
    assert inspection.inspect(PDF_FILES[name], "pdf") == {"pages": 1}


@pytest.mark.parametrize(
    "behind",
    [b"", b"\x00\x00", samples.jpg(), bytes(40) + b"SEFT"],
    ids=["nothing", "padding", "a second picture", "notes of the camera"],
)
def test_a_photo_as_phones_write_it_is_accepted(behind: bytes) -> None:
    inspection.inspect(samples.jpg(more=behind), "jpg")


def test_a_signed_paper_of_ours_is_accepted_with_its_twin(db: None) -> None:
    officer, chair = officer_and_chair(front())
    DemoAuthority().issue([chair])
    _document, data = signed(officer, chair)
    assert inspection.inspect(data, "pdf")["pages"]
