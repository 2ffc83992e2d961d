"""Provisions in another dress than texts have now: read where that is sure, told at their place elsewhere."""

from __future__ import annotations

import re

import pytest

from supervision.legaltext.outline import Outline
from supervision.legaltext.outline.doubts import Why, doubts
from tests.drafts.test_outline import read
from tests.drafts.test_real_texts import COUNTED, SHARED

POINTS = "Điều 1. A\n1. Hồ sơ gồm:\n{}\n2. Nộp tại xã.\nĐiều 2. B\nHai."
CLAUSES = "Điều 1. Hồ sơ\n{}\nĐiều 2. B\nHai."

_POINT = re.compile(r"^([a-zđ])\)", re.M)


def told(found: Outline) -> list[tuple[Why, str, str]]:
    return [(one.why, one.node, one.line) for one in doubts(found)]


@pytest.mark.parametrize(
    "dress",
    [
        "a/ ",
        "a/",
        "a- ",
        "a – ",
        "a, ",
        "(a) ",
        "[a] ",
        "a: ",
        "a.) ",
        "a; ",
        "a.",
        "A/ ",
        "A: ",
        "(A) ",
        "а) ",
    ],
)  # the last is of the Cyrillic
def test_points_in_another_dress_are_told_one_by_one(dress: str) -> None:
    letters = {"a": "abc", "A": "ABC", "а": "арс"}[dress.strip("([")[0]]
    first = dress.strip("([")[0]
    lines = [f"{dress.replace(first, letter)}Đơn đề nghị;" for letter in letters]
    found = read(POINTS.format("\n".join(lines)))
    assert told(found) == [(Why.NO_STOP, "dieu-1-khoan-1", line) for line in lines]


@pytest.mark.parametrize(
    "lines",
    [
        "1: Đơn.\n2: Nộp tại xã.",
        "1/ Đơn.\n2/ Nộp tại xã.",
        "[A] Đơn.\n[B] Nộp tại xã.",
        "(1) Đơn.\n(2) Nộp tại xã.",
        "(I) Đơn.\n(II) Nộp tại xã.",
        "Khoản 1 – Đơn.\nKhoản 2 – Nộp tại xã.",
        "Khoản 1\nKhoản 2",
        "KHOẢN 1: Đơn.\nKHOẢN 2: Nộp tại xã.",
        "Khoản một. Đơn.\nKhoản hai. Nộp tại xã.",
        "Khoản thứ nhất: Đơn.\nKhoản thứ hai: Nộp tại xã.",
        "① Đơn.\n② Nộp tại xã.",
        "❶ Đơn.\n❷ Nộp tại xã.",
        "Một. Đơn.\nHai. Nộp tại xã.",
        "+ 1. Đơn.\n+ 2. Nộp tại xã.",
        "1° Đơn.\n2° Nộp tại xã.",
        "Điều hai. Đơn.\nĐiều ba. Nộp tại xã.",
        "Điều thứ hai: Đơn.\nĐiều mười hai. Nộp tại xã.",
        "Điều II. Đơn.\nĐiều III. Nộp tại xã.",
        "CHƯƠNG HAI\nMỤC THỨ BA",
        "Chương hai: Thu phí\nPhần ba. Nộp tại xã",
        "Khoản 1 – Quyết định thu.\nKhoản 2. Quy định chung.",
        "Điều II. Quy định chung\nĐiều ba Mục tiêu",
        "(Điều 2. Đơn)\n- Điều 3. Nộp tại xã",
    ],
)
def test_a_whole_series_in_another_dress_is_told_line_by_line(lines: str) -> None:
    found = read(f"Điều 1. Hồ sơ\nXã thu.\n\n{lines.replace(chr(10), chr(10) * 2)}\n\nĐiều 4. B\nHai.")
    assert [(why, node, line) for why, node, line in told(found) if why is Why.NO_STOP] == [
        (Why.NO_STOP, "dieu-1", line) for line in lines.split("\n")
    ]


