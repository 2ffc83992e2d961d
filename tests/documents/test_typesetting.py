"""Free text becomes the lists of an official paper, whatever a person typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from supervision.documents.typesetting import balanced, blocks, ended, join, unjoin


def kinds(text: str) -> list[str]:
    return [block.kind for block in blocks(text)]


def test_plain_lines_are_paragraphs() -> None:
    assert [b.text for b in blocks("Một.\n\n  Hai   chữ.\r\nBa.")] == ["Một.", "Hai chữ.", "Ba."]


def test_points_follow_vietnamese_letters() -> None:
    (block,) = blocks("a) Một\nb) Hai\nc) Ba\nd) Bốn\nđ) Năm\ne) Sáu\ng) Bảy")
    assert block.kind == "points"
    assert [item.text for item in block.items] == ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy"]


def test_lists_nest_as_numbers_points_dashes() -> None:
    (block,) = blocks("1. Mục\na) Điểm\n- Gạch\nb) Điểm nữa\n2. Mục hai")
    assert [item.text for item in block.items] == ["Mục", "Mục hai"]
    points = block.items[0].blocks[0]
    assert [item.text for item in points.items] == ["Điểm", "Điểm nữa"]
    assert points.items[0].blocks[0].items[0].text == "Gạch"


def test_numbers_that_do_not_follow_start_a_new_list_as_typed() -> None:
    first, second = blocks("1. Một\n5. Năm")
    assert (first.start, second.start) == (1, 5)


def test_capitals_after_a_roman_number_are_a_heading() -> None:
    assert kinds("I. ĐẶC ĐIỂM TÌNH HÌNH\nI. Không phải tiêu đề") == ["heading", "paragraph"]


def test_symbols_and_pairs_stay_together_and_can_be_undone() -> None:
    text = "Kế hoạch số 45/KH-MTTQ-BTT ngày 05 tháng 8 năm 2026, Điều 6"
    joined = join(text)
    assert "45/\u2060KH-\u2060MTTQ-\u2060BTT" in joined
    assert "ngày\u00a005 tháng\u00a08 năm\u00a02026" in joined
    assert unjoin(joined) == text


def test_a_text_ends_in_one_mark() -> None:
    assert ended("Đề nghị thực hiện.", "./.") == "Đề nghị thực hiện./."
    assert ended("Đề nghị thực hiện./.", "./.") == "Đề nghị thực hiện./."
    assert ended("UBND tỉnh;", ";") == "UBND tỉnh;"


def test_a_long_title_keeps_its_last_four_syllables() -> None:
    assert balanced("một hai ba bốn năm sáu bảy tám").endswith("năm\u00a0sáu\u00a0bảy\u00a0tám")


@given(st.text(max_size=300))
def test_no_text_is_lost(text: str) -> None:
    def words(found: list) -> list[str]:
        out = []
        for block in found:
            out += block.text.split()
            for item in block.items:
                out += item.text.split() + words(item.blocks)
        return out

    typed = "".join(text.split())
    kept = "".join(words(blocks(text)))
    remaining = iter(typed)
    assert all(character in remaining for character in kept)  # in the order typed, nothing invented
