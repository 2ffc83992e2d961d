"""Sheets of remarks as people keep them: headings, merged cells, totals, encodings; hostile ones too."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Callable
from csv import reader as delimited
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from supervision.drafts.taking.imports import reading, writing
from supervision.drafts.taking.imports.citations import citation, names_several
from supervision.drafts.taking.imports.headings import columns_of
from supervision.drafts.taking.imports.limits import MAX_ROWS, Refused
from supervision.files import inspection
from supervision.files.sandbox import Failed, Sandbox

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
HEADING = ["STT", "Điều khoản", "Ý kiến", "Đề nghị viết lại", "Lý do"]


def book(*rows: list[Any], change: Callable[[Worksheet], Any] = lambda sheet: None) -> bytes:
    """Return an XLSX file with these rows on its first sheet, changed by hand after."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    change(made.active)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(*rows: list[Any], change: Callable[[Worksheet], Any] = lambda sheet: None) -> list[dict[str, Any]]:
    return reading.read_xlsx(book(*rows, change=change))["rows"]


def fields(rows: list[dict[str, Any]], *names: str) -> list[tuple[str, ...]]:
    return [tuple(row["fields"][name] for name in names) for row in rows]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["STT", "Điều khoản", "Ý kiến"], {"number": 1, "provision": 2, "text": 3}),
        (["Y KIEN GOP Y", "DIEU, KHOAN, DIEM"], {"text": 1, "provision": 2}),
        (["Điều", "Khoản", "Điểm", "Nội dung góp ý (bắt buộc)"],
         {"article": 1, "clause": 2, "point": 3, "text": 4}),
        (["Nội dung", "Ý kiến"], {"text": 2}),  # the plainer name wins
        (["Y\u0301 kiê\u0301n", "Lý  do:\n(nếu có)"], {"text": 1, "reason": 2}),
        (["Ý kiến tiếp thu, giải trình", "Nội dung điều khoản hiện hành"], {}),
        (["Của ai", "Tên tổ chức", "Số phiếu/Ghi chú"], {"author": 1, "author_name": 2, "slip": 3}),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_headings(headings: list[str], found: dict[str, int]) -> None:
    assert columns_of(dict(enumerate(headings, start=1))) == found


def test_the_heading_may_stand_below_a_title_and_numbers_are_those_of_the_sheet() -> None:
    rows = read(
        ["TỔNG HỢP Ý KIẾN"], [], ["Xã Mẫu"], HEADING, [], [1, "Điều 1", "Bỏ"], [None], [2, None, "Giữ"]
    )
    assert [row["number"] for row in rows] == [6, 8]
    assert fields(rows, "provision", "text") == [("Điều 1", "Bỏ"), ("", "Giữ")]


def test_a_heading_in_two_rows_is_one() -> None:
    rows = read(
        ["STT", "Điều khoản", "Nội dung phản ánh", None],
        [None, None, "Ý kiến", "Lý do"],
        [1, "Điều 1", "Bỏ", "Thừa"],
        change=lambda sheet: [sheet.merge_cells(area) for area in ("A1:A2", "B1:B2", "C1:D1")],
    )
    assert fields(rows, "provision", "text", "reason") == [("Điều 1", "Bỏ", "Thừa")]


def test_a_citation_merged_over_rows_is_that_of_each_and_a_remark_is_made_once() -> None:
    rows = read(
        HEADING, [1, "Điều 2", "Một"], [2, None, "Hai"], [3], [4, "Điều 3", "Ba"], [5],
        change=lambda sheet: [sheet.merge_cells(area) for area in ("B2:B4", "B5:B6", "C5:C6")],
    )  # fmt: skip
    assert fields(rows, "provision", "text") == [("Điều 2", "Một"), ("Điều 2", "Hai"), ("Điều 3", "Ba")]


def test_cells_are_what_a_person_sees() -> None:
    rows = read(
        ["Điều", "Khoản", "Ý kiến", "Lý do"],
        [5.0, 2, "Dòng một\r\ndòng hai_x000D_\nba_x000B_bốn", 0.5],
        ["Điều 5", "khoản 2", "  Thừa\u00a0dấu cách  \n\n\n\ncuối", dt.date(2026, 3, 5)],
    )
    assert fields(rows, "article", "clause") == [("5", "2"), ("Điều 5", "khoản 2")]
    assert fields(rows, "text", "reason") == [
        ("Dòng một\ndòng hai\nba\nbốn", "0,5"),
        ("Thừa dấu cách\n\ncuối", "05/03/2026"),
    ]
    assert [row["problem"] for row in rows] == ["", ""]