@pytest.mark.parametrize("line", ["1 bis. Hai.", "1bis) Hai.", "1¹. Hai.", "1²) Hai.", "Khoản 1 bis. Hai."])
def test_what_is_put_in_between_is_told(line: str) -> None:
    assert told(read(f"Điều 1. A\n1. Một.\n{line}\n2. Ba.")) == [(Why.NO_STOP, "dieu-1-khoan-1", line)]
    points = f"Điều 1. A\n1. Gồm:\na) Một;\naa) Hai;\nb) Ba.\n2. Bốn.\n{line}"
    assert told(read(points))[0] == (Why.NO_STOP, "dieu-1-khoan-1-diem-a", "aa) Hai;")


def test_a_title_swallows_no_line_that_begins_like_a_provision() -> None:
    for first in ("i. Một.", "a/ Một.", "(a) Một."):
        found = read(f"Điều 1. Hồ sơ\n{first}\nKhác.\nĐiều 2. B\nC.")
        assert found.nodes[0].title == "Hồ sơ"
        assert [line for _why, _node, line in told(found)] == [first]
    found = read("Chương I\nQUY ĐỊNH\nĐIỀU MỘT. PHẠM VI\nXã thu.\nĐiều 2. B\nC.")
    assert (found.nodes[0].title, [one[2] for one in told(found)]) == (
        "QUY ĐỊNH",
        ["ĐIỀU MỘT. PHẠM VI", ""],
    )


@pytest.mark.parametrize(
    "text",
    [
        "Chương Ⅰ\nA\nĐiều 1. A\nMột.\nChương Ⅱ\nB\nĐiều 2. B\nHai.",
        "Chương I\nA\nĐiều thứ 1. A\nMột.\nChương II\nB\nĐiều số 2. B\nHai.",
        "**Chương I**\n\n**A**\n\n**Điều 1. A**\n\nMột.\n\n**Chương II**\n\n**B**\n\n**Điều 2. B**\n\nHai.",
    ],
)
def test_dress_that_is_sure_is_read(text: str) -> None:
    found = read(text)
    assert [node.id for node in found.walk()] == ["chuong-1", "dieu-1", "chuong-2", "dieu-2"]
    assert told(found) == []


def test_what_stands_outside_the_text_is_told() -> None:
    found = read("CHƯƠNG MỘT\nĐiều I. A\nMột.\nĐiều 1. C\nBa.")
    assert [one[:2] for one in told(found)] == [(Why.OUTSIDE, "phan-dau")] * 2
    copies = "Điều 1. A\n1. Một.\n2. Hai.\nNơi nhận:\n- Như Điều 2;\n{}"
    goes_on = "3. Ba.\n4. Bốn.\nb) Năm.\nĐiều 2. B"
    assert [
        line for _why, _node, line in told(read(copies.format("3. Ba.\n4/ Bốn.\n- Lưu: VT.\nKhoản 5. Năm.")))
    ] == [
        "3. Ba.",
        "4/ Bốn.",
        "Khoản 5. Năm.",
    ]
    assert told(read(copies.format(goes_on.replace("Điều 2", "Điều 9"))))[-1][2] == "Điều 9. B"


