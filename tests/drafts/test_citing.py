"""What people write of a provision, and what the product calls it."""

from __future__ import annotations

import pytest

from supervision.legaltext.outline import Kind, Outline
from supervision.legaltext.outline.citing import Finder, places
from tests.drafts.test_outline import HARD, ORDERLY, read

TEXT = f"""{ORDERLY}
Chương II
TỔ CHỨC THỰC HIỆN
Mục 1
TRÁCH NHIỆM

Điều 3. Trách nhiệm
a) Sở Tài chính;
b) Sở Xây dựng.

Phụ lục II
MỨC CHI
"""


@pytest.fixture(scope="module")
def text() -> Outline:
    return read(TEXT)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Điều 1", "dieu-1"),
        ("khoản 2 Điều 1", "dieu-1-khoan-2"),
        ("Điều 1 khoản 2", "dieu-1-khoan-2"),
        ("Điểm đ khoản 1 Điều 1", "dieu-1-khoan-1-diem-dd"),
        ("Đ.1 k.2", "dieu-1-khoan-2"),
        ("Đ1k2", "dieu-1-khoan-2"),
        ("điểm a, điều 3", "dieu-3-diem-a"),
        ("Điều 3, Chương II", "dieu-3"),
        ("Chương II", "chuong-2"),
        ("Mục 1 Chương II", "chuong-2-muc-1"),
        ("Phụ lục II", "phu-luc-2"),
        ("phụ lục số II", "phu-luc-2"),
        ("Điều 9", ""),
        ("khoản 2", ""),
        ("toàn văn", ""),
        ("", ""),
    ],
)
def test_a_citation_finds_its_provision(text: Outline, written: str, found: str) -> None:
    assert Finder(text).find(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("mục III", "de-muc-3"),
        ("Mục III khoản 1", "de-muc-3-khoan-1"),
        ("mục III.1", "de-muc-3-khoan-1"),
        ("III.1", "de-muc-3-khoan-1"),
        ("điểm 1 mục III", "de-muc-3-khoan-1"),
        ("mục III.1.b", "de-muc-3-khoan-1-diem-b"),
        ("điểm b mục III.1", "de-muc-3-khoan-1-diem-b"),
        ("mục III.2.2", "de-muc-3-khoan-2-diem-2-2"),
        ("tiết b điểm 2.1 khoản 2 mục III", "de-muc-3-khoan-2-diem-2-1-tiet-b"),
        ("tiết 2.2.1 điểm 2.2 khoản 2 mục III", "de-muc-3-khoan-2-diem-2-2-tiet-2-2-1"),
        ("khoản 1", ""),
        ("mục V.1", ""),
        ("Điều 1", ""),
    ],
)
def test_a_citation_finds_its_place_in_a_plan(written: str, found: str) -> None:
    assert Finder(read(HARD["a plan without articles"]["text"])).find(written) == found


def test_a_heading_of_two_parts_is_found_with_its_part() -> None:
    finder = Finder(read(HARD["a plan issued with a decision"]["text"]))
    assert finder.find("mục I") == ""
    assert finder.find("khoản 2 mục II phần B") == "kem-1-phan-b-de-muc-2-khoan-2"
    assert finder.find("Phần B") == "kem-1-phan-b"


@pytest.mark.parametrize(
    "name", [None, "a plan without articles", "headings inside an article", "a plan issued with a decision"]
)
def test_every_provision_is_found_by_its_own_name(text: Outline, name: str | None) -> None:
    text = read(HARD[name]["text"]) if name else text
    finder = Finder(text)
    for place in places(text):
        if place.node.kind is Kind.ATTACHMENT:  # has no number
            continue
        assert finder.find(place.on_paper) == place.node.id == finder.find(place.in_list)


def test_paper_names_the_narrow_first_and_a_list_the_wide(text: Outline) -> None:
    names = {place.node.id: (place.on_paper, place.in_list) for place in places(text)}
    assert names["dieu-1-khoan-1-diem-dd"] == ("điểm đ khoản 1 Điều 1", "Điều 1 khoản 1 điểm đ")
    assert names["chuong-2-muc-1"] == ("Mục 1 Chương II", "Chương II Mục 1")
    assert names["dieu-3-diem-a"] == ("điểm a Điều 3", "Điều 3 điểm a")


def test_of_two_provisions_with_one_number_neither_is_guessed() -> None:
    found = read("Điều 1. Một\nNội dung.\n\nQUY CHẾ\nvề chi\n\nĐiều 1. Một\nNội dung.\n")
    assert {"dieu-1", "kem-1-dieu-1"} <= {place.node.id for place in places(found)}
    assert Finder(found).find("Điều 1") == ""