def test_what_excel_made_of_a_cell_is_said() -> None:
    rows = read(
        ["Điều", "Khoản", "Ý kiến"], [5, dt.datetime(2026, 2, 5), "Bỏ"], [5, None, "#REF!"],
        change=lambda sheet: setattr(sheet["C3"], "data_type", "e"),
    )  # fmt: skip
    assert [row["problem"] for row in rows] == ["date", "formula"]


def test_formulas_give_the_value_that_was_shown() -> None:
    data = book(["STT", "Ý kiến"], [1, '="Bo "&"het"'])
    shown = rewritten(
        data, "xl/worksheets/sheet1.xml",
        b'<c r="B2">', b'<c r="B2" t="str">', b'"het"</f><v></v>', b'"het"</f><v>Bo het</v>',
    )  # fmt: skip
    assert fields(reading.read_xlsx(shown)["rows"], "text") == [("Bo het",)]


def rewritten(data: bytes, part: str, *pairs: bytes) -> bytes:
    """Return an XLSX file with bytes of one part replaced; None of them need be there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == part:
                for old, new in zip(pairs[::2], pairs[1::2], strict=True):
                    body = body.replace(old, new)
            target.writestr(entry.filename, body)
    return out.getvalue()


def test_rows_that_are_no_remarks_are_left_out_and_told_of() -> None:
    found = reading.read_xlsx(
        book(
            HEADING, ["(1)", "(2)", "(3)", "(4)", "(5)"], ["I. Hội Nông dân"], [1, "Điều 1", "Bỏ"], [2],
            [None, "Tổng số ý kiến", 1], [], [None, None, "NGƯỜI LẬP BIỂU"], [None] * 7 + ["ngoài bảng"],
            change=lambda sheet: sheet.merge_cells("A3:E3"),
        )
    )  # fmt: skip
    assert [row["number"] for row in found["rows"]] == [4]
    assert {(one["number"], one["why"]) for one in found["skipped"]} == {
        (2, "numbers"), (3, "group"), (6, "total"), (8, "foot"), (9, "outside"),
    }  # fmt: skip


def test_a_remark_that_begins_like_a_total_or_a_signature_is_one() -> None:
    texts = ["Tổng mức đầu tư quá lớn", "Người lập dự thảo cần hỏi dân", "Cộng đồng dân cư phải được biết"]
    assert fields(read(["Ý kiến"], *[[text] for text in texts]), "text") == [(text,) for text in texts]


def test_every_visible_sheet_with_a_heading_is_read_and_the_others_are_named() -> None:
    made = openpyxl.Workbook()
    made.active.title = "Hướng dẫn"
    made.active.append(["Ghi vào các trang sau"])
    for name in ("Xã A", "Xã B", "Nháp"):
        sheet = made.create_sheet(name)
        sheet.append(["Ý kiến"])
        sheet.append([f"Của {name}"])
        sheet.append([f"Ẩn của {name}"])
        sheet.row_dimensions[3].hidden = True
    made["Nháp"].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    found = reading.read_xlsx(out.getvalue())
    assert [(row["sheet"], row["fields"]["text"]) for row in found["rows"]] == [
        ("Xã A", "Của Xã A"), ("Xã A", "Ẩn của Xã A"), ("Xã B", "Của Xã B"), ("Xã B", "Ẩn của Xã B"),
    ]  # fmt: skip
    assert (found["sheets"], found["left_out"], found["hidden"]) == (
        ["Xã A", "Xã B"],
        ["Nháp", "Hướng dẫn"],
        2,
    )


@pytest.mark.parametrize(
    ("written", "read_as", "several"),
    [
        ({"provision": "khoản 2 Điều 5"}, "khoản 2 Điều 5", False),
        ({"provision": "khoan 2 dieu 5"}, "khoản 2 Điều 5", False),
        ({"provision": "Khỏan 2, Điều 5"}, "khoản 2, Điều 5", False),
        ({"provision": "5"}, "Điều 5", False),
        ({"article": "5", "clause": "2", "point": "đ)"}, "Điều 5 khoản 2 điểm đ", False),
        ({"provision": "Điều 5", "clause": "2"}, "Điều 5 khoản 2", False),
        ({"provision": "Toàn văn dự thảo"}, "", False),
        ({"provision": "Ý kiến chung"}, "", False),
        ({}, "", False),
        ({"provision": "Điều 5, Điều 6"}, "Điều 5, Điều 6", True),
        ({"provision": "khoản 1, 2 Điều 5"}, "khoản 1, 2 Điều 5", True),
        ({"provision": "điểm a và b khoản 1 Điều 5"}, "điểm a và b khoản 1 Điều 5", True),
    ],
)
def test_what_is_cited_is_put_together(written: dict[str, str], read_as: str, several: bool) -> None:
    assert (citation(written), names_several(citation(written))) == (read_as, several)


# -- CSV -------------------------------------------------------------------------------------

TEXT = (
    'STT{0}Điều khoản{0}Ý kiến\r\n1{0}khoản 2 Điều 5{0}"Giữ ""mức cũ"", vì\nngười nghèo; không trả nổi"\r\n'
)


def windows_1258(text: str) -> bytes:
    """Return a text as old Windows programs wrote Vietnamese: letters, then tones as signs of their own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out.append(bare + "".join(part for part in parts if part in tones))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        windows_1258,
    ],
    ids=["utf-8", "with its mark", "utf-16", "little", "big", "windows-1258"],
)
def test_a_csv_is_read_in_any_encoding_with_any_separator(
    encode: Callable[[str], bytes], separator: str
) -> None:
    rows = reading.read_csv(encode(TEXT.format(separator)))["rows"]
    assert [row["number"] for row in rows] == [2]
    assert fields(rows, "provision", "text") == [
        ("khoản 2 Điều 5", 'Giữ "mức cũ", vì\nngười nghèo; không trả nổi')
    ]


