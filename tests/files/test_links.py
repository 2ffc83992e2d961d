"""One rule for every address: the web, a mail, a telephone, a place or a paper; none that starts or tells."""

from __future__ import annotations

import pytest

from supervision.files.inspection.links import (
    begins_plain_link,
    is_local_template,
    is_part,
    is_picture_here,
    is_plain_link,
)

PLAIN = """
https://mattran.org.vn/a?b=javascript:c#d
HTTP://MATTRAN.ORG.VN
mailto:vanthu@example.vn?subject=a%20b
tel:+84243
ftp://vbpl.vn/a.pdf
#Muc1
mattran.org.vn
mattran.org.vn:8080/x
www.vbpl.vn/a:b
facebook.com/mttq
vbpl.vn/van-ban.aspx?ItemID=7
vbpl.vn/a.pdf
phu-luc-1
Phụ%20lục%201.docx
../Biểu/Số liệu 2026.XLSX#A1
[Biểu 1.xlsx]Trang 1!A1
file:///D:\\Công%20văn\\Phụ%20lục.docx
C:/Bieu.xlsx
javascript:void(0)
JavaScript:void(0);
javascript:;
""".strip().splitlines()
REFUSED = [
    "\\\\10.0.0.1\\a.pdf",
    "//10.0.0.1/a.pdf",
    "/\\10.0.0.1/a.pdf",
    "/Windows/System32/calc",
    "file:///C:/a",
    "file:///C:/a.pdf.exe",
    "file:///C:/a.exe#.pdf ",
    "file:///C:/a.exe:b.pdf",
    "file:////10.0.0.1/a.pdf",
    "file://10.0.0.1/C:/a.pdf",
    "file:///%5C%5C10.0.0.1/a.pdf",
    "file:///C|/a.pdf",
    "fi\tle://10.0.0.1/a",
    "\x01javascript:a()",
    " JavaScript:a()",
    "javascript:void(0);a()",
    "javascript:void(a())",
    "javascript:void(0)%0aa()",
    "javascript:void(0)\na()",
    "java\u200bscript:a()",
    "%6aavascript%3aa()",
    "ms-msdt:/id a",
    "ms-word:ofe|u|http://10.0.0.1/a.docm",
    "search-ms:query=a&crumb=location:\\\\10.0.0.1",
    "data:text/html,a",
    "setup.com",
    "more.com#Muc1",
    "a.vn/setup%2ecom",
    "vbpl.vn/setup.exe",
    "C:\\Windows\\System32\\calc.exe",
    "C:a.pdf",
    "calc.exe",
    "calc.exe?a.pdf",
    "calc.exe#a.pdf",
    "calc.exe:a.pdf",
    "calc.exe .",
    "a.pdf.lnk",
    "..\\..\\Windows\\System32\\calc",
    "..%5c..%5cWindows%5cSystem32%5ccalc",
    "a.vn/../../Windows/System32/calc.exe",
    "mattran.vn:calc",
    "[\\\\10.0.0.1\\a]S!A1",
    "[a.exe]S!A1",
    "mailto:a@example.vn?subject=b&attachment=c:\\d",
]


@pytest.mark.parametrize("address", PLAIN)
def test_an_address_that_only_shows_is_plain(address: str) -> None:
    assert is_plain_link(address)


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_starts_a_program_or_tells_who_reads_is_not(address: str) -> None:
    assert not is_plain_link(address)


def test_an_address_that_is_computed_must_have_begun_as_a_plain_one() -> None:
    assert all(map(begins_plain_link, ["https://", "#'", "http://a.vn/?id="]))
    assert not any(map(begins_plain_link, ["", "h", "\\", "file:", "a.vn/", "java"]))


def test_a_template_is_taken_from_the_reader_s_own_drive_alone() -> None:
    assert is_local_template("file:///C:\\Users\\VanThu\\CongVan.dotm")
    assert is_local_template("D:/M%E1%BA%ABu/CongVan.dotx")
    for elsewhere in ("file://10.0.0.1/a.dotm", "file:///\\\\10.0.0.1\\a.dotm", "http://a.vn/C:/a.dotm"):
        assert not is_local_template(elsewhere)
    for odd in (
        "a.dotm",
        "file:///C:/a.dotm:b.dotm",
        "C:a.dotm",
        "file:///C:/a.exe",
        "%5C%5C10.0.0.1/a.dotm",
    ):
        assert not is_local_template(odd)


def test_what_is_fetched_without_a_question_is_in_the_file() -> None:
    assert all(map(is_picture_here, ["", "#a", "cid:image001.png@01", "data:image/png;base64,AA"]))
    assert not any(map(is_picture_here, ["a.png", "http://a/", "data:image/svg+xml,a", "data:text/html,a"]))
    assert all(map(is_part, ["media/image1.png", "/word/document2.xml", "../NULL", "#'Trang 1'!A1"]))
    assert not any(map(is_part, ["http://a/", "\\\\10.0.0.1\\a", "//10.0.0.1/a", "fi\tle:a"]))
