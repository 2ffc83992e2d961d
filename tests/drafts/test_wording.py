"""What changed in the words of one provision, for people to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.legaltext.alignment import Count, Op, Piece, count, words


def test_what_was_added_and_removed_stands_where_it_changed() -> None:
    old = "Hộ gia đình phân loại chất thải được giảm 10% mức chi trả."
    new = "Hộ gia đình phân loại chất thải đúng hướng dẫn được giảm 20% mức chi trả."
    pieces = words(old, new)
    assert pieces == [
        Piece(Op.SAME, "Hộ gia đình phân loại chất thải"),
        Piece(Op.ADDED, " đúng hướng dẫn"),
        Piece(Op.SAME, " được giảm"),
        Piece(Op.REMOVED, " 10"),
        Piece(Op.ADDED, " 20"),
        Piece(Op.SAME, "% mức chi trả."),
    ]
    assert count(pieces) == Count(added=4, removed=1)


def test_a_word_that_stayed_within_a_larger_change_is_part_of_it() -> None:
    pieces = words("công khai trong quý I hằng năm", "công khai trước ngày 15 tháng 01 quý sau đó hằng năm")
    assert [piece.op for piece in pieces] == [Op.SAME, Op.REMOVED, Op.ADDED, Op.SAME]


def test_a_number_with_points_is_one_word() -> None:
    assert count(words("mức 3.000.000 đồng", "mức 5.000.000 đồng")) == Count(added=1, removed=1)


TEXT = st.lists(st.sampled_from(["a", "b", "c ", ". ", "\n", "; ", "một hai ", " "]), max_size=40).map(
    "".join
)


@given(TEXT, TEXT)
def test_the_pieces_hold_both_texts(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(text for op, text in pieces if op is not Op.REMOVED) == new
    kept = "".join(text for op, text in pieces if op is not Op.ADDED)
    assert kept.split() == old.split() or "".join(kept.split()) == "".join(old.split())
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize("length", [400, 5_000, 100_000])
def test_a_text_too_long_to_compare_word_by_word_is_still_told_whole(length: int) -> None:
    old, new = "a b " * length, "b c a " * length
    pieces = words(old, new)
    assert "".join(text for op, text in pieces if op is not Op.REMOVED) == new


def test_a_long_text_is_compared_by_its_sentences() -> None:
    sentences = [f"Câu {n} nói về việc {n * 7} của xã." for n in range(200)]
    old, new = (
        " ".join(sentences),
        " ".join([f"Mở đầu {len(sentences)}.", *sentences[:150], *sentences[160:], "Hết."]),
    )
    assert [piece.op for piece in words(old, new)] == [Op.ADDED, Op.SAME, Op.REMOVED, Op.SAME, Op.ADDED]