TCVN3 = "STT;§iÒu kho¶n;ý kiÕn\n1;§iÒu 5;§Ò nghÞ gi¶m møc thu\n"
VNI = "STT;Ñieàu khoaûn;YÙ kieán\n1;Ñieàu 5;Ñeà nghò giaûm möùc thu\n"


@pytest.mark.parametrize("text", [TCVN3, VNI], ids=["TCVN3", "VNI"])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16"])
def test_letters_from_before_unicode_are_refused_as_such(text: str, encoding: str) -> None:
    with pytest.raises(Refused, match="old-letters"):
        reading.read_csv(text.encode(encoding))
    with pytest.raises(Refused, match="old-letters"):
        reading.read_xlsx(book(*[line.split(";") for line in text.splitlines()]))


def test_one_row_in_old_letters_does_not_spoil_the_others() -> None:
    rows = read(["Ý kiến"], ["Giảm mức thu"], ["§Ò nghÞ gi¶m møc thu"], ["Theo Søren Müller thì 5 µg là đủ"])
    assert [row["problem"] for row in rows] == ["", "old-letters", ""]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 a spreadsheet by another name", "type"),
        (b"\xff\xfe\x00\xd8", "encoding"),
        ("Ý kiến\n\"chưa đóng\nmãi".encode(), "quotes"),
        ("Tên,Tuổi\nA,5\n".encode(), "heading"),
        (b"  \n\n", "nothing"),
        (("Ý kiến\n" + "Bỏ\n" * (MAX_ROWS + 1)).encode(), "rows"),
        (("Ý kiến\n" + ("a" * 9_999 + "\n") * 1_001).encode(), "long"),
    ],
    ids=["a ZIP", "no characters", "a quote left open", "no heading", "nothing", "too many rows", "too long"],
)  # fmt: skip
def test_a_csv_that_is_not_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        reading.read_csv(data)


# -- what we write ---------------------------------------------------------------------------


def test_the_empty_template_is_read_as_it_is_filled_in() -> None:
    made = writing.workbook(authors=["người dân"], hints=["Cột “Ý kiến” phải ghi."])
    with pytest.raises(AssertionError):
        assert reading.read_xlsx(made)["rows"]  # nothing to take in as it is
    filled = openpyxl.load_workbook(io.BytesIO(made))
    filled.worksheets[0].append([1, "khoản 2 Điều 5", None, None, None, "Bỏ"])
    out = io.BytesIO()
    filled.save(out)
    assert fields(reading.read_xlsx(out.getvalue())["rows"], "provision", "text") == [
        ("khoản 2 Điều 5", "Bỏ")
    ]


HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1 đồng", "@SUM(A1)", "'=1", "a\nb", '"', ";,\t"]


