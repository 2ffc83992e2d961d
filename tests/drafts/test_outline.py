"""The structure of legal texts, of orderly ones and of those that people really send."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from supervision.legaltext.outline import Kind, Outline, outline, read_text

HEAD = """NGHỊ QUYẾT
Quy định mức chi trả dịch vụ thu gom chất thải
Căn cứ Luật Bảo vệ môi trường;
Hội đồng nhân dân ban hành Nghị quyết.

"""


def read(text: str) -> Outline:
    return outline(*read_text(HEAD + text))


def counts(text: str) -> list[int]:
    found = read(text)
    return [found.count(kind) for kind in (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT, Kind.APPENDIX)]


def ids(found: Outline) -> list[str]:
    return [node.id for node in found.walk()]


ORDERLY = """Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
1. Nghị quyết này quy định:
a) Mức chi trả;
b) Phương thức thu;
c) Miễn, giảm;
d) Hỗ trợ;
đ) Trách nhiệm;
e) Tổ chức thực hiện.
2. Nghị quyết này không áp dụng đối với chất thải nguy hại.

Điều 2. Đối tượng áp dụng
Hộ gia đình, cá nhân, tổ chức trên địa bàn tỉnh.
"""


def test_an_orderly_text_is_a_tree_with_ids_that_links_can_use() -> None:
    found = read(ORDERLY)
    assert found.title == "Nghị quyết Quy định mức chi trả dịch vụ thu gom chất thải"
    assert ids(found) == [
        "chuong-1", "dieu-1", "dieu-1-khoan-1",
        "dieu-1-khoan-1-diem-a", "dieu-1-khoan-1-diem-b", "dieu-1-khoan-1-diem-c", "dieu-1-khoan-1-diem-d",
        "dieu-1-khoan-1-diem-dd", "dieu-1-khoan-1-diem-e",
        "dieu-1-khoan-2", "dieu-2",
    ]  # fmt: skip
    chapter, first = found.nodes[0], found.nodes[0].children[0]
    assert (chapter.number, chapter.title) == ("I", "QUY ĐỊNH CHUNG")
    assert first.title == "Phạm vi điều chỉnh"
    assert found.nodes[0].children[1].text == ["Hộ gia đình, cá nhân, tổ chức trên địa bàn tỉnh."]
    assert found.preamble[0] == "NGHỊ QUYẾT" and len(found.preamble) == 4


def test_the_json_carries_counts_and_leaves_out_what_is_empty() -> None:
    found: dict[str, Any] = read(ORDERLY).to_json()
    assert {name: found[name] for name in ("articles", "clauses", "points", "appendices")} == {
        "articles": 2, "clauses": 2, "points": 6, "appendices": 0,
    }  # fmt: skip
    assert found["nodes"][0]["nodes"][1] == {
        "kind": "article",
        "id": "dieu-2",
        "number": "2",
        "title": "Đối tượng áp dụng",
        "text": "Hộ gia đình, cá nhân, tổ chức trên địa bàn tỉnh.",
    }


HARD: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("hard_texts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", HARD)
def test_what_people_send_is_counted_right(name: str) -> None:
    assert counts(HARD[name]["text"]) == HARD[name]["counts"], read(HARD[name]["text"]).to_json()


def test_letters_put_together_hard_spaces_and_windows_lines_make_no_difference() -> None:
    assert counts("Đie\u0302\u0300u\u00a01. A\r\n1.\u00a0Một.\r\n2.\u200b Hai.") == [1, 2, 0, 0]


def test_what_a_quotation_says_stays_with_the_clause_that_quotes_it() -> None:
    found = read(HARD["an article quoted in an amendment"]["text"])
    clause = next(node for node in found.walk() if node.id == "dieu-1-khoan-1")
    assert clause.text[1:] == ["“Điều 5. Mức thu", "1. Một.", "2. Hai:", "a) A;", "b) B.”"]


def test_a_regulation_issued_with_a_text_has_ids_of_its_own() -> None:
    found = read(HARD["a regulation issued with it"]["text"])
    assert ids(found) == [
        "dieu-1", "dieu-2", "kem-1", "kem-1-chuong-1", "kem-1-dieu-1", "kem-1-dieu-1-khoan-1",
        "kem-1-dieu-2", "kem-1-dieu-2-khoan-1", "kem-1-dieu-2-khoan-2",
    ]  # fmt: skip
    assert found.closing == ["Nơi nhận:", "- Như Điều 2;", "- Lưu: VT.", "TM. HỘI ĐỒNG NHÂN DÂN"]


def test_a_plan_is_a_tree_of_headings_whose_numbers_begin_anew() -> None:
    found = read(HARD["a plan without articles"]["text"])
    assert [(node.number, node.title) for node in found.nodes] == [
        ("I", "MỤC ĐÍCH, YÊU CẦU"), ("II", "Chỉ tiêu"), ("III", "NHIỆM VỤ VÀ GIẢI PHÁP"),
        ("IV", "TỔ CHỨC THỰC HIỆN"),
    ]  # fmt: skip
    assert [node.id for node in found.nodes[2].walk()] == [
        "de-muc-3", "de-muc-3-khoan-1", "de-muc-3-khoan-1-diem-a", "de-muc-3-khoan-1-diem-b",
        "de-muc-3-khoan-2", "de-muc-3-khoan-2-diem-2-1",
        "de-muc-3-khoan-2-diem-2-1-tiet-a", "de-muc-3-khoan-2-diem-2-1-tiet-b",
        "de-muc-3-khoan-2-diem-2-2",
        "de-muc-3-khoan-2-diem-2-2-tiet-2-2-1", "de-muc-3-khoan-2-diem-2-2-tiet-2-2-2",
        "de-muc-3-khoan-3",
    ]  # fmt: skip
    assert found.nodes[0].children[0].text == ["Mục đích", "- Tạo thuận lợi cho công nhân."]
    assert found.closing == ["Nơi nhận:", "1. Như mục IV."]


def test_a_plan_stands_in_the_article_that_lays_it_down_or_behind_the_decision() -> None:
    inside = read(HARD["headings inside an article"]["text"])
    assert ids(inside)[:3] == ["dieu-1", "dieu-1-de-muc-1", "dieu-1-de-muc-1-khoan-1"]
    assert ids(inside)[-3:] == ["dieu-2", "dieu-2-khoan-1", "dieu-3"]
    behind = read(HARD["a plan issued with a decision"]["text"])
    parts = behind.nodes[2].children
    assert [part.id for part in parts] == ["kem-1-phan-a", "kem-1-phan-b"]
    assert [node.title for part in parts for node in part.children] == [
        "Thuận lợi", "Khó khăn", "Tuyên truyền", "Kinh phí",
    ]  # fmt: skip


def test_headings_broken_in_two_are_whole_again() -> None:
    found = read(HARD["a heading broken in two"]["text"])
    assert [node.title for node in found.nodes] == ["Phạm vi điều chỉnh", "Giải thích từ ngữ"]


def test_a_table_keeps_its_rows_where_it_stands() -> None:
    found = read(HARD["a table"]["text"])
    table = next(node for node in found.walk() if node.kind is Kind.TABLE)
    assert table.id == "dieu-1-khoan-1-bang-1"
    assert table.rows == [["TT", "Mức"], ["1.", "Một."], ["2.", "Hai."]]


def test_chapters_sections_and_parts_hold_what_follows_them() -> None:
    found = read(
        "Phần thứ nhất\nNHỮNG QUY ĐỊNH CHUNG\nChương I\nA\nMục 1. B\nĐiều 1. C\n1. Một.\n"
        "Mục 2. D\nĐiều 2. E\nHết.\n"
        "Phần thứ hai\nF\nChương II\nG\nTiểu mục 1. H\nĐiều 3. I\nHết."
    )
    assert ids(found) == [
        "phan-1", "phan-1-chuong-1", "phan-1-chuong-1-muc-1", "dieu-1", "dieu-1-khoan-1",
        "phan-1-chuong-1-muc-2", "dieu-2",
        "phan-2", "phan-2-chuong-2", "phan-2-chuong-2-tieu-muc-1", "dieu-3",
    ]  # fmt: skip


def test_the_same_text_gives_the_same_ids_and_no_id_twice() -> None:
    for hard in HARD.values():
        once, twice = ids(read(hard["text"])), ids(read(hard["text"]))
        assert once == twice and len(set(once)) == len(once)


def test_a_plain_text_keeps_its_own_signs_and_markdown_a_footnote_and_a_blank() -> None:
    said = r"Một (*), A_B_C, &amp;, 5 * 6 \\ 7, [x](y), họ tên: ______."
    assert read(f"Điều 1. A\n1. {said}").nodes[0].children[0].text == [said]
    found = outline(*read_text("# X\n\n## Điều 1. A\n\n1. **Một** (*), *hai* và ______."))
    assert found.nodes[0].children[0].text == ["Một (*), hai và ______."]


STRANGE = {
    "more clauses than numbers": "Điều 1. A\n" + "".join(f"{n}. Một;\n" for n in range(1, 2_000)),
    "all clauses in one line": "Điều 1. A\n1. Một" + "".join(f"; {n}. Hai" for n in range(2, 1_000)),
    "quotations never closed": "Điều 1. A\n" + "“x\n" * 2_000,
    "one part again and again": "Phần thứ nhất\n" * 2_000,
    "a table alone": "| a | b |\n" * 2_000,
    "blank lines": "\n" * 2_000,
    "nothing": "",
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_text_is_read_like_any_other(name: str) -> None:
    assert outline(*read_text(STRANGE[name])).count(Kind.ARTICLE) <= 1


@pytest.mark.parametrize("text", [ORDERLY, *STRANGE.values()])
def test_what_is_kept_as_data_reads_back_as_it_was(text: str) -> None:
    found = read(text)
    assert Outline.from_data(json.loads(json.dumps(found.to_data()))) == found


def test_an_excerpt_begins_with_the_article_that_comes_first() -> None:
    text = "DỰ THẢO (trích)\n\nĐiều 5. Mức chi\n1. Một.\n2. Hai.\n\nĐiều 6. Chậm nộp\nBa.\n"
    found = outline(*read_text(text))
    assert ids(found) == ["dieu-5", "dieu-5-khoan-1", "dieu-5-khoan-2", "dieu-6"]
    assert found.preamble == ["DỰ THẢO (trích)"]


def test_a_command_prints_the_tree_without_a_database(tmp_path: Path) -> None:
    file, out = tmp_path / "du-thao.txt", StringIO()
    file.write_text(HEAD + ORDERLY, encoding="utf-8")
    call_command("draft_outline", file, stdout=out)
    assert json.loads(out.getvalue()) == read(ORDERLY).to_json()


@pytest.mark.parametrize(("name", "data"), [("x.xyz", b"x"), ("x.txt", b"\xff\xfe\x00"), ("none.txt", None)])
def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(CommandError, match=name):
        call_command("draft_outline", tmp_path / name)
