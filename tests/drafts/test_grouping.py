"""Remarks that ask for the same thing are found, and no remark is put where it does not belong."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.legaltext.grouping import Kind, Proposal, Said, fingerprint, propose
from supervision.legaltext.grouping.clusters import JOINS, clusters, likeness
from supervision.legaltext.grouping.duplicates import sayings
from supervision.legaltext.grouping.reading import read
from supervision.legaltext.grouping.similarity import vectors
from supervision.legaltext.grouping.stance import are_opposed, stance
from tests.drafts.grouping_quality import LABELLED, PARTS, case, labelled, measure, quality

STORY = Path(__file__).resolve().parents[3] / "shared" / "data" / "stories" / "c1-hoi-nghi-phan-bien.yaml"
LETTER = (
    "Đề nghị giữ nguyên mức hỗ trợ cho hộ nghèo như hiện nay vì cuộc sống còn nhiều khó khăn, giá cả leo"
    " thang, mong cơ quan soạn thảo xem xét lại và lấy ý kiến của bà con trước khi trình."
)


def said(*texts: str, provision: str = "dieu-1") -> list[Said]:
    return [Said(f"r{number}", provision, text) for number, text in enumerate(texts)]


def groups(remarks: list[Said]) -> set[tuple[str, ...]]:
    return {proposal.members for proposal in propose(remarks)}


def all_labelled(parts: Sequence[str] = PARTS) -> list[Said]:
    return [remark for part in parts for one in labelled(part) for remark in one.remarks]


# -- quality -----------------------------------------------------------------------------


def test_the_labelled_set_is_sample_data_and_large_enough() -> None:
    assert "DỮ LIỆU MẪU" in LABELLED.read_text(encoding="utf-8").splitlines()[0]
    assert len(all_labelled()) >= 250
    for one in (one for part in PARTS for one in labelled(part)):
        sizes = Counter(one.gold.values())
        assert all(size > 1 for group, size in sizes.items() if group.startswith("group "))


@pytest.mark.parametrize(
    ("part", "precision", "recall"), [("tune", 0.97, 0.88), ("held-out", 0.95, 0.88), ("fresh", 0.9, 0.9)]
)
def test_the_quality_does_not_fall_under_what_was_reached(part: str, precision: float, recall: float) -> None:
    found = quality(labelled(part))
    assert found.precision >= precision
    assert found.recall >= recall
    assert found.b_precision >= precision
    assert found.b_recall >= recall


def test_the_published_figures_are_those_that_are_measured() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/reference/remark-groups.md").read_text(
        encoding="utf-8"
    )
    figures = [f"{figure:.3f}" for _, figure in measure()]
    for number, part in enumerate(PARTS):
        assert f"| {part} | {' | '.join(figures[6 * number : 6 * number + 6])} |" in page


@pytest.mark.skipif(not STORY.is_file(), reason="the story is not at hand")
def test_the_groups_of_the_story_of_a_conference_are_found() -> None:
    rows = [
        row | {"at": row["clause"]} for row in yaml.safe_load(STORY.read_text(encoding="utf-8"))["remarks"]
    ]
    found = quality([case(rows)])
    assert (found.precision, found.recall) == (1, 1)


# -- what belongs together, and what does not --------------------------------------------


def test_the_same_text_in_another_dress_is_one_text() -> None:
    remarks = said("Đề nghị bỏ điểm c, khoản 2.", "ĐỀ NGHỊ BỎ ĐIỂM C  KHOẢN 2", "đề nghị bỏ điểm c khoản 2!")
    (found,) = propose(remarks)
    assert found == Proposal(Kind.NEAR_EQUAL, ("r0", "r1", "r2"), "r0", 1, found.shared, 1.0)


def test_a_remark_without_diacritics_joins_its_twin() -> None:
    remarks = said(
        "Đề nghị miễn vé cho học sinh nghèo ở xã miền núi.",
        "de nghi mien ve cho hoc sinh ngheo o xa mien nui",
        "Bến xe cần thêm ghế ngồi và mái che.",
    )
    assert groups(remarks) == {("r0", "r1")}


def test_the_old_and_the_new_place_of_a_tone_are_one_spelling() -> None:
    assert groups(said("Sửa nhà văn hóa thôn", "Sửa nhà văn hoá thôn")) == {("r0", "r1")}


def test_the_explanation_is_in_the_words_as_written_the_rarest_first() -> None:
    remarks = said(
        "Điểm tập kết rác gần trường học gây mùi hôi.",
        "Không đặt điểm tập kết gần trường học.",
        "Rác để lâu gây mùi hôi, cần thu gom hằng ngày.",
        "Trường học nên có thùng phân loại riêng.",
    )
    (found,) = propose(remarks)
    assert found.members == ("r0", "r1")
    assert found.shared == ("gần trường học", "tập kết")
    (plain,) = propose([*remarks[1:], Said("r9", "", "DIEM TAP KET GAN TRUONG HOC")])
    assert plain.shared == ("tập kết gần trường học",)


def test_the_same_provision_helps_and_is_not_needed() -> None:
    one = "Quán ăn nhỏ mỗi sáng bán vài chục bát phở mà thu như nhà hàng là bất hợp lý, nên chia theo quy mô."
    other = "Nên chia mức thu của quán ăn, nhà hàng theo quy mô, quán nhỏ không thể đóng như nhà hàng lớn."
    assert groups(said(one, other, provision="dieu-10")) == {("r0", "r1")}
    assert groups(said(one, other, provision="")) == set()
    assert groups([Said("a", "dieu-1", one), Said("b", "dieu-2", one)]) == {("a", "b")}


def test_the_same_text_with_another_proposed_wording_is_another_remark() -> None:
    text = "Đề nghị viết lại khoản 2 như sau"
    remarks = [
        Said("a", "dieu-2", text, "Hộ gia đình nộp tiền theo quý tại nhà văn hóa."),
        Said("b", "dieu-2", text, "Tổ tự quản được trang bị găng tay, ủng, áo phản quang."),
        Said("c", "dieu-2", text, "Hộ gia đình nộp tiền theo quý tại nhà văn hóa."),
    ]
    assert groups(remarks) == {("a", "c")}


def test_a_shared_greeting_makes_no_group() -> None:
    greeting = (
        "Kính gửi Ủy ban Mặt trận Tổ quốc tỉnh! Tôi tên là A, trú tại thôn Mẫu. Sau khi đọc kỹ dự thảo,"
    )
    remarks = said(
        f"{greeting} tôi đề nghị lắp đèn chiếu sáng. Xin cảm ơn.",
        f"{greeting} tôi đề nghị mở lớp dạy bơi. Xin cảm ơn.",
    )
    assert propose(remarks) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Đề nghị tăng mức thu phí vệ sinh của hộ gia đình",
            "Đề nghị giảm mức thu phí vệ sinh của hộ gia đình",
        ),
        ("Đề nghị bỏ khoản thu quỹ khuyến học của thôn", "Đề nghị giữ khoản thu quỹ khuyến học của thôn"),
        ("Đề nghị thêm số chuyến xe giờ cao điểm", "Đề nghị bớt số chuyến xe giờ cao điểm"),
        ("Tôi đồng ý phạt hộ đốt rơm rạ ngoài đồng", "Tôi không đồng ý phạt hộ đốt rơm rạ ngoài đồng"),
        ("Nên có hiệu lực sớm, ngay đầu quý này", "Nên lùi hiệu lực, không phải đầu quý này"),
        ("Loa phát 6 giờ là quá sớm với trẻ nhỏ", "Loa phát 6 giờ là quá muộn với trẻ nhỏ"),
        ("Cấm bán hàng rong trước cổng chợ", "Không nên cấm bán hàng rong trước cổng chợ"),
        ("Kéo dài thời hạn nộp hồ sơ lên 30 ngày", "Rút ngắn thời hạn nộp hồ sơ xuống 30 ngày"),
        ("Mức hỗ trợ tiền ăn bán trú quá cao", "Mức hỗ trợ tiền ăn bán trú quá thấp"),
        ("Mở rộng đối tượng được vay vốn sản xuất", "Thu hẹp đối tượng được vay vốn sản xuất"),
        ("de nghi tang muc thu phi ve sinh cua ho", "de nghi giam muc thu phi ve sinh cua ho"),
        ("Đề nghị chuyển trạm y tế về thôn Mẫu", "Đề nghị không chuyển trạm y tế về thôn Mẫu"),
    ],
)
def test_opposite_asks_in_the_same_words_stay_apart(one: str, other: str) -> None:
    assert not [found for found in propose(said(one, other)) if found.kind is Kind.NEAR_EQUAL]


SIDES = [
    ("Giảm giá dịch vụ trông giữ xe ở bệnh viện", "Tăng giá dịch vụ trông giữ xe ở bệnh viện"),
    ("Đề nghị tăng mức chi gìn giữ di tích của thôn", "Đề nghị giảm mức chi gìn giữ di tích của thôn"),
    ("Kéo dài thời gian lưu giữ hồ sơ đất", "Rút ngắn thời gian lưu giữ hồ sơ đất"),
    ("Nên thành lập tổ hòa giải ở mỗi thôn", "Không nên thành lập tổ hòa giải ở mỗi thôn"),
    ("Cần lắp camera ở cổng chợ", "Không cần lắp camera ở cổng chợ"),
    ("Đồng tình với cách tính phí của dự thảo", "Không đồng tình với cách tính phí của dự thảo"),
    ("Bắt buộc hộ dân phân loại rác tại nguồn", "Đừng bắt buộc hộ dân phân loại rác tại nguồn"),
    ("Bắt buộc hộ dân phân loại rác tại nguồn", "Hộ dân phân loại rác tại nguồn là tự nguyện"),
    ("Phạt 5 triệu đồng hộ đổ trộm rác", "Phạt 50 triệu đồng hộ đổ trộm rác"),
    ("Phạt năm triệu đồng hộ đổ trộm rác", "Phạt năm mươi triệu đồng hộ đổ trộm rác"),
    ("Thời hạn trả lời đơn là 10 ngày", "Thời hạn trả lời đơn là mười lăm ngày"),
    ("Giao Ủy ban nhân dân xã quản lý bãi rác", "Giao Ủy ban nhân dân tỉnh quản lý bãi rác"),
    ("Tôi chọn phương án 1 về giờ thu gom", "Tôi chọn phương án 2 về giờ thu gom"),
    ("Thôi thu tiền gửi xe của học sinh", "Tiếp tục thu tiền gửi xe của học sinh"),
    ("Chưa xây nhà văn hóa mới ở thôn", "Xây nhà văn hóa mới ở thôn"),
    ("de nghi thanh lap to hoa giai", "de nghi khong thanh lap to hoa giai"),
]


@pytest.mark.parametrize(("one", "other"), SIDES)
def test_those_on_two_sides_are_in_no_group_together(one: str, other: str) -> None:
    others = said("Sửa đường thôn trước mùa mưa.", "Trạm bơm hỏng từ năm ngoái.", provision="")
    given = [Said("a", "dieu-1", one), Said("b", "dieu-1", other), *others]
    assert not [found for found in propose(given) if {"a", "b"} <= {*found.members}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phạt 5 triệu đồng hộ đổ trộm rác", "Phạt năm triệu đồng hộ đổ trộm rác."),
        ("Thời hạn trả lời đơn là 05 ngày", "Thời hạn trả lời đơn là năm ngày!"),
        ("Không nên thành lập tổ hòa giải ở thôn", "Đề nghị không thành lập tổ hòa giải ở thôn"),
        ("Thôi thu tiền gửi xe của học sinh", "Đừng thu tiền gửi xe của học sinh"),
        ("Tôi ủng hộ cách tính phí của dự thảo", "Đồng tình với cách tính phí của dự thảo"),
    ],
)
def test_one_wish_in_two_spellings_is_one_group(one: str, other: str) -> None:
    assert groups(said(one, other, "Sửa đường thôn trước mùa mưa.")) == {("r0", "r1")}


def test_one_without_a_side_does_not_bring_opposite_ones_together() -> None:
    neutral = "Mức thu phí vệ sinh của hộ gia đình, cơ quan, trường học và hộ kinh doanh nhỏ ở khoản 1"
    remarks = said(f"Đề nghị tăng. {neutral}", f"Đề nghị giảm. {neutral}", neutral, neutral.upper())
    (found,) = propose(remarks)
    assert len(found.members) == 3 and not {"r0", "r1"} <= set(found.members)


def test_everyone_in_a_group_resembles_the_typical_one() -> None:
    for found in ([*sayings(one.remarks)] for part in PARTS for one in labelled(part)):
        weighed = vectors([saying.reading for saying in found])
        for typical, *others in clusters(found, weighed):
            assert all(likeness(found, weighed, typical, other) >= JOINS for other in others)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đề nghị giữ nguyên học phí, chưa tăng", "Không tăng học phí"),
        ("Đề nghị bỏ mức trả thêm 50%", "Chưa nên tăng thêm 50%"),
        ("Đề nghị giảm phí vì giá cả tăng", "Phí quá cao"),
        ("Không được tạm dừng thu gom", "Tạm dừng thu gom thì rác ra đường, đề nghị bỏ"),
    ],
)
def test_the_same_wish_in_other_words_is_no_opposition(one: str, other: str) -> None:
    assert not are_opposed(stance(read(one)), stance(read(other)))


# -- whatever comes ----------------------------------------------------------------------

SAYINGS = st.sampled_from([remark.text for remark in all_labelled()]) | st.text(max_size=40)
REMARKS = st.lists(st.tuples(st.sampled_from(["", "dieu-1", "dieu-2"]), SAYINGS), max_size=30).map(
    lambda rows: [Said(f"r{number:02d}", provision, text) for number, (provision, text) in enumerate(rows)]
)


@settings(max_examples=60)
@given(REMARKS, st.randoms(use_true_random=False))
def test_a_remark_is_in_one_group_at_most_and_the_order_does_not_matter(
    remarks: list[Said], chance: random.Random
) -> None:
    found = propose(remarks)
    members = [one for proposal in found for one in proposal.members]
    assert len(members) == len(set(members)) and set(members) <= {remark.id for remark in remarks}
    for proposal in found:
        assert len(proposal.members) > 1 and proposal.typical in proposal.members
        assert 0 < proposal.score <= 1 and 0 < proposal.texts <= len(proposal.members)
    shuffled = list(remarks)
    chance.shuffle(shuffled)
    assert propose(shuffled) == found


def test_the_order_of_a_real_crowd_does_not_matter() -> None:
    remarks = all_labelled()
    found = propose(remarks)
    random.Random(7).shuffle(remarks)
    assert propose(remarks) == found and len(found) > 40


def test_ids_that_come_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        propose([Said("a", "", "một"), Said("a", "", "hai")])


STRANGE = {
    "nothing": "",
    "spaces": " \n\t",
    "points": "… ...",
    "nothing seen": "\u200b\u2060",
    "a megabyte of one letter": "a" * 1_000_000,
    "a megabyte of one word": "bỏ " * 300_000,
    "a megabyte of marks": "a" + "\u0301\u0323" * 500_000,
    "half a character": "đề nghị \ud83d bỏ",
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_texts_are_read_and_their_copies_counted(name: str) -> None:
    found = propose(said(STRANGE[name], STRANGE[name]))
    has_words = any(character.isalnum() for character in STRANGE[name])
    assert [proposal.members for proposal in found] == ([("r0", "r1")] if has_words else [])


# -- campaigns ---------------------------------------------------------------------------


def campaign(size: int) -> list[Said]:
    """Four in ten send one letter, one in ten the same letter with names; the others say what they like."""
    chance = random.Random(3)
    texts = [LETTER] * (size * 4 // 10)
    texts += [f"Tôi là công dân số {number}, thôn {number % 37}. {LETTER}" for number in range(size // 10)]
    pool = [remark.text for remark in all_labelled()]
    words = sorted({word for text in pool for word in text.split()})
    while len(texts) < size:
        texts.append(f"{chance.choice(pool)} {' '.join(chance.sample(words, 12))}")
    return [Said(f"r{number}", "", text) for number, text in enumerate(texts)]


def test_a_campaign_is_one_group_that_counts_its_texts_and_keeps_every_id() -> None:
    remarks = campaign(10_000)
    first, *others = propose(remarks)
    assert first.kind is Kind.NEAR_EQUAL and first.texts == 1_001
    assert set(first.members) == {f"r{number}" for number in range(5_000)}
    assert all(len(other.members) < 100 for other in others)


def calls_for(remarks: list[Said]) -> int:
    """Return how many calls proposing takes: the work, whatever the machine."""
    count = 0

    def counting(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        propose(remarks)
    finally:
        sys.setprofile(before)
    return count


def few_words(size: int) -> list[Said]:
    chance = random.Random(5)
    words = "rác phí thùng xã thôn chợ trường xe nước điện đường đất nhà cây đèn".split()
    return [Said(f"r{number}", "", " ".join(chance.choices(words, k=15))) for number in range(size)]


def four_asks(size: int) -> list[Said]:
    """Each remark says eight of the twelve words of one of four asks."""
    chance = random.Random(9)
    words = sorted(
        {word for remark in all_labelled(PARTS[:3]) for word in remark.text.lower().split() if word.isalpha()}
    )
    chance.shuffle(words)
    asks = [words[12 * number : 12 * number + 12] for number in range(4)]
    return [Said(f"r{number}", "", " ".join(chance.sample(asks[number % 4], 8))) for number in range(size)]


def test_an_ask_of_hundreds_is_one_group() -> None:
    found = propose(four_asks(800))
    assert len(found) == 4
    for proposal in found:
        assert len(proposal.members) > 170 and len({int(member[1:]) % 4 for member in proposal.members}) == 1


@pytest.mark.parametrize("crowd", [campaign, few_words, four_asks])
def test_twice_the_remarks_take_about_twice_the_work(crowd: Any) -> None:
    propose(crowd(200))  # fills the caches of spellings
    assert calls_for(crowd(1_600)) < 2.6 * calls_for(crowd(800))


# -- fingerprints ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "same",
    [
        "ĐỀ NGHỊ BỎ 50% Ở NHÀ VĂN HÓA",
        "  Đề nghị,\nbỏ 50 % ở nhà văn hoá...",
        unicodedata.normalize("NFD", "Đề nghị bỏ 50% ở nhà văn hóa"),
        "Đề\u00ad nghị\u200b bỏ \ufeff50% ở nhà văn h\u2060óa",
    ],
)
def test_dress_does_not_change_a_fingerprint(same: str) -> None:
    assert fingerprint(same) == fingerprint("Đề nghị bỏ 50% ở nhà văn hóa")


@pytest.mark.parametrize(
    "other",
    [
        "Đề nghị bỏ 5% ở nhà văn hóa",
        "Đề nghị bỏ 50 ở nhà văn hóa",
        "Đề nghị bò 50% ở nhà văn hóa",
        "Đề nghị không bỏ 50% ở nhà văn hóa",
        "Nghị đề bỏ 50% ở nhà văn hóa",
        "",
    ],
)
def test_another_word_changes_a_fingerprint(other: str) -> None:
    assert fingerprint(other) != fingerprint("Đề nghị bỏ 50% ở nhà văn hóa")


def test_signs_without_words_have_fingerprints_of_their_own() -> None:
    assert fingerprint("👍") != fingerprint("👎") != fingerprint("")


def test_a_fingerprint_stays_as_databases_keep_it() -> None:
    assert fingerprint("Đề nghị bỏ khoản 2 Điều 5.") == "ac0c1cdba15dc0b0ef0dd1872c5fdac6"


@given(st.text())
def test_every_text_has_a_fingerprint_that_fits_its_column(text: str) -> None:
    assert len(fingerprint(text)) == 32 and set(fingerprint(text)) <= set("0123456789abcdef")
    assert fingerprint(f" {text}\n") == fingerprint(text)