def test_rows_that_failed_come_back_as_they_were_and_run_as_no_formula() -> None:
    rows = [({"text": text, "provision": "Điều 99"}, ["7", "Dự thảo không có Điều 99."]) for text in HOSTILE]
    beside = ["Dòng cũ", "Vì sao chưa nhận"]
    sheet = writing.workbook(rows, beside=beside, authors=["người dân"], hints=[])
    csv = writing.delimited(rows, beside=beside)
    for found in (reading.read_xlsx(sheet), reading.read_csv(csv)):
        assert fields(found["rows"], "text") == [(text.strip(),) for text in HOSTILE]
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(sheet)).worksheets[0] for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    exported = list(delimited(io.StringIO(csv.decode("utf-8-sig"))))
    assert not [cell for row in exported for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_naughty_strings_are_kept_as_they_are() -> None:
    path = CORPORA / "naughty" / "blns.txt"
    if not path.exists():
        pytest.skip("the naughty strings are not at hand")
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"
    ]
    csv = writing.delimited([({"text": line}, []) for line in lines], beside=[])
    rows = reading.read_csv(csv)["rows"]
    assert len(rows) == len(lines)
    assert not [row for row in rows if {"\x00", "\r", "\ud800"} & set(row["fields"]["text"])]


# -- hostile files, in the child as the site runs it ---------------------------------------------


@pytest.fixture(scope="module")
def child() -> Sandbox:
    return Sandbox("supervision.drafts.taking.imports.reading", seconds=20)


@pytest.mark.parametrize(
    "name", ["xmlbomb.xml", "xmlbomb2.xml", "quadratic.xml", "external.xml", "cyclic.xml"]
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_bomb_in_a_spreadsheet_goes_off_nowhere(child: Sandbox, name: str, part: str) -> None:
    path = CORPORA / "xml-bombs" / name
    if not path.exists():
        pytest.skip("the bombs are not at hand")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(["Ý kiến"], ["Bỏ"]))) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            target.writestr(
                entry.filename, path.read_bytes() if entry.filename == part else source.read(entry)
            )
    with pytest.raises(Failed) as failed:
        child.run("read_xlsx", out.getvalue())
    assert (failed.value.reason, failed.value.detail) == ("Refused", "entities")


@pytest.mark.parametrize("name", ["xmlbomb.xml", "quadratic.xml", "external.xml"])
def test_a_bomb_under_another_name_harms_the_child_alone(child: Sandbox, name: str) -> None:
    path = CORPORA / "xml-bombs" / name
    if not path.exists():
        pytest.skip("the bombs are not at hand")
    plain = rewritten(book(["Ý kiến"], ["Bỏ"]), "xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet1.dat")
    out = io.BytesIO(plain)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.dat", path.read_bytes())
    with pytest.raises(Failed):
        child.run("read_xlsx", out.getvalue())
    assert len(child.run("read_xlsx", book(["Ý kiến"], ["Bỏ"]))["rows"]) == 1


def test_a_stray_value_in_the_last_cell_of_the_sheet_costs_nothing(child: Sandbox) -> None:
    data = book(["Ý kiến"], ["Bỏ"], change=lambda sheet: sheet.__setitem__("XFD1048576", "x"))
    assert len(child.run("read_xlsx", data)["rows"]) == 1


def test_macros_and_merges_without_end_are_refused(child: Sandbox) -> None:
    macro = io.BytesIO(book(["Ý kiến"], ["Bỏ"]))
    with zipfile.ZipFile(macro, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(Failed, match="macro"):
        child.run("read_xlsx", macro.getvalue())
    endless = rewritten(
        book(["Ý kiến"], ["Bỏ"]), "xl/worksheets/sheet1.xml", b"</sheetData>",
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )  # fmt: skip
    with pytest.raises(Failed, match=r"timeout|MemoryError"):
        Sandbox("supervision.drafts.taking.imports.reading", seconds=2).run("read_xlsx", endless)


def test_a_full_sheet_is_read(child: Sandbox) -> None:
    rows = [
        [n, f"khoản 2 Điều {n}", f"Ý kiến thứ {n} " + "dài " * 50, "Viết lại", "Lý do"]
        for n in range(MAX_ROWS)
    ]
    assert len(child.run("read_xlsx", book(HEADING, *rows))["rows"]) == MAX_ROWS


def test_a_spreadsheet_is_inspected_before_it_is_read() -> None:
    with pytest.raises(inspection.Refused, match="type"):
        reading.read_xlsx(b"no spreadsheet")
