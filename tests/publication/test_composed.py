"""What stands after corrections: each is read with the words that it quotes, and nothing of it is lost."""

from __future__ import annotations

import pytest

from supervision.publication.composed import Composed, Trouble

TEXT = "Tóm tắt: Rà soát hồ sơ. Phần I: Bố trí biên chế trong năm. Phần II: Rà soát hồ sơ; cấp 214 hồ sơ."


def read(*rows: tuple[str, str, str]) -> Composed:
    """Return what stands once each row, a letter of its own, is read."""
    text = Composed(TEXT)
    for letter, row in enumerate(rows):
        assert text.find(letter, row[0], row[1]).trouble is None, row
        text.correct(letter, *row)
    return text


def now(text: Composed) -> list[tuple[str, str]]:
    return [(one.was, one.now) for one in text.stretches]


POSTS = ("Phần I", "Bố trí biên chế", "Bố trí 5 biên chế và 7 hợp đồng")


def test_a_part_of_a_corrected_passage_is_corrected_and_the_rest_of_it_stands() -> None:
    text = read(POSTS, ("Phần I", "5 biên chế", "6 biên chế"), ("Phần I", "7 hợp đồng", "8 hợp đồng"))
    assert now(text) == [("Bố trí biên chế", "Bố trí 6 biên chế và 8 hợp đồng")]
    marks = text.stretches[0].marks
    assert [mark.holds for mark in marks] == [False, True, True]
    assert text.find(3, "Phần I", "5 biên chế").trouble is Trouble.NOT_THERE
    assert text.find(3, "Phần I", "Bố trí biên chế").trouble is Trouble.CORRECTED
    assert text.stretches[0].said_by("6 biên chế") == [1]
    assert text.stretches[0].said_by("6 biên chế và 8 hợp đồng") == [0, 1, 2]
    text.correct(3, "ở đâu đó", "Bố trí 6 biên chế và 8 hợp đồng", "Bố trí 9 biên chế")
    assert now(text) == [("Bố trí biên chế", "Bố trí 9 biên chế")]
    assert [mark.holds for mark in marks] == [False, False, False, True]


@pytest.mark.parametrize(
    ("was", "said", "was_then", "reads"),
    [
        ("hợp đồng trong năm", "hợp đồng", "Bố trí biên chế trong năm", "Bố trí 5 biên chế và 7 hợp đồng"),
        ("Phần I: Bố trí 5", "Bố trí 6", "Phần I: Bố trí biên chế", "Bố trí 6 biên chế và 7 hợp đồng"),
        (
            "Phần I: Bố trí 5 biên chế và 7 hợp đồng trong năm",
            "Bỏ",
            "Phần I: Bố trí biên chế trong năm",
            "Bỏ",
        ),
    ],
)
def test_words_beside_a_corrected_passage_are_corrected_with_it(
    was: str, said: str, was_then: str, reads: str
) -> None:
    assert now(read(POSTS, ("Phần I", was, said))) == [(was_then, reads)]


def test_which_of_several_equal_passages_is_meant_is_told_by_the_place() -> None:
    text = read(*[(place, "Rà soát hồ sơ", "Rà soát 71 hồ sơ") for place in ("Tóm tắt", "Phần II")])
    for place, trouble in (("Tóm tắt", Trouble.CORRECTED), ("Phần III", Trouble.CORRECTED)):
        assert text.find(2, place, "Rà soát hồ sơ").trouble is trouble
    assert text.find(2, "ở đâu đó", "Rà soát 71 hồ sơ").trouble is Trouble.SEVERAL
    text.correct(2, "phần  II", "71 hồ sơ", "17 hồ sơ")
    assert now(text) == [("Rà soát hồ sơ", "Rà soát 71 hồ sơ"), ("Rà soát hồ sơ", "Rà soát 17 hồ sơ")]


def test_words_that_stand_beside_the_corrected_ones_too_are_quoted_at_length() -> None:
    text = read(("Phần II", "cấp 214 hồ sơ", "cấp 241 hồ sơ; trả 9 hồ sơ"))
    assert text.find(1, "Phần II", "hồ sơ").trouble is Trouble.SEVERAL
    assert text.find(1, "Phần II", "9 hồ sơ").trouble is None
    assert text.find(1, "Tóm tắt", "hồ sơ").trouble is None, "published elsewhere"


def test_two_rows_of_one_letter_do_not_touch_the_same_words() -> None:
    text = Composed(TEXT)
    text.correct(0, *POSTS)
    assert text.find(0, "Phần I", "Bố trí biên chế").trouble is Trouble.TWICE
    assert text.find(0, "Bảng 1", "biên chế").trouble is Trouble.TWICE
    assert text.find(0, "Phần I", "7 hợp đồng").trouble is Trouble.TWICE
    text.correct(1, "Phần I", "5 biên chế", "6 biên chế")
    assert text.find(1, "Phần I", "7 hợp đồng").trouble is None, "other words of the same passage"
    assert text.find(1, "Phần I", "6 biên chế").trouble is Trouble.TWICE


def test_what_was_signed_before_is_read_as_well_as_it_can_be() -> None:
    text = Composed(TEXT)
    for letter, row in enumerate([POSTS, ("Phần I", "Bố trí biên chế", "Bố trí 6 biên chế")]):
        text.correct(letter, *row)
    assert now(text) == [("Bố trí biên chế", "Bố trí 6 biên chế")]
    assert [mark.holds for mark in text.stretches[0].marks] == [False, True]
    text.correct(2, "Phần IX", "không có ở đâu", "có")
    assert now(text)[-1] == ("không có ở đâu", "có")