@pytest.mark.parametrize(
    "lines",
    [
        "01/01/2027 là ngày bắt đầu thu.\n02/01/2027 là ngày kết thúc.",
        "24/QĐ-UBND ngày 5 tháng 3 năm 2026;\n31/QĐ-UBND ngày 7 tháng 4 năm 2026.",
        "Mức thu = a x b\nTrong đó:\na: hệ số khu vực;\nb: số hộ.",
        "M = a/b\nTrong đó:\na - số hộ;\nb - số tháng.",
        "1/3 số hộ nộp trước.\n2/3 số hộ nộp sau.",
        "1-2 lần một tháng.\n2-3 lần một quý.",
        "a-xít và chất tẩy.\nb-ô-xít.",
        "b/c Thường trực Tỉnh ủy.\nc/c Đảng ủy.",
        "Một là, thu đúng.\nHai là, thu đủ.",
        "Thứ nhất, thu đúng.\nThứ hai, thu đủ.",
        "Khoản 1 Điều 5 được áp dụng.\nĐiểm a khoản 2 được áp dụng.",
        "Điều 5 Luật Đất đai được áp dụng.\nĐiều 6 của Luật này.",
        "Điều 2 Quy chế này được sửa.\n(Điều 1 Chỉ thị số 23/1998/CT-TTg)",
        "Điều 3 Nghị quyết liên tịch số 403 được áp dụng.\nKhoản 2 - Điều 5 được áp dụng.",
        "Điều này áp dụng với hộ nghèo.\nĐiều khoản khác giữ nguyên.",
        "Phần ba diện tích còn lại.\nMục tiêu là giảm rác.",
        "Bước 1: nộp hồ sơ.\nBước 2: nhận kết quả.",
        "¹ Xem Luật Đất đai.\n² Xem Luật Nhà ở.",
        "T.P trực thuộc tỉnh.\nĐ/c Chủ tịch.",
        "½ mức phí.\n2026. Năm đầu.",
        "x, y là tọa độ.",
        "Hai người một nhóm.",
        "[1] Được sửa đổi.",
    ],
)
def test_ordinary_prose_raises_no_doubt(lines: str) -> None:
    assert told(read(CLAUSES.format(f"1. Xã thu.\n\n{lines.replace(chr(10), chr(10) * 2)}"))) == []


@pytest.mark.parametrize("dress", ["{}: ", "{}/ ", "({}) ", "{}) ", "{} – ", "{}; ", "{}° "])
def test_clauses_are_told_also_where_points_between_them_are_read(dress: str) -> None:
    lines = [f"{dress.format(number)}Hồ sơ gồm:" for number in (1, 2, 3)]
    text = "\n\n".join(f"{line}\n\na) Đơn;\n\nb) Ảnh." if n < 1 else line for n, line in enumerate(lines))
    assert [line for why, _node, line in told(read(f"Điều 1. A\n{text}")) if why is Why.NO_STOP] == lines


def test_a_citation_that_was_broken_goes_on() -> None:
    text = "Điều 1. A\n1. Bữa ăn học đường theo quy định tại\nĐiều 7 Nghị\nđịnh này được\nhỗ trợ."
    assert told(read(f"{text}\n2. Hai.")) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real texts are not at hand")
@pytest.mark.parametrize("name", [name for name in COUNTED if name.startswith("drafts")])
def test_no_point_of_a_real_text_vanishes_in_another_dress(name: str) -> None:
    text = (SHARED / name).read_text(encoding="utf-8")
    for dress in ("{}/", "{} -", "{},", "({})", "{}:"):
        bent = _POINT.sub(lambda found, dress=dress: dress.format(found[1]), text)  # type: ignore[misc]
        begun = {" ".join(line.split())[:40] for line in bent.split("\n") if line not in text}
        lines = {line[:40] for _why, _node, line in told(read(bent))}
        assert {
            line for line in begun if not any(line.startswith(one) or one.startswith(line) for one in lines)
        } == set()


def test_lists_narrower_than_a_point_and_numbered_recipients_raise_no_doubt() -> None:
    text = "Điều 1. A\n1. Gồm:\na) Một:\n(i) Nhỏ;\n(ii) Nhỏ nữa;\n(1) Số;\na1) Nhỏ hơn;\nb) Hai."
    assert told(read(f"{text}\nNơi nhận:\n1. Bộ Tài chính;\n2. Sở Tài chính;\n3. Lưu.")) == []


def test_lines_in_another_dress_are_gone_through_once() -> None:
    lines = "\n\n".join(
        ["Điều 1. A", *("a/ Một;", "(b) Hai;", "1: Ba;", "① Bốn", "Trong đó:", "a: hệ số") * 1_500]
    )
    assert len([*doubts(read(lines))]) > 4_000
