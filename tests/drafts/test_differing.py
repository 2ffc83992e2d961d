"""Remarks that differ in one word or one number never look as one: they part, or the words are shown."""

from __future__ import annotations

import pytest

from supervision.legaltext.grouping import Said, propose
from supervision.legaltext.grouping.differing import differing

#: Two remarks that a list knows to want different things.
APART = [
    ("Tôi tán thành phương án một về giờ thu gom", "Tôi tán thành phương án hai về giờ thu gom"),
    ("Đề nghị giữ lại khoản 2 về hỗ trợ hộ nghèo.", "Đề nghị xóa khoản 2 về hỗ trợ hộ nghèo."),
    ("Đề nghị áp dụng từ năm 2026.", "Đề nghị áp dụng từ năm 2030."),
    ("Đề nghị áp dụng từ ngày 01/01/2027.", "Đề nghị áp dụng từ ngày 01/07/2027."),
    ("Nên tăng gấp đôi mức hỗ trợ.", "Nên tăng gấp ba mức hỗ trợ."),
    ("Phải thu gom rác vào ban ngày ở các phố", "Phải thu gom rác vào ban đêm ở các phố"),
    ("Lấy ý kiến dân trước khi ban hành mức phí", "Lấy ý kiến dân sau khi ban hành mức phí"),
    ("Cần thu phí rác ở đô thị theo khối lượng", "Cần thu phí rác ở nông thôn theo khối lượng"),
    ("Quy định này hợp lý, nên thông qua.", "Quy định này vô lý, nên thông qua."),
    ("Đề nghị miễn phí cho hộ nghèo.", "Đề nghị thu phí cho hộ nghèo."),
    ("Nên thành lập tổ hòa giải ở thôn", "Chớ thành lập tổ hòa giải ở thôn"),
    ("Mức phí do Hội đồng nhân dân quyết định", "Mức phí do Ủy ban nhân dân quyết định"),
    ("Đề nghị sáp nhập các thôn nhỏ", "Đề nghị chia tách các thôn nhỏ"),
    ("Phạt tối đa 5 triệu đồng hộ đổ trộm rác", "Phạt tối thiểu 5 triệu đồng hộ đổ trộm rác"),
    ("Danh sách hộ nghèo phải công khai tại thôn", "Danh sách hộ nghèo phải bí mật tại thôn"),
    ("Ngân sách chi trả tiền thu gom rác", "Người dân chi trả tiền thu gom rác"),
]
#: Two that differ in a word of no list, and what is shown of it.
SHOWN = [
    (
        "Thời hạn nộp là 15 ngày kể từ ngày nhận",
        "Thời hạn nộp là 15 ngày làm việc kể từ ngày nhận",
        {"làm việc"},
    ),
    ("Quy định này khả thi, nên thông qua.", "Quy định này thiếu khả thi, nên thông qua.", {"thiếu"}),
    ("Quy định này khả thi, nên thông qua.", "Quy định này khó khả thi, nên thông qua.", {"khó"}),
    ("Đề nghị giữ lại khoản 2 về hộ nghèo.", "Đề nghị loại khoản 2 về hộ nghèo.", {"giữ lại", "loại"}),
    ("Cho phép đốt rơm rạ ngoài đồng", "Không để đốt rơm rạ ngoài đồng", {"cho phép", "không để"}),
    ("Giao thanh niên trông nhà văn hóa", "Giao phụ nữ trông nhà văn hóa", {"thanh niên", "phụ nữ"}),
    (
        "Chủ đầu tư bồi thường cho người dân khi thu hồi đất",
        "Người dân bồi thường cho chủ đầu tư khi thu hồi đất",
        {"người dân bồi thường cho", "bồi thường cho người dân"},
    ),
]  # fmt: skip


def pair(one: str, other: str) -> list[Said]:
    others = ("Sửa đường thôn trước mùa mưa.", "Trạm bơm hỏng từ năm ngoái.")
    more = [Said(f"o{number}", "", text) for number, text in enumerate(others)]
    return [Said("a", "dieu-1", one), Said("b", "dieu-1", other), *more]


@pytest.mark.parametrize(("one", "other"), APART)
def test_opposite_positions_are_in_no_group_together(one: str, other: str) -> None:
    assert not propose(pair(one, other))


@pytest.mark.parametrize(("one", "other", "words"), SHOWN)
def test_the_words_in_which_members_differ_are_shown(one: str, other: str, words: set[str]) -> None:
    for found in propose(pair(one, other)):
        assert {word for variant in found.differing for two in variant.words for word in two if word} == words


def test_courtesy_and_dress_are_no_difference() -> None:
    assert differing("Đề nghị bỏ khoản 2", "Kính mong bỏ khoản 2 ạ!") == ()
    assert differing("Phạt năm triệu đồng", "phat 5.000.000 dong") == ()
    assert differing("Phạt 5 triệu đồng", "Phạt 5,5 triệu đồng") == (("5000000", "5500000"),)


def test_what_differs_far_down_in_a_long_letter_is_shown() -> None:
    letter = "Mức thu này áp dụng cho hộ gia đình ở các thôn và ở chợ của xã. " * 60
    (found,) = propose(pair(f"{letter}Đề nghị thông qua.", f"{letter}Đề nghị dừng lại."))
    assert found.differing[0].words in ((("thông qua", "dừng lại"),), (("dừng lại", "thông qua"),))
    endless = "rác " * 20_000
    assert differing(f"{endless} nên", f"{endless} không") == (("…", "…"),)
